'use client';
import { useQuery } from '@tanstack/react-query';
import type { Aggregate } from '@unkai/contracts/resources/aggregate';
import { Boxes, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { AggregateDelete, AggregateForm } from '#forms/aggregate.tsx';
import { operatorProblem, useOperatorDenial } from '#resources/operator.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';

const purpose =
  'An aggregate puts hosts together: as a zone that people choose, or by metadata that flavors ask for with aggregate_instance_extra_specs.';

const hostWords = ({ hosts }: Aggregate) => hosts.map(({ name }) => name).join(', ') || 'no host';
const noteWords = ({ metadata }: Aggregate) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');

const columns: readonly Column<Aggregate>[] = [
  {
    header: 'Zone',
    cell: ({ availabilityZone }) => availabilityZone ?? <span className="text-ink-muted">none</span>,
    sortBy: ({ availabilityZone }) => availabilityZone ?? '',
    isPhoneAside: true,
  },
  { header: 'Hosts', cell: hostWords, sortBy: ({ hosts }) => hosts.length },
  { header: 'Metadata', cell: (each) => <code className="break-all">{noteWords(each)}</code>, isMinor: true },
];

/** Hosts that operators have put together. */
export function AggregateList() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.aggregate.list.queryOptions({ limit: 1000 }));
  const denial = useOperatorDenial();
  const [editing, setEditing] = useState<Aggregate | 'new'>();
  const [deleting, setDeleting] = useState<Aggregate>();
  const problem = operatorProblem(error, 'the aggregates of this cloud', refetch);
  if (problem) return problem;
  return (
    <>
      <PageHeader
        title="Aggregates"
        summary={data ? count(data.items.length, 'aggregate') : summarySkeleton}
        actions={
          <>
            <DocsPopover title="Aggregates">{purpose}</DocsPopover>
            <Button
              variant="primary"
              icon={<Plus aria-hidden size={15} />}
              disabledReason={denial}
              onClick={() => setEditing('new')}
            >
              Create aggregate
            </Button>
          </>
        }
      />
      {data?.items.length === 0 ? (
        <EmptyState icon={<Boxes aria-hidden size={18} />} title="No aggregates yet" purpose={purpose} />
      ) : (
        <AggregateTable items={data?.items} denial={denial} onEdit={setEditing} onDelete={setDeleting} />
      )}
      {editing && (
        <AggregateForm aggregate={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {deleting && <AggregateDelete aggregate={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

type AggregateTableProps = {
  items: readonly Aggregate[] | undefined;
  /** Why the reader may change none of them. */
  denial: string | undefined;
  onEdit: (aggregate: Aggregate) => void;
  onDelete: (aggregate: Aggregate) => void;
};

function AggregateTable({ items, denial, onEdit, onDelete }: AggregateTableProps) {
  return (
    <Table
      label="Aggregates"
      columns={columns}
      items={items}
      phoneNote={hostWords}
      menu={(aggregate) => (
        <>
          <MenuItem disabledReason={denial} onSelect={() => onEdit(aggregate)}>
            Edit
          </MenuItem>
          <MenuItem
            isDanger
            disabledReason={denial ?? (aggregate.hosts.length > 0 ? 'Take its hosts out first.' : undefined)}
            onSelect={() => onDelete(aggregate)}
          >
            Delete
          </MenuItem>
        </>
      )}
    />
  );
}
