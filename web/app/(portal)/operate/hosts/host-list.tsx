'use client';
import { useQuery } from '@tanstack/react-query';
import type { Host } from '@unkai/contracts/resources/host';
import { HardDrive, Plus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { HostJoin } from '#forms/host-join.tsx';
import { HostMaintenance } from '#forms/host-maintenance.tsx';
import { HostZone } from '#forms/host-zone.tsx';
import { HostCapacity, hostLook, useHostUpdate } from '#resources/host.tsx';
import { operatorProblem, useOperatorDenial } from '#resources/operator.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { Tooltip } from '#ui/tooltip.tsx';
import { paths } from '../../../../paths.ts';

const columns: readonly Column<Host>[] = [
  {
    header: 'State',
    cell: (host) => (
      <span className="inline-flex items-center gap-2" title={host.disabledReason ?? undefined}>
        <StateBadge {...hostLook(host)} />
        {host.facts.warnings.length > 0 && <Warnings warnings={host.facts.warnings} />}
      </span>
    ),
    sortBy: (host) => hostLook(host).word,
    isPhoneAside: true,
  },
  { header: 'Zone', cell: (host) => host.availabilityZone, sortBy: (host) => host.availabilityZone, isMinor: true },
  {
    header: 'Servers',
    cell: ({ serverCount }) => <span className="numeric">{serverCount}</span>,
    sortBy: ({ serverCount }) => serverCount,
    align: 'end',
  },
  { header: 'vCPU', cell: (host) => <Capacity host={host} of="vcpus" />, sortBy: ({ allocated }) => allocated.vcpus },
  {
    header: 'Memory',
    cell: (host) => <Capacity host={host} of="memoryMib" />,
    sortBy: ({ allocated }) => allocated.memoryMib,
  },
  {
    header: 'Disk',
    cell: (host) => <Capacity host={host} of="diskGib" />,
    sortBy: ({ allocated }) => allocated.diskGib,
    isMinor: true,
  },
  {
    header: 'Accelerator',
    cell: ({ facts: { isSimulated, accelerator } }) => (
      <span title={accelerator.why}>{isSimulated ? 'simulated' : accelerator.kind.toUpperCase()}</span>
    ),
    isMinor: true,
  },
  {
    header: 'Heartbeat',
    cell: ({ lastHeartbeatAt }) => (
      <span className="text-ink-muted">
        <RelativeTime at={lastHeartbeatAt} suffix="ago" />
      </span>
    ),
    sortBy: ({ lastHeartbeatAt }) => -Date.parse(lastHeartbeatAt),
    align: 'end',
    isMinor: true,
  },
];

function Warnings({ warnings }: { warnings: readonly string[] }) {
  return (
    <Tooltip content={warnings.join(' ')}>
      <button type="button" className="inline-flex items-center gap-1 text-meta text-warn-ink">
        <TriangleAlert aria-hidden size={13} />
        {count(warnings.length, 'warning')}
      </button>
    </Tooltip>
  );
}

function Capacity({ host, of }: { host: Host; of: keyof Host['capacity'] }) {
  return (
    <div className="w-28 whitespace-nowrap py-1.5">
      <HostCapacity host={host} of={of} isCompact />
    </div>
  );
}

const docs = (
  <DocsPopover title="Hosts">
    A host is a machine that runs servers. It joins with a token, measures itself, and takes servers from its first
    heartbeat on.
  </DocsPopover>
);

/** The machines that servers run on, for those who operate them. */
export function HostList() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.host.list.queryOptions({ limit: 1000 }, { refetchInterval: 5000 }));
  const denial = useOperatorDenial();
  const [isAdding, setAdding] = useState(false);
  const problem = operatorProblem(error, 'the hosts of this cloud', refetch);
  if (problem) return problem;
  const add = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden size={15} />}
      disabledReason={denial}
      onClick={() => setAdding(true)}
    >
      Add host
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Hosts"
        summary={data ? count(data.items.length, 'host') : summarySkeleton}
        actions={
          <>
            {docs}
            {add}
          </>
        }
      />
      {data?.items.length === 0 ? (
        <EmptyState
          icon={<HardDrive aria-hidden size={18} />}
          title="No hosts yet"
          purpose="A host is a machine that runs servers. Until one joins, no server can be made."
          command="./unkai join <address of this cloud> <join token>"
        />
      ) : (
        <HostTable hosts={data?.items} denial={denial} />
      )}
      {isAdding && <HostJoin onClose={() => setAdding(false)} />}
    </>
  );
}

type HostTableProps = {
  hosts: readonly Host[] | undefined;
  /** Why the reader may change none of them. */
  denial: string | undefined;
};

function HostTable({ hosts, denial }: HostTableProps) {
  const update = useHostUpdate();
  const [moving, setMoving] = useState<Host>();
  const [emptying, setEmptying] = useState<Host>();
  return (
    <>
      <Table
        label="Hosts"
        columns={columns}
        items={hosts}
        href={({ id }) => paths.host({ host: id })}
        phoneNote={({ serverCount, availabilityZone }) => `${count(serverCount, 'server')} · zone ${availabilityZone}`}
        menu={(host) => (
          <>
            <MenuItem
              disabledReason={denial}
              onSelect={() => (host.isEnabled ? setEmptying(host) : update.mutate({ id: host.id, isEnabled: true }))}
            >
              {host.isEnabled ? 'Begin maintenance' : 'End maintenance'}
            </MenuItem>
            <MenuItem disabledReason={denial} onSelect={() => setMoving(host)}>
              Set zone
            </MenuItem>
          </>
        )}
      />
      {emptying && <HostMaintenance host={emptying} onClose={() => setEmptying(undefined)} />}
      {moving && <HostZone host={moving} onClose={() => setMoving(undefined)} />}
    </>
  );
}
