'use client';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type CloudOperation,
  type CloudOperationView,
  cloudOperationView,
  cloudOperationViews,
  operationEnded,
} from '@unkai/contracts/resources/operation';
import { ListChecks } from 'lucide-react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { operatorProblem, useOperatorDenial } from '#resources/operator.tsx';
import { presentStep } from '#shell/running-operations.tsx';
import { useAddressValue } from '#table/filters.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../../../../paths.ts';

type Row = CloudOperation & { name: string };

const viewLabels: Record<CloudOperationView, string> = { failed: 'Failed', late: 'Late', open: 'Open', all: 'All' };
const views = cloudOperationView.options.map((value) => ({ value, label: viewLabels[value] }));

const emptyTitles: Record<CloudOperationView, string> = {
  failed: 'Nothing failed',
  late: 'Nothing is late',
  open: 'Nothing is under way',
  all: 'No operations yet',
};

const isOpen = ({ state }: Pick<CloudOperation, 'state'>) => !operationEnded.includes(state);

/** How it stands, and whether it should have ended by now. */
function lookOf(row: CloudOperation): { tone: Tone; word: string } {
  if (row.state === 'succeeded') return { tone: 'ok', word: 'done' };
  if (row.state === 'failed') return { tone: 'bad', word: 'failed' };
  if (row.state === 'unwinding') return { tone: 'warn', word: 'giving back' };
  if (Date.parse(row.deadlineAt) < Date.now()) return { tone: 'warn', word: 'late' };
  return row.state === 'queued' ? { tone: 'idle', word: 'queued' } : { tone: 'busy', word: 'running' };
}

const reasonOf = (row: CloudOperation) => row.failure?.message ?? (isOpen(row) ? presentStep(row) : '');

const columns: readonly Column<Row>[] = [
  {
    header: 'State',
    cell: (row) => <StateBadge {...lookOf(row)} />,
    sortBy: (row) => lookOf(row).word,
    isPhoneAside: true,
  },
  { header: 'Project', cell: (row) => row.projectName ?? 'the cloud', sortBy: (row) => row.projectName ?? '' },
  {
    header: 'Asked by',
    cell: (row) => row.userName ?? 'the system',
    sortBy: (row) => row.userName ?? '',
    isMinor: true,
  },
  {
    header: 'Why, or where it is',
    cell: (row) => (
      <span className="block max-w-sm truncate text-ink-muted" title={reasonOf(row)}>
        {reasonOf(row)}
      </span>
    ),
    isMinor: true,
  },
  {
    header: 'Begun',
    cell: ({ createdAt }) => (
      <span className="text-ink-muted">
        <RelativeTime at={createdAt} suffix="ago" />
      </span>
    ),
    sortBy: ({ createdAt }) => -Date.parse(createdAt),
    align: 'end',
  },
];

/** The operations of all projects: those that failed, those that are late, and what runs; each can be begun once more. */
export function OperationList() {
  const [chosen, setView] = useAddressValue('view');
  const view = cloudOperationView.catch('failed').parse(chosen);
  const pages = useOperations(view);
  const problem = operatorProblem(pages.error, 'the operations of this cloud', pages.refetch);
  if (problem) return problem;
  const rows = pages.data?.pages.flatMap(({ items }) => items).map((row) => ({ ...row, name: nameOf(row) }));
  const more = pages.hasNextPage ? ', and older ones' : '';
  return (
    <>
      <PageHeader
        title="Operations"
        summary={rows ? `${cloudOperationViews[view]} ${count(rows.length, 'operation')}${more}.` : summarySkeleton}
        actions={
          <DocsPopover title="Operations">
            Whatever takes longer than a request is an operation with steps. One that fails gives back what it took;
            begun once more it does the same thing anew.
          </DocsPopover>
        }
      />
      <div className="mb-3">
        <SegmentedControl label="Show" value={view} onChange={setView} options={views} />
      </div>
      {rows?.length === 0 ? (
        <EmptyState
          icon={<ListChecks aria-hidden size={18} />}
          title={emptyTitles[view]}
          purpose={`Shown here: ${cloudOperationViews[view]}`}
        />
      ) : (
        <OperationTable rows={rows} />
      )}
      {pages.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

const nameOf = ({ title, resourceName }: CloudOperation) => `${title} ${resourceName}`;

function useOperations(view: CloudOperationView) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  // tRPC's own paging adds a field of its own to the input, which the API refuses as it refuses every unknown field.
  return useInfiniteQuery({
    queryKey: [...trpc.operation.pathKey(), 'cloud', view],
    queryFn: ({ pageParam, signal }) =>
      client.operation.listAll.query({ view, limit: 100, ...(pageParam && { cursor: pageParam }) }, { signal }),
    refetchInterval: 5000,
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

function OperationTable({ rows }: { rows: readonly Row[] | undefined }) {
  const denial = useOperatorDenial();
  const retry = useRetry();
  return (
    <Table
      label="Operations"
      nameHeader="Operation"
      columns={columns}
      items={rows}
      href={hrefOf}
      phoneNote={(row) => `${row.projectName ?? 'the cloud'} · ${reasonOf(row) || row.userName}`}
      menu={(row) => (
        <MenuItem disabledReason={denial ?? doneReason(row)} onSelect={() => retry(row)}>
          {isOpen(row) ? 'Look at it again now' : 'Begin once more'}
        </MenuItem>
      )}
    />
  );
}

const doneReason = ({ state }: Row) =>
  state === 'succeeded' ? 'It succeeded: there is nothing to do again.' : undefined;

function hrefOf({ noun, projectId, resourceId }: Row): string {
  if (projectId === null) return paths.operations();
  const at = { project: projectId };
  return noun === 'server' ? paths.serverActivity({ ...at, server: resourceId }) : paths.images(at);
}

function useRetry() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutate } = useMutation(trpc.operation.retry.mutationOptions());
  return (row: Row) =>
    mutate(
      { id: row.id },
      {
        onSuccess: () => toast({ tone: 'ok', title: `${row.name}: begun once more` }),
        onError: (failed) => {
          const { detail, next } = problemOf(failed);
          toast({ tone: 'bad', title: `${row.name} was not begun`, detail: `${detail} ${next}` });
        },
        onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.operation.pathKey() }),
      },
    );
}
