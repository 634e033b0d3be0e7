'use client';
import { useQuery } from '@tanstack/react-query';
import type { Port } from '@unkai/contracts/resources/port';
import { Waypoints } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { PortTable } from '#resources/port-table.tsx';
import { drawnNetworks, type TopologyThings } from '#resources/topology.ts';
import { LiveBadge } from '#table/filters.tsx';
import { count } from '#ui/amounts.ts';
import { ButtonLink } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../paths.ts';

/** Only who sees the picture fetches what draws it. */
const TopologyPicture = dynamic(async () => (await import('./topology-picture.tsx')).TopologyPicture, {
  ssr: false,
  loading: () => <Skeleton className="h-[28rem]" />,
});

/** The project's networks as a picture, and the same as a table. */
export function TopologyPage({ project }: { project: string }) {
  const trpc = useTRPC();
  const all = { projectId: project, limit: 1000 };
  const networks = useQuery(trpc.network.list.queryOptions(all));
  const servers = useQuery(trpc.server.list.queryOptions(all));
  const ports = useQuery(trpc.port.list.queryOptions(all));
  const routers = useQuery(trpc.router.list.queryOptions(all));
  const failed = [networks, servers, ports, routers].find(({ error }) => error !== null);
  if (failed?.error) return <ErrorState problem={problemOf(failed.error)} onRetry={() => void failed.refetch()} />;
  const things = networks.data &&
    servers.data &&
    routers.data &&
    ports.data && {
      networks: networks.data.items,
      routers: routers.data.items,
      servers: servers.data.items,
      // Those of routers are lines of the picture already.
      ports: ports.data.items.filter(({ deviceOwner }) => deviceOwner === ''),
    };
  return (
    <>
      <PageHeader
        title="Topology"
        summary={things && ports.data ? summaryOf(things, ports.data.items) : summarySkeleton}
        actions={
          <>
            <DocsPopover title="Topology">
              Which server is on which network, and at what address. Each line of the picture is a port; the table below
              has all of them, those that keep the address of a floating IP too.
            </DocsPopover>
            <ButtonLink href={paths.pathCheck({ project })}>Check a path</ButtonLink>
          </>
        }
      />
      {things?.networks.length === 0 ? (
        <EmptyState
          icon={<Waypoints aria-hidden size={18} />}
          title="Nothing to draw yet"
          purpose="Networks, and the servers on them, are drawn here as soon as there are some."
          action={<ButtonLink href={paths.networks({ project })}>Networks</ButtonLink>}
        />
      ) : (
        <Drawn project={project} things={things} ports={ports.data?.items} />
      )}
    </>
  );
}

type DrawnProps = { project: string; things: TopologyThings | undefined; ports: readonly Port[] | undefined };

/** The picture where there is room for it, and the table. */
function Drawn({ project, things, ports }: DrawnProps) {
  const isWide = useIsWide();
  return (
    <div className="grid gap-4">
      {things && isWide && <TopologyPicture project={project} things={things} />}
      {/* Its place is kept from the first paint on, when only the style sheet knows how wide the screen is. */}
      {!(things && isWide) && <Skeleton className="h-[28rem] max-md:hidden" />}
      <section aria-label="As a table" className="grid min-w-0 gap-2">
        <div className="flex min-h-6 items-center gap-2">
          <h2 className="font-semibold">As a table</h2>
          <LiveBadge />
        </div>
        <PortTable project={project} ports={ports} noMatch="No server is on a network yet." />
      </section>
    </div>
  );
}

function summaryOf(things: TopologyThings, ports: readonly Port[]): string {
  const { routers, servers } = things;
  return [
    count(drawnNetworks(things).length, 'network'),
    count(routers.length, 'router'),
    count(servers.length, 'server'),
    count(ports.length, 'port'),
  ].join(' · ');
}

const wide = '(min-width: 768px)';

/** Whether there is room for a picture; on a phone the table says it better. */
function useIsWide(): boolean {
  return useSyncExternalStore(
    (tell) => {
      const query = window.matchMedia(wide);
      query.addEventListener('change', tell);
      return () => query.removeEventListener('change', tell);
    },
    () => window.matchMedia(wide).matches,
    () => false,
  );
}
