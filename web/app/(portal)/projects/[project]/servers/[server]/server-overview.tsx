'use client';
import { useQuery } from '@tanstack/react-query';
import { type Operation, operationEnded, operationGivesUp } from '@unkai/contracts/resources/operation';
import type { Server } from '@unkai/contracts/resources/server';
import { usePollWithoutEvents } from '#client/live.ts';
import { useTRPC } from '#client/trpc.tsx';
import { flavorWords } from '#resources/server.tsx';
import { ServerConnect } from '#resources/server-connect.tsx';
import { useServer } from '#resources/use-server.ts';
import { bytes } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { CopyButton } from '#ui/copy.tsx';
import { duration } from '#ui/duration.ts';
import { Facts, Panel } from '#ui/panel.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { type Milestone, Timeline } from '#ui/timeline.tsx';
import { useClock } from '#ui/use-clock.ts';

type ServerOverviewProps = { project: string; server: string };

/** What the server is, how to reach it, and how its last operation went. */
export function ServerOverview({ project, server: id }: ServerOverviewProps) {
  const { data: server } = useServer(id);
  if (!server) return <Skeleton className="h-72" />;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="grid gap-4">
        <ServerConnect project={project} server={server} />
        <AboutPanel server={server} />
      </div>
      <LastOperation project={project} server={server} />
    </div>
  );
}

function AboutPanel({ server }: { server: Server }) {
  const { image, flavor, keyPairNames, userDataBytes, description, metadata } = server;
  const deleted = <span className="text-ink-muted">deleted since; the server keeps its disk</span>;
  return (
    <Panel title="About">
      <Facts
        facts={[
          { name: 'Image', value: image?.name ?? deleted },
          {
            name: 'Flavor',
            value: (
              <>
                {flavor.name} <span className="text-ink-muted">· {flavorWords(flavor)}</span>
              </>
            ),
          },
          { name: 'Addresses', value: <Addresses server={server} /> },
          { name: 'Key pairs', value: keyPairNames.join(', ') || 'none' },
          { name: 'User data', value: userDataBytes === 0 ? 'none' : bytes(userDataBytes) },
          { name: 'First contact', value: <FirstContact server={server} /> },
          ...(description ? [{ name: 'Description', value: description }] : []),
          ...(Object.keys(metadata).length > 0 ? [{ name: 'Metadata', value: <Metadata server={server} /> }] : []),
        ]}
      />
    </Panel>
  );
}

function Addresses({ server: { addresses } }: { server: Server }) {
  if (addresses.length === 0) return 'none yet';
  return addresses.map(({ portId, address, networkName }) => (
    <span key={portId} className="flex items-center gap-1">
      <code className="numeric">{address}</code>
      <CopyButton text={address} what="address" />
      <span className="truncate text-ink-muted">{networkName}</span>
    </span>
  ));
}

function FirstContact({ server: { firstMetadataAt } }: { server: Server }) {
  if (!firstMetadataAt) return 'not yet: the guest has not asked for its metadata';
  return (
    <>
      asked for its metadata <RelativeTime at={firstMetadataAt} suffix="ago" />
    </>
  );
}

function Metadata({ server: { metadata } }: { server: Server }) {
  return (
    <span className="flex flex-wrap gap-1">
      {Object.entries(metadata).map(([key, value]) => (
        <Badge key={key}>
          {key} = {value}
        </Badge>
      ))}
    </span>
  );
}

function LastOperation({ project, server }: { project: string; server: Server }) {
  const trpc = useTRPC();
  const poll = usePollWithoutEvents();
  const { data } = useQuery(
    trpc.operation.list.queryOptions(
      { projectId: project, resourceId: server.id, limit: 1 },
      {
        // What is shown of it may be older than what is shown of the server, whose operation has ended meanwhile.
        refetchInterval: ({ state: { data: shown } }) =>
          server.operationId !== null || shown?.items[0]?.endedAt === null ? poll : false,
      },
    ),
  );
  const operation = data?.items[0];
  return (
    <Panel title="Last operation" {...(operation && { note: operation.title })}>
      {data === undefined && <Skeleton className="h-48" />}
      {data?.items.length === 0 && <p className="text-ink-muted text-table">Nothing was done to this server yet.</p>}
      {operation && (
        <div className="grid gap-4">
          <OperationLine operation={operation} />
          <Timeline steps={operation.steps} milestones={milestonesOf(operation, server)} since={operation.createdAt} />
        </div>
      )}
    </Panel>
  );
}

/**
 * What shows, after its create has succeeded, that a guest is alive. Only what was seen: whether a program in the guest
 * answers, nobody but the guest knows.
 */
function milestonesOf(operation: Operation, server: Server): Milestone[] {
  if (operation.name !== 'server.create' || operationGivesUp.includes(operation.state)) return [];
  return [
    {
      title: 'First metadata call',
      at: server.firstMetadataAt,
      note: 'Seen when the guest has booted, has its address and asks for its keys.',
    },
  ];
}

const ends: Record<Operation['state'], string> = {
  queued: 'Waits for its turn',
  running: 'Runs for',
  unwinding: 'Failed; what it took is being given back, for',
  succeeded: 'Done in',
  failed: 'Failed after',
};

function OperationLine({ operation }: { operation: Operation }) {
  const isEnded = operationEnded.includes(operation.state);
  const now = useClock(!isEnded);
  const end = operation.endedAt === null ? now : Date.parse(operation.endedAt);
  return (
    <p className="text-ink-muted text-table">
      {ends[operation.state]}{' '}
      <span className="numeric text-ink">{duration(Math.max(0, end - Date.parse(operation.createdAt)))}</span>
      {' · '}
      <RelativeTime at={operation.createdAt} suffix="ago" />
    </p>
  );
}
