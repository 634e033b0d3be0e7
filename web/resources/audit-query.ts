'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';

/** Whose lines are shown; with none of them, those of the whole installation. `isOwn`: what the reader did, wherever. */
export type AuditPlace = { project?: string; domain?: string; isOwn?: boolean };

/** What narrows them; an empty text narrows nothing. */
export type AuditFilters = { text: string; outcome: string; since: string };

export const periods = [
  { value: 'PT1H', label: 'Last hour', minutes: 60 },
  { value: 'P1D', label: 'Last day', minutes: 24 * 60 },
  { value: 'P7D', label: 'Last week', minutes: 7 * 24 * 60 },
  { value: 'P30D', label: 'Last 30 days', minutes: 30 * 24 * 60 },
] as const;

/** The filters as the API takes them, counted from now. */
export function auditQuery({ text, outcome, since }: AuditFilters) {
  const minutes = periods.find(({ value }) => value === since)?.minutes;
  return {
    ...(text.trim() !== '' && { text: text.trim().slice(0, 255) }),
    ...(outcome === 'done' && { outcome: 'done' as const }),
    ...(outcome === 'refused' && { outcome: 'refused' as const }),
    ...(minutes !== undefined && { from: new Date(Date.now() - minutes * 60_000).toISOString() }),
  };
}

/** The lines of a place, newest first, as many pages as were asked for. */
export function useAuditPages({ project, domain, isOwn = false }: AuditPlace, filters: AuditFilters) {
  const trpc = useTRPC();
  const { audit } = useTRPCClient();
  // tRPC's own paging adds a field of its own to the input, which the API refuses as it refuses every unknown field.
  return useInfiniteQuery({
    queryKey: [...trpc.audit.pathKey(), 'pages', project, domain, isOwn, filters],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...auditQuery(filters), limit: 100, ...(pageParam && { cursor: pageParam }) };
      if (isOwn) return audit.listOwn.query(withoutOutcome(query), { signal });
      if (project !== undefined) return audit.list.query({ projectId: project, ...query }, { signal });
      if (domain !== undefined) return audit.listInDomain.query({ domainId: domain, ...query }, { signal });
      return audit.listEverywhere.query(query, { signal });
    },
    // Refused attempts are kept but announced to nobody, so that they cannot be used to keep every reader busy.
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** What was refused is not told of oneself: who may not see a thing may not see its name. */
function withoutOutcome<Query extends { outcome?: unknown }>({ outcome: _, ...query }: Query): Omit<Query, 'outcome'> {
  return query;
}
