'use client';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemOf } from '#client/problem.ts';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { DeniedState, ErrorState } from '#ui/problem.tsx';
import { FilterField, KeyHints, useAddressValue } from './filters.tsx';
import { Table, type TableProps } from './table.tsx';

type Named = { id: string; name: string };

/** A list as a query tells it. */
export type Listed<Item> = {
  data: { items: readonly Item[]; nextCursor: string | null } | undefined;
  error: unknown;
  refetch: () => unknown;
};

export type CreateAction = { label: string; disabledReason?: string | undefined; run: () => void };

type ListPageProps<Item extends Named> = Omit<TableProps<Item>, 'label' | 'items'> & {
  title: string;
  /** "user" */
  one: string;
  /** "people", where it is not `one` with an s. */
  many?: string;
  /** What such a thing is, in a sentence or two. */
  about: string;
  icon: ReactNode;
  list: Listed<Item>;
  /** The rows to show instead of those of `list`, in their order. */
  items?: readonly Item[] | undefined;
  /** The role that reading it takes. */
  neededRole: string;
  create?: CreateAction;
  command?: string;
  /** What the filter looks through. */
  text: (item: Item) => string;
  /** `choices` have narrowed it already, so that an empty list is no empty domain. */
  isNarrowed?: boolean;
  /** More ways to narrow the list, beside the filter. */
  choices?: ReactNode;
};

/** The page of one noun: head, filter and rows; or why there are none. */
export function ListPage<Item extends Named>(props: ListPageProps<Item>) {
  const { title, one, many, about, icon, list, neededRole, create, command, text, choices, isNarrowed, ...table } =
    props;
  const [filter, setFilter] = useAddressValue('filter');
  useCreateAction(create);
  const problem = list.error ? problemOf(list.error) : undefined;
  if (problem?.code === 'forbidden' || problem?.code === 'not_found') {
    return <DeniedState what={inSentence(title)} neededRole={neededRole} />;
  }
  if (problem) return <ErrorState problem={problem} onRetry={() => void list.refetch()} />;
  const all = list.data === undefined ? undefined : (props.items ?? list.data.items);
  const wanted = filter.trim().toLowerCase();
  const shown = all?.filter((item) => `${text(item)} ${item.id}`.toLowerCase().includes(wanted));
  const button = create && <CreateButton create={create} />;
  return (
    <>
      <PageHeader
        title={title}
        summary={all ? count(all.length, one, many) + more(list) : summarySkeleton}
        actions={
          <>
            <DocsPopover title={title}>{about}</DocsPopover>
            {button}
          </>
        }
      />
      {list.data?.items.length === 0 && !isNarrowed ? (
        <EmptyState
          icon={icon}
          title={`No ${inSentence(title)} yet`}
          purpose={about}
          action={button}
          {...(command && { command })}
        />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <FilterField label="Filter" value={filter} onChange={setFilter} />
            {choices}
          </div>
          <Table {...table} label={title} items={shown} />
          <KeyHints canCreate={false} />
        </>
      )}
    </>
  );
}

/** "Subnet pools" as it is said amid a sentence; "QoS policies" stays. */
function inSentence(title: string): string {
  return title.replace(/^[A-Z](?=[a-z]+\b)/, (letter) => letter.toLowerCase());
}

function more({ data }: Listed<unknown>): string {
  return data?.nextCursor ? ', and more that are not shown' : '';
}

const plus = <Plus aria-hidden size={15} />;

function CreateButton({ create: { label, disabledReason, run } }: { create: CreateAction }) {
  return (
    <Button variant="primary" icon={plus} disabledReason={disabledReason} onClick={run}>
      {label}
    </Button>
  );
}

/** Offers it in the palette too. */
function useCreateAction(create: CreateAction | undefined): void {
  const isOffered = create !== undefined && create.disabledReason === undefined;
  useQuickActions(
    isOffered
      ? [{ id: create.label.toLowerCase(), label: create.label, group: 'On this page', icon: plus, run: create.run }]
      : [],
  );
}
