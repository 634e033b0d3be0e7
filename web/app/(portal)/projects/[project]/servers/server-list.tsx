'use client';
import { useQuery } from '@tanstack/react-query';
import type { Operation } from '@unkai/contracts/resources/operation';
import { type Server, serverState, serverTransitioning } from '@unkai/contracts/resources/server';
import { Plus, Server as ServerIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { usePollWithoutEvents } from '#client/live.ts';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { ServerDelete } from '#forms/server-delete.tsx';
import { keys } from '#keyboard/keys.ts';
import { useKey } from '#keyboard/use-key.ts';
import { curlCommand } from '#resources/curl-command.ts';
import { LimitsLine } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { flavorWords, ServerStateCell, serverStateLooks, useServerActions } from '#resources/server.tsx';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { FilterChoice, FilterField, KeyHints, LiveBadge, useAddressValue } from '#table/filters.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { paths } from '../../../../../paths.ts';

const stateOptions = serverState.options.map((state) => ({ value: state, label: serverStateLooks[state].word }));

const docs = (
  <DocsPopover title="Servers">
    A server is a virtual machine with its own disk and addresses. It boots from an image, in the size of a flavor, and
    is reached with a key pair.
  </DocsPopover>
);

/** All servers of the project. */
export function ServerList({ project }: { project: string }) {
  const trpc = useTRPC();
  const [filter, setFilter] = useAddressValue('filter');
  const [state, setState] = useAddressValue('state');
  const [deleting, setDeleting] = useState<Server>();
  const poll = usePollWithoutEvents();
  const { data, error, refetch } = useQuery(
    trpc.server.list.queryOptions(
      { projectId: project, limit: 1000 },
      { refetchInterval: ({ state: { data: shown } }) => (shown?.items.some(isChanging) ? poll : false) },
    ),
  );
  const running = useRunningByServer(project);
  const shown = useMemo(
    () => data?.items.filter((server) => (state === '' || server.state === state) && holds(server, filter)),
    [data, filter, state],
  );
  const createReason = useDenial(project)('server:create');
  useCreateKey(project, createReason);
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title="Servers"
        summary={data ? <Summary project={project} servers={data.items.length} /> : summarySkeleton}
        actions={
          <>
            {docs}
            <CreateServerButton project={project} disabledReason={createReason} />
          </>
        }
      />
      {data?.items.length === 0 ? (
        <NoServers project={project} disabledReason={createReason} />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <FilterField label="Filter by name, address or id" value={filter} onChange={setFilter} />
            <FilterChoice label="State" value={state} onChange={setState} options={stateOptions} />
            <LiveBadge />
          </div>
          <ServerTable project={project} servers={shown} running={running} onDelete={setDeleting} />
          <KeyHints canCreate={createReason === undefined} />
        </>
      )}
      {deleting && <ServerDelete server={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

function Summary({ project, servers }: { project: string; servers: number }) {
  return (
    <>
      {count(servers, 'server')}
      <LimitsLine project={project} names={['vcpus', 'memoryMib']} />
    </>
  );
}

function isChanging({ state }: Server): boolean {
  return serverTransitioning.includes(state);
}

function holds(server: Server, filter: string): boolean {
  const text = [
    server.name,
    server.id,
    ...server.addresses.flatMap(({ address, floatingAddress }) => [address, floatingAddress]),
  ]
    .join(' ')
    .toLowerCase();
  return text.includes(filter.trim().toLowerCase());
}

function useRunningByServer(project: string): ReadonlyMap<string, Operation> {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.operation.list.queryOptions({ projectId: project, isOpen: true }));
  return useMemo(() => {
    const running = data?.items.filter(({ noun }) => noun === 'server') ?? [];
    return new Map(running.map((operation) => [operation.resourceId, operation]));
  }, [data]);
}

function useCreateKey(project: string, disabledReason: string | undefined): void {
  const router = useRouter();
  const isAllowed = disabledReason === undefined;
  const create = {
    id: 'create server',
    label: 'Create server',
    group: 'On this page',
    icon: <Plus aria-hidden size={15} className="text-ink-faint" />,
    run: () => router.push(paths.serverCreate({ project })),
  };
  useQuickActions(isAllowed ? [create] : []);
  useKey(keys.create, () => {
    if (isAllowed) create.run();
  });
}

type CreateProps = { project: string; disabledReason: string | undefined };

function CreateServerButton({ project, disabledReason }: CreateProps) {
  const plus = <Plus aria-hidden size={15} />;
  if (disabledReason !== undefined) {
    return (
      <Button variant="primary" icon={plus} disabledReason={disabledReason}>
        Create server
      </Button>
    );
  }
  return (
    <ButtonLink href={paths.serverCreate({ project })} variant="primary" icon={plus}>
      Create server
    </ButtonLink>
  );
}

function NoServers({ project, disabledReason }: CreateProps) {
  return (
    <EmptyState
      icon={<ServerIcon aria-hidden size={18} />}
      title="No servers yet"
      purpose="A server is a virtual machine of your own: it boots in seconds from an image and is yours to log in to."
      action={<CreateServerButton project={project} disabledReason={disabledReason} />}
      command={curlCommand(`/projects/${project}/servers`, { name: 'web-1', imageId: '…', flavorId: '…' })}
      docs={{ href: paths.apiReference(), label: 'Servers in the API reference' }}
    />
  );
}

const columns = (running: ReadonlyMap<string, Operation>): readonly Column<Server>[] => [
  {
    header: 'State',
    cell: (server) => <ServerStateCell server={server} operation={running.get(server.id)} />,
    sortBy: ({ state }) => serverStateLooks[state].word,
    isPhoneAside: true,
  },
  {
    header: 'Flavor',
    cell: ({ flavor }) => <span title={flavorWords(flavor)}>{flavor.name}</span>,
    sortBy: ({ flavor }) => flavor.memoryMib,
    isMinor: true,
  },
  {
    header: 'Addresses',
    cell: (server) => <Addresses server={server} />,
    sortBy: ({ addresses }) => addresses[0]?.address ?? '',
  },
  {
    header: 'Image',
    cell: ({ image }) => image?.name ?? <span className="text-ink-faint">deleted</span>,
    sortBy: ({ image }) => image?.name ?? '',
    isMinor: true,
  },
  {
    header: 'Zone',
    cell: (server) => server.availabilityZone,
    sortBy: (server) => server.availabilityZone ?? '',
    isMinor: true,
  },
  {
    header: 'Age',
    cell: ({ createdAt }) => (
      <span className="text-ink-muted">
        <RelativeTime at={createdAt} />
      </span>
    ),
    sortBy: ({ createdAt }) => -Date.parse(createdAt),
    align: 'end',
  },
];

function Addresses({ server }: { server: Server }) {
  const [first, ...more] = server.addresses;
  if (!first) return <span className="text-ink-faint">none yet</span>;
  return (
    <span className="whitespace-nowrap">
      <code className="numeric">{first.address}</code>
      {first.floatingAddress !== null && (
        <code className="numeric block text-ink-muted text-meta" title="Floating IP">
          {first.floatingAddress}
        </code>
      )}
      {more.length > 0 && (
        <span className="text-ink-muted" title={more.map(({ address }) => address).join(', ')}>
          {' '}
          +{more.length}
        </span>
      )}
    </span>
  );
}

type ServerTableProps = {
  project: string;
  servers: readonly Server[] | undefined;
  running: ReadonlyMap<string, Operation>;
  onDelete: (server: Server) => void;
};

function ServerTable({ project, servers, running, onDelete }: ServerTableProps) {
  const router = useRouter();
  const { run, reason } = useServerActions(project);
  const all = useMemo(() => columns(running), [running]);
  return (
    <Table
      label="Servers"
      columns={all}
      items={servers}
      href={(server) => paths.server({ project, server: server.id })}
      noMatch="No server matches. Clear the filter to see all."
      phoneNote={({ addresses, flavor }) => [addresses[0]?.address, flavor.name].filter(Boolean).join(' · ')}
      menu={(server) => (
        <>
          <MenuItem onSelect={() => router.push(paths.serverConsole({ project, server: server.id }))}>
            Open console
          </MenuItem>
          <MenuItem disabledReason={reason('start', server)} onSelect={() => run('start', server)}>
            Start
          </MenuItem>
          <MenuItem disabledReason={reason('stop', server)} onSelect={() => run('stop', server)}>
            Stop
          </MenuItem>
          <MenuItem disabledReason={reason('reboot', server)} onSelect={() => run('reboot', server)}>
            Reboot
          </MenuItem>
          <MenuSeparator />
          <MenuItem isDanger disabledReason={reason('delete', server)} onSelect={() => onDelete(server)}>
            Delete
          </MenuItem>
        </>
      )}
    />
  );
}
