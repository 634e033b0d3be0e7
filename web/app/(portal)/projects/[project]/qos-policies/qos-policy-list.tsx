'use client';
import { useQuery } from '@tanstack/react-query';
import type { QosPolicy } from '@unkai/contracts/resources/qos-policy';
import { Gauge, Plus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { QosPolicyCreate, QosPolicyDelete } from '#forms/qos-policy.tsx';
import { useDenial } from '#resources/project.ts';
import { policyWords } from '#resources/qos-policy.ts';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';

const purpose =
  'A QoS policy says how fast ports are, each way, and how what they send is marked. A port has its own, or its network’s.';

const columns: readonly Column<QosPolicy>[] = [
  { header: 'Rules', cell: policyWords, sortBy: policyWords },
  { header: 'Used by', cell: usersOf, isMinor: true },
];

function usersOf({ networkCount, portCount }: QosPolicy): string {
  if (networkCount === null || portCount === null) return '';
  return `${count(networkCount, 'network')}, ${count(portCount, 'port')}`;
}

/** Whose it is, and whether something has it: why it cannot be deleted. */
function whyItStays({ projectId, networkCount, portCount }: QosPolicy, project: string): string | undefined {
  if (projectId !== project) return 'It belongs to another project.';
  return (networkCount ?? 0) + (portCount ?? 0) > 0 ? 'A network or a port has it.' : undefined;
}

/** The policies that the project may use: its own, and those that are shared with it. */
export function QosPolicyList({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.qosPolicy.list.queryOptions({ projectId: project }));
  const denial = useDenial(project);
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<QosPolicy>();
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  const create = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden size={15} />}
      disabledReason={denial('qos-policy:create')}
      onClick={() => setCreating(true)}
    >
      Create QoS policy
    </Button>
  );
  return (
    <>
      <PageHeader
        title="QoS policies"
        summary={data ? count(data.items.length, 'QoS policy', 'QoS policies') : summarySkeleton}
        actions={
          <>
            <DocsPopover title="QoS policies">{purpose}</DocsPopover>
            {data?.items.length !== 0 && create}
          </>
        }
      />
      {data?.items.length === 0 ? (
        <EmptyState
          icon={<Gauge aria-hidden size={18} />}
          title="No QoS policies yet"
          purpose={purpose}
          action={create}
        />
      ) : (
        <QosPolicyTable project={project} items={data?.items} onDelete={setDeleting} />
      )}
      {isCreating && <QosPolicyCreate project={project} onClose={() => setCreating(false)} />}
      {deleting && <QosPolicyDelete policy={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

type QosPolicyTableProps = {
  project: string;
  items: readonly QosPolicy[] | undefined;
  onDelete: (policy: QosPolicy) => void;
};

function QosPolicyTable({ project, items, onDelete }: QosPolicyTableProps) {
  const denial = useDenial(project)('qos-policy:delete');
  return (
    <Table
      label="QoS policies"
      columns={columns}
      items={items}
      nameAside={({ isDefault, isShared }) => (
        <>
          {isDefault && <Badge>default</Badge>}
          {isShared && <Badge>shared</Badge>}
        </>
      )}
      phoneNote={policyWords}
      menu={(policy) => (
        <MenuItem isDanger disabledReason={denial ?? whyItStays(policy, project)} onSelect={() => onDelete(policy)}>
          Delete
        </MenuItem>
      )}
    />
  );
}
