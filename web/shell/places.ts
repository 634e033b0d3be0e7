import type { CurrentUser } from '@unkai/contracts/resources/session';
import { paths } from '../paths.ts';

/** What a page is about: a project, a domain as those see it who manage it, or neither. */
export type Place = { project?: string | undefined; domain?: string | undefined };

/** Kinds of page that every project has, and those that every domain has. */
const projectPages = [
  'servers',
  'server-groups',
  'images',
  'key-pairs',
  'networks',
  'ports',
  'routers',
  'floating-ips',
  'topology',
  'path-check',
  'security-groups',
  'members',
  'quotas',
  'webhooks',
  'cost',
  'activity',
];
const domainPages = ['projects', 'users', 'groups', 'assignments', 'activity'];

/** The page of the other project that is of the same kind as the one at `pathname`: servers for servers. */
export function samePageOfProject(pathname: string, project: string): string {
  const [root, , kind, thing] = pathname.split('/').filter(Boolean);
  if (root !== 'projects' || kind === undefined || !projectPages.includes(kind)) return paths.project({ project });
  const isCreate = kind === 'servers' && thing === 'new';
  return isCreate ? paths.serverCreate({ project }) : `${paths.project({ project })}/${kind}`;
}

/** As `samePageOfProject`, for a domain; its projects come first. */
export function samePageOfDomain(pathname: string, domain: string): string {
  const [root, , kind] = pathname.split('/').filter(Boolean);
  const [users, groups, assignments, activity] = [
    paths.domainUsers({ domain }),
    paths.domainGroups({ domain }),
    paths.domainAssignments({ domain }),
    paths.domainActivity({ domain }),
  ];
  const pages: Record<string, string> = { users, groups, assignments, activity };
  const isKnown = root === 'domains' && kind !== undefined && domainPages.includes(kind);
  return (isKnown ? pages[kind] : undefined) ?? paths.domainProjects({ domain });
}

type Named = { id: string; name: string; parentId: string | null };

/** Projects as a tree: each below its parent by name; one whose parent is not among them stands by itself. */
export function asTree<Project extends Named>(projects: readonly Project[]): readonly (Project & { depth: number })[] {
  const ids = new Set(projects.map(({ id }) => id));
  const below = Map.groupBy(projects, ({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : null));
  const line = (parent: string | null, depth: number): (Project & { depth: number })[] =>
    (below.get(parent) ?? [])
      .toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
      .flatMap((project) => [{ ...project, depth }, ...line(project.id, depth + 1)]);
  return line(null, 0);
}

export type DomainPlaces = {
  id: string;
  name: string;
  /** Whether the caller sees or manages the domain itself. */
  isOpen: boolean;
  projects: readonly (CurrentUser['projects'][number] & { depth: number })[];
};

/** What a person reaches: domains by name, each with its projects as a tree. */
export function placesOf({ projects, domains }: Pick<CurrentUser, 'projects' | 'domains'>): readonly DomainPlaces[] {
  const names = new Map([
    ...projects.map(({ domainId, domainName }) => [domainId, domainName] as const),
    ...domains.map(({ id, name }) => [id, name] as const),
  ]);
  const opened = new Set(domains.map(({ id }) => id));
  return [...names]
    .toSorted(([, one], [, other]) => one.localeCompare(other))
    .map(([id, name]) => ({
      id,
      name,
      isOpen: opened.has(id),
      projects: asTree(projects.filter(({ domainId }) => domainId === id)),
    }));
}
