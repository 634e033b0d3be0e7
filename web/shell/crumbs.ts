import { paths } from '../paths.ts';
import { profilePages } from './profile-pages.ts';

/** Things whose names are looked up by their ids. */
export type CrumbNoun =
  | 'server'
  | 'network'
  | 'router'
  | 'floating-ip'
  | 'port'
  | 'security-group'
  | 'qos-policy'
  | 'subnet-pool'
  | 'webhook'
  | 'domain'
  | 'project'
  | 'user'
  | 'group'
  | 'host';

/** One step of the breadcrumb: words, or a thing. */
export type Crumb = { href: string } & ({ label: string } | { noun: CrumbNoun; id: string });

const words: Record<string, string> = {
  servers: 'Servers',
  new: 'Create server',
  images: 'Images',
  'key-pairs': 'Key pairs',
  'server-groups': 'Server groups',
  aggregates: 'Aggregates',
  'volume-types': 'Volume types',
  zones: 'Zones',
  networks: 'Networks',
  routers: 'Routers',
  'floating-ips': 'Floating IPs',
  ports: 'Ports',
  topology: 'Topology',
  'path-check': 'Path check',
  'security-groups': 'Security groups',
  'qos-policies': 'QoS policies',
  'subnet-pools': 'Subnet pools',
  'address-scopes': 'Address scopes',
  members: 'Members',
  quotas: 'Quotas',
  'quota-requests': 'Quota requests',
  'quota-defaults': 'Quota defaults',
  webhooks: 'Webhooks',
  activity: 'Activity',
  console: 'Console',
  log: 'Log',
  network: 'Network',
  hosts: 'Hosts',
  operations: 'Operations',
  placement: 'Placement',
  orphans: 'Orphans',
  domains: 'Domains',
  roles: 'Roles',
  catalog: 'Catalog',
  cost: 'Cost',
  usage: 'Cost of all projects',
  prices: 'Price lists',
  'sign-up': 'Sign-up',
  mail: 'Mail',
  projects: 'Projects',
  users: 'Users',
  groups: 'Groups',
  assignments: 'Role assignments',
};

const profileWords: Record<string, string> = Object.fromEntries(
  profilePages.map(({ href, label }) => [href.split('/').at(-1) ?? '', label]),
);

/** What the id after such a word is of. */
const nouns: Record<string, CrumbNoun> = {
  servers: 'server',
  networks: 'network',
  routers: 'router',
  'floating-ips': 'floating-ip',
  ports: 'port',
  'security-groups': 'security-group',
  'qos-policies': 'qos-policy',
  'subnet-pools': 'subnet-pool',
  webhooks: 'webhook',
  hosts: 'host',
  projects: 'project',
  users: 'user',
  groups: 'group',
};

/** The steps from the project, the domain or *Operate* to the page at `pathname`. */
export function crumbsOf(pathname: string): readonly Crumb[] {
  const [root, first, ...rest] = pathname.split('/').filter(Boolean);
  if (root === 'operate') {
    const operate = { label: 'Operate', href: paths.cloud() };
    return [operate, ...below('/operate', first === undefined ? [] : [first, ...rest])];
  }
  if (root === 'profile') {
    const profile = { label: 'Profile', href: paths.profile() };
    return first === undefined ? [profile] : [profile, { label: profileWords[first] ?? '', href: pathname }];
  }
  if (first === undefined || (root !== 'projects' && root !== 'domains')) return [];
  const id = decodeURIComponent(first);
  if (root === 'domains') {
    const domain: Crumb = { noun: 'domain', id, href: paths.domainProjects({ domain: id }) };
    return [domain, ...below(`/domains/${first}`, rest)];
  }
  if (rest.length === 0) return [{ label: 'Overview', href: pathname }];
  return below(paths.project({ project: id }), rest);
}

function below(start: string, parts: readonly string[]): Crumb[] {
  return parts.map((part, index) => {
    const href = `${start}/${parts.slice(0, index + 1).join('/')}`;
    const noun = nouns[parts[index - 1] ?? ''];
    const label = words[part];
    if (noun !== undefined && label === undefined) return { noun, id: decodeURIComponent(part), href };
    return { label: label ?? part, href };
  });
}
