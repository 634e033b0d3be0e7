'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditLine } from '@unkai/contracts/resources/audit';
import { useMemo } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { AuditTable } from '#resources/audit-table.tsx';
import { FilterField, LiveBadge, useAddressValue } from '#table/filters.tsx';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';

/** Everything that was done or refused in the project. */
export function AuditLog({ project }: { project: string }) {
  const [filter, setFilter] = useAddressValue('filter');
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useAuditPages(project);
  const lines = useMemo(
    () => data?.pages.flatMap(({ items }) => items).filter((line) => holds(line, filter)),
    [data, filter],
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title="Activity"
        summary="Every change in this project and every refused attempt"
        actions={
          <DocsPopover title="Activity">
            Each line is kept with who did it, from where, with which token, and the request id that leads to the logs.
          </DocsPopover>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FilterField label="Filter by person, action or name" value={filter} onChange={setFilter} />
        <LiveBadge />
      </div>
      <AuditTable lines={lines} />
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

function useAuditPages(project: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  // tRPC's own paging adds a field of its own to the input, which the API refuses as it refuses every unknown field.
  return useInfiniteQuery({
    queryKey: [...trpc.audit.pathKey(), 'pages', project],
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query({ projectId: project, limit: 100, ...(pageParam && { cursor: pageParam }) }, { signal }),
    // Refused attempts are kept but announced to nobody, so that they cannot be used to keep every reader busy.
    refetchInterval: 10_000,
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

function holds(line: AuditLine, filter: string): boolean {
  const { actorName, action, noun, resourceName, resourceId, requestId, address } = line;
  const text = [actorName, action, noun, resourceName, resourceId, requestId, address].join(' ').toLowerCase();
  return text.includes(filter.trim().toLowerCase());
}
