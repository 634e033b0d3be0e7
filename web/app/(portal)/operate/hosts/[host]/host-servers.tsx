'use client';
import { useQuery } from '@tanstack/react-query';
import type { Host, HostServer } from '@unkai/contracts/resources/host';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { ServerStateBadge } from '#resources/server.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { ErrorState } from '#ui/problem.tsx';
import { paths } from '../../../../../paths.ts';

const columns: readonly Column<HostServer>[] = [
  {
    header: 'State',
    cell: ({ state }) => <ServerStateBadge state={state} />,
    sortBy: ({ state }) => state,
    isPhoneAside: true,
  },
  { header: 'At this moment', cell: (server) => <Progress server={server} /> },
  { header: 'Project', cell: ({ projectName }) => projectName, sortBy: ({ projectName }) => projectName },
];

type UnderWay = NonNullable<HostServer['underWay']>;

const underWayWords = ({ title, step, progress }: UnderWay) => progress ?? step ?? title;

/** What changes a server now, and how far that is; else why its last operation failed. */
function Progress({ server: { underWay, failure } }: { server: HostServer }) {
  if (underWay !== null) return <span className="text-ink-muted">{underWayWords(underWay)}</span>;
  return failure === null ? null : <span className="text-bad-ink">{failure.message}</span>;
}

/** What is on a host, of whichever project. */
export function HostServers({ host }: { host: Host }) {
  const trpc = useTRPC();
  const servers = useQuery(trpc.host.servers.queryOptions({ id: host.id }, { refetchInterval: 5000 }));
  if (servers.error) return <ErrorState problem={problemOf(servers.error)} onRetry={() => void servers.refetch()} />;
  return (
    <section aria-label="Servers">
      <h2 className="mb-2 font-semibold">
        Servers <span className="font-normal text-ink-muted text-meta">{count(host.serverCount, 'server')}</span>
      </h2>
      {!host.isEnabled && host.serverCount > 0 && (
        <p className="mb-2 text-ink-muted text-table">
          These are here until they are moved: drain the host again to go on with what stayed, or move one on its own
          page. Only an empty host can be removed. Its routers leave by themselves.
        </p>
      )}
      <Table
        label="Servers of the host"
        columns={columns}
        items={servers.data?.items}
        href={({ id, projectId }) => paths.server({ project: projectId, server: id })}
        phoneNote={(server) => (server.underWay === null ? server.projectName : underWayWords(server.underWay))}
        noMatch="No server is on it."
      />
    </section>
  );
}
