'use client';
import { useQuery } from '@tanstack/react-query';
import type { Domain } from '@unkai/contracts/resources/domain';
import type { Group } from '@unkai/contracts/resources/group';
import type { Host } from '@unkai/contracts/resources/host';
import type { Project } from '@unkai/contracts/resources/project';
import type { User } from '@unkai/contracts/resources/user';
import type { ComponentProps } from 'react';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import type { Option } from '#ui/option-list.tsx';
import { type Found, Pick } from '#ui/pick.tsx';
import { useFoundNames } from './found-names.ts';

type PickNamedProps = Omit<ComponentProps<typeof Pick<void>>, 'useFound' | 'within' | 'empty'>;

type AmongProjects = {
  /** Only those of this domain. */
  domain?: string;
  /** One that the caller cannot see is chosen by its whole id. */
  isAnyId?: boolean;
  /** Ids of those that cannot be chosen. */
  taken?: readonly string[];
};

/** One of the projects that the caller can reach. */
export function PickProject({ domain, isAnyId = false, taken, ...props }: PickNamedProps & AmongProjects) {
  const within = { isAnyId, ...(domain !== undefined && { domain }), ...(taken && { taken }) };
  const empty = isAnyId
    ? 'You can reach none of that name. Paste the whole id of another.'
    : 'No project has that name.';
  return <Pick {...props} useFound={useFoundProjects} within={within} empty={empty} />;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function useFoundProjects(typed: string, { domain, isAnyId = false, taken = [] }: AmongProjects): Found {
  const trpc = useTRPC();
  const { project } = useTRPCClient();
  const found = useFoundNames(typed, {
    what: 'projects',
    queryKey: [...trpc.project.pathKey(), domain],
    ask: (asked, signal) =>
      project.list.query({ ...asked, ...(domain !== undefined && { domainId: domain }) }, { signal }),
    view: (item: Project) => viewProject(item, domain === undefined),
  });
  const written = typed.trim().toLowerCase();
  const isId = isAnyId && uuid.test(written);
  return without(isId ? { ...found, options: [{ id: written, label: written }] } : found, taken);
}

function viewProject({ id, name, domainName, isEnabled }: Project, isOfAny: boolean): Option {
  const words = [isOfAny && domainName, !isEnabled && 'disabled'].filter(Boolean).join(' · ');
  return { id, label: name, ...(words !== '' && { aside: asideOf(words) }) };
}

type InDomain = { domain: string; taken?: readonly string[] };

/** A user of the domain, found by name or address. */
export function PickUser({ domain, taken, ...props }: PickNamedProps & InDomain) {
  const within = { domain, ...(taken && { taken }) };
  return <Pick {...props} useFound={useFoundUsers} within={within} empty="No user has that name or address." />;
}

/** A group of the domain. */
export function PickGroup({ domain, taken, ...props }: PickNamedProps & InDomain) {
  const within = { domain, ...(taken && { taken }) };
  return <Pick {...props} useFound={useFoundGroups} within={within} empty="No group has that name." />;
}

/** A user or a group of the domain; the id that is chosen begins with `user ` or `group `. */
export function PickHolder({ domain, ...props }: PickNamedProps & { domain: string }) {
  return <Pick {...props} useFound={useFoundHolders} within={{ domain }} empty="No user and no group has that name." />;
}

function useFoundHolders(typed: string, within: InDomain): Found {
  const users = useFoundUsers(typed, within);
  const groups = useFoundGroups(typed, within);
  const hasMore = users.onMore !== undefined || groups.onMore !== undefined;
  const onMore = () => {
    users.onMore?.();
    groups.onMore?.();
  };
  return {
    options: [...ofKind(users.options, 'user', 'Users'), ...ofKind(groups.options, 'group', 'Groups')],
    note: users.note ?? groups.note,
    onMore: hasMore ? onMore : undefined,
  };
}

function ofKind(options: readonly Option[], kind: string, group: string): Option[] {
  return options.map((option) => ({ ...option, id: `${kind} ${option.id}`, group }));
}

function without(found: Found, taken: readonly string[]): Found {
  return { ...found, options: found.options.filter(({ id }) => !taken.includes(id)) };
}

function useFoundUsers(typed: string, { domain, taken = [] }: InDomain): Found {
  const trpc = useTRPC();
  const { user } = useTRPCClient();
  const found = useFoundNames(typed, {
    what: 'users',
    queryKey: [...trpc.user.pathKey(), domain],
    ask: (asked, signal) => user.list.query({ ...asked, domainId: domain }, { signal }),
    view: ({ id, name, email }: User) => ({
      id,
      label: name,
      ...(email !== null && email !== name && { aside: asideOf(email) }),
    }),
  });
  return without(found, taken);
}

function useFoundGroups(typed: string, { domain, taken = [] }: InDomain): Found {
  const trpc = useTRPC();
  const { group } = useTRPCClient();
  const found = useFoundNames(typed, {
    what: 'groups',
    queryKey: [...trpc.group.pathKey(), domain],
    ask: (asked, signal) => group.list.query({ ...asked, domainId: domain }, { signal }),
    view: ({ id, name }: Group) => ({ id, label: name }),
  });
  return without(found, taken);
}

/** A domain that the caller can read. */
export function PickDomain(props: PickNamedProps) {
  return <Pick {...props} useFound={useFoundDomains} within={undefined} empty="No domain has that name." />;
}

function useFoundDomains(typed: string): Found {
  const trpc = useTRPC();
  const { domain } = useTRPCClient();
  return useFoundNames(typed, {
    what: 'domains',
    queryKey: trpc.domain.pathKey(),
    ask: (asked, signal) => domain.list.query(asked, { signal }),
    view: ({ id, name }: Domain) => ({ id, label: name }),
  });
}

/** A host of the installation. */
export function PickHost(props: PickNamedProps) {
  return <Pick {...props} useFound={useFoundHosts} within={undefined} empty="No host has that name." />;
}

function useFoundHosts(typed: string): Found {
  const trpc = useTRPC();
  const { host } = useTRPCClient();
  return useFoundNames(typed, {
    what: 'hosts',
    queryKey: trpc.host.pathKey(),
    ask: (asked, signal) => host.list.query(asked, { signal }),
    view: ({ id, name, availabilityZone }: Host) => ({ id, label: name, aside: asideOf(availabilityZone) }),
  });
}

function asideOf(words: string) {
  return <span className="max-w-1/2 shrink-0 truncate text-ink-faint text-meta">{words}</span>;
}

/** What the project is called that an id stands for, such as one in the address of the page; the id until it is known. */
export function useProjectName(id: string): string {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.project.get.queryOptions({ id }, { enabled: id !== '' }));
  return data?.name ?? id;
}

/** As `useProjectName`, for a domain. */
export function useDomainName(id: string): string {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.domain.get.queryOptions({ id }, { enabled: id !== '' }));
  return data?.name ?? id;
}

/** As `useProjectName`, for a host. */
export function useHostName(id: string): string {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.host.get.queryOptions({ id }, { enabled: id !== '' }));
  return data?.name ?? id;
}
