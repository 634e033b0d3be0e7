'use client';
import { useQuery } from '@tanstack/react-query';
import type { Host } from '@unkai/contracts/resources/host';
import { useTRPC } from '#client/trpc.tsx';
import { HostCapacity, hostLook } from '#resources/host.tsx';
import { operatorProblem } from '#resources/operator.tsx';
import { SystemResourceActivity } from '#resources/resource-activity.tsx';
import { memory } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { CopyId } from '#ui/copy.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { HostActions } from './host-actions.tsx';
import { HostServers } from './host-servers.tsx';

/** One host: how it stands, what it has, what is on it, and what can be done with it. */
export function HostDetail({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: host, error, refetch } = useQuery(trpc.host.get.queryOptions({ id }, { refetchInterval: 5000 }));
  const problem = operatorProblem(error, 'this host', refetch);
  if (problem) return problem;
  if (!host) {
    return (
      <>
        <PageHeader title="Host" summary={summarySkeleton} />
        <Skeleton className="h-60" />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={
          <>
            {host.name}
            <StateBadge {...hostLook(host)} />
            {host.facts.isSimulated && <Badge>simulated</Badge>}
          </>
        }
        summary={<Summary host={host} />}
        actions={<HostActions host={host} />}
      />
      {host.facts.warnings.length > 0 && <Warnings warnings={host.facts.warnings} />}
      <div className="mb-4 grid gap-4 lg:grid-cols-2">
        <Panel title="Capacity" note="promised to servers">
          <div className="grid gap-4">
            <HostCapacity host={host} of="vcpus" isCompact={false} />
            <HostCapacity host={host} of="memoryMib" isCompact={false} />
            <HostCapacity host={host} of="diskGib" isCompact={false} />
          </div>
        </Panel>
        <Panel title="Facts" note="as it measured itself">
          <Facts facts={factsOf(host)} />
        </Panel>
      </div>
      <HostServers host={host} />
      <div className="mt-4">
        <SystemResourceActivity resource={host.id} />
      </div>
    </>
  );
}

function Summary({ host }: { host: Host }) {
  return (
    <>
      Zone {host.availabilityZone} · heard <RelativeTime at={host.lastHeartbeatAt} suffix="ago" />
      {host.disabledReason !== null && ` · ${host.disabledReason}`}
    </>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  return (
    <ul role="alert" className="mb-4 grid gap-1 rounded-panel border border-warn bg-warn-wash px-4 py-3 text-table">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}

function factsOf({ id, facts, roles, vcpuRatio }: Host) {
  const { architecture, cpuModel, vcpus, memoryMib, diskGib, diskFreeGib, accelerator, openVswitch } = facts;
  return [
    { name: 'Id', value: <CopyId id={id} /> },
    { name: 'Roles', value: roles.join(', ') || 'none' },
    { name: 'Processor', value: `${cpuModel} (${architecture})` },
    { name: 'Sizes', value: `${vcpus} vCPU, each promised ${vcpuRatio} times · ${memory(memoryMib)} · ${diskGib} GiB` },
    { name: 'Free disk', value: `${diskFreeGib} GiB` },
    { name: 'Accelerator', value: `${accelerator.kind.toUpperCase()}: ${accelerator.why}` },
    { name: 'QEMU', value: facts.qemuVersion },
    { name: 'Open vSwitch', value: `${openVswitch.version}, ${openVswitch.datapath}` },
    { name: 'Underlay', value: `${facts.underlayAddress}, MTU ${facts.underlayMtu}` },
    { name: 'Volumes', value: <Storage storage={facts.storage} /> },
    { name: 'Kernel', value: facts.kernel },
    { name: 'Agent', value: facts.agentVersion },
  ];
}

/** Where volumes would be, or what is missing for that. */
function Storage({ storage }: { storage: Host['facts']['storage'] }) {
  if (storage === undefined) return 'Its agent is of a release that does not say.';
  const { pool, why, target } = storage;
  if (pool === null) return why;
  const words = pool.kind === 'folder' ? 'folder' : pool.isThin ? 'volume group with a thin pool' : 'volume group';
  return (
    <>
      <code className="break-all">{pool.name}</code>, {words}: {pool.freeGib} of {pool.totalGib} GiB free. {target.why}
    </>
  );
}
