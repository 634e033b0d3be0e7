import type { SearchHit } from '@unkai/contracts/resources/search';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import {
  BookKey,
  Box,
  Building2,
  Cable,
  FolderOpen,
  Globe,
  HardDrive,
  KeyRound,
  type LucideIcon,
  Network,
  Router,
  Server,
  Shield,
  User,
  UsersRound,
} from 'lucide-react';
import type { Option } from '#ui/option-list.tsx';
import { paths } from '../paths.ts';
import { nounWords } from './narrowed-search.ts';
import type { Place } from './places.ts';

const icons: Record<SearchHit['noun'], LucideIcon> = {
  server: Server,
  network: Network,
  port: Cable,
  router: Router,
  'floating-ip': Globe,
  'security-group': Shield,
  image: Box,
  'key-pair': KeyRound,
  project: FolderOpen,
  domain: Building2,
  user: User,
  group: UsersRound,
  role: BookKey,
  host: HardDrive,
};

/** A hit as an entry of the palette, with what tells it from others of its name. */
export function hitOption(hit: SearchHit, place: Place): Option {
  const Icon = icons[hit.noun];
  const elsewhere = hit.noun !== 'project' && hit.projectId !== place.project ? hit.projectName : null;
  const isOfPeople = ['project', 'user', 'group'].includes(hit.noun);
  const words = [hit.detail, elsewhere ?? (isOfPeople ? hit.domainName : null)].filter(Boolean).join(' · ');
  return {
    id: `${hit.noun} ${hit.id}`,
    label: hit.name,
    group: nounWords[hit.noun],
    icon: <Icon size={15} className="shrink-0 text-ink-faint" aria-hidden />,
    ...(words !== '' && {
      aside: <span className="numeric max-w-1/2 shrink-0 truncate text-ink-faint text-meta">{words}</span>,
    }),
  };
}

/** What has a page in a project: each with the way there. */
const inProject: Partial<Record<SearchHit['noun'], (at: { project: string }, id: string) => string>> = {
  server: (at, id) => paths.server({ ...at, server: id }),
  network: (at, id) => paths.network({ ...at, network: id }),
  port: (at, id) => paths.port({ ...at, port: id }),
  router: (at, id) => paths.router({ ...at, router: id }),
  'floating-ip': (at, id) => paths.floatingIp({ ...at, floating: id }),
  'security-group': (at, id) => paths.securityGroup({ ...at, group: id }),
  image: paths.images,
  'key-pair': paths.keyPairs,
};

/** The page of what was found; undefined where there is none for this person. */
export function hitHref(hit: SearchHit, user: CurrentUser, place: Place): string | undefined {
  const { noun, id, domainId: domain, projectId } = hit;
  const project = projectId ?? place.project ?? user.projects[0]?.id;
  const page = inProject[noun];
  if (project !== undefined && page) return page({ project }, id);
  if (noun === 'project' && user.projects.some((each) => each.id === id)) return paths.project({ project: id });
  if (noun === 'host') return paths.host({ host: id });
  if (noun === 'role') return paths.roles();
  if (domain === null) return undefined;
  if (noun === 'project') return paths.domainProject({ domain, project: id });
  if (noun === 'user') return paths.domainUser({ domain, user: id });
  if (noun === 'group') return paths.domainGroup({ domain, group: id });
  return noun === 'domain' ? paths.domainProjects({ domain }) : undefined;
}
