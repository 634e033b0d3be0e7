'use client';
import { Download } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { problemOf } from '#client/problem.ts';
import { useDebounced } from '#shell/use-debounced.ts';
import { FilterChoice, FilterField, LiveBadge, useAddressValue } from '#table/filters.tsx';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { Menu, MenuItem } from '#ui/menu.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { DeniedState, ErrorState } from '#ui/problem.tsx';
import { paths } from '../paths.ts';
import { type AuditFilters, type AuditPlace, auditQuery, periods, useAuditPages } from './audit-query.ts';
import { AuditTable } from './audit-table.tsx';

type AuditLogProps = { place: AuditPlace; summary: ReactNode; neededRole: string };

const outcomes = [
  { value: 'done', label: 'Done' },
  { value: 'refused', label: 'Refused' },
];

/** Everything that was done or refused in a place, to be searched and taken away as a file. */
export function AuditLog({ place, summary, neededRole }: AuditLogProps) {
  const [text, setText] = useAddressValue('filter');
  const [outcome, setOutcome] = useAddressValue('outcome');
  const [since, setSince] = useAddressValue('since');
  const filters = { text: useDebounced(text, 250), outcome, since };
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = useAuditPages(
    place,
    filters,
  );
  const lines = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  if (error && problemOf(error).code === 'forbidden') return <DeniedState what="this log" neededRole={neededRole} />;
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      {place.isOwn ? (
        <p className="mb-4 text-ink-muted text-table">{summary}</p>
      ) : (
        <PageHeader title="Activity" summary={summary} actions={<HeadActions place={place} filters={filters} />} />
      )}
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FilterField label="Filter by person, action or name" value={text} onChange={setText} />
        {!place.isOwn && <FilterChoice label="Outcome" value={outcome} onChange={setOutcome} options={outcomes} />}
        <FilterChoice label="When" value={since} onChange={setSince} options={periods} />
        <LiveBadge />
      </div>
      <AuditTable lines={lines} isRefreshing={isPlaceholderData} showsProject={place.project === undefined} />
      {hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

type HeadActionsProps = { place: AuditPlace; filters: AuditFilters };

function HeadActions({ place, filters }: HeadActionsProps) {
  const save = (format: 'csv' | 'jsonl') =>
    window.location.assign(paths.auditExport({ ...place, query: { ...auditQuery(filters), format } }));
  return (
    <>
      <DocsPopover title="Activity">
        Each line is kept with who did it, from where, with which session or token, what it was before and is since, and
        the request id that leads to the logs. No line is ever changed or removed. The filter takes beginnings of words,
        and whole ids and addresses.
      </DocsPopover>
      <Menu trigger={<Button icon={<Download aria-hidden size={15} />}>Export</Button>}>
        <MenuItem onSelect={() => save('csv')}>CSV, for a spreadsheet</MenuItem>
        <MenuItem onSelect={() => save('jsonl')}>JSON lines, for programs</MenuItem>
      </Menu>
    </>
  );
}
