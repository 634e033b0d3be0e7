import { paths } from '../paths.ts';
import { profilePages } from './profile-pages.ts';

/** One step of the breadcrumb: words, or the id of a thing whose name is looked up. */
export type Crumb = { label?: string; server?: string; securityGroup?: string; href: string };

const words: Record<string, string> = {
  servers: 'Servers',
  new: 'Create server',
  images: 'Images',
  'key-pairs': 'Key pairs',
  networks: 'Networks',
  'security-groups': 'Security groups',
  activity: 'Activity',
  console: 'Console',
  log: 'Log',
  network: 'Network',
  hosts: 'Hosts',
};

const profileWords: Record<string, string> = Object.fromEntries(
  profilePages.map(({ href, label }) => [href.split('/').at(-1) ?? '', label]),
);

/** The steps from the project (or from *Operate*) to the page at `pathname`. */
export function crumbsOf(pathname: string): readonly Crumb[] {
  const [root, first, ...rest] = pathname.split('/').filter(Boolean);
  if (root === 'operate')
    return [
      { label: 'Operate', href: paths.hosts() },
      { label: words[first ?? ''] ?? '', href: pathname },
    ];
  if (root === 'profile') {
    const profile = { label: 'Profile', href: paths.profile() };
    return first === undefined ? [profile] : [profile, { label: profileWords[first] ?? '', href: pathname }];
  }
  if (root !== 'projects' || first === undefined) return [];
  const project = decodeURIComponent(first);
  if (rest.length === 0) return [{ label: 'Overview', href: pathname }];
  return rest.map((part, index) => {
    const href = `${paths.project({ project })}/${rest.slice(0, index + 1).join('/')}`;
    const label = words[part];
    if (label !== undefined) return { label, href };
    const id = decodeURIComponent(part);
    return rest[index - 1] === 'security-groups' ? { securityGroup: id, href } : { server: id, href };
  });
}
