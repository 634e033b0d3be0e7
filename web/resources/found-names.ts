'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { problemOf } from '#client/problem.ts';
import { useDebounced } from '#shell/use-debounced.ts';
import type { Option } from '#ui/option-list.tsx';
import type { Found } from '#ui/pick.tsx';

const pauseMs = 150;
/** Of one question; more are asked for when somebody wants to see them. */
const limit = 20;

/** A part of a name, none for all of them, and where the page before ended. */
type Asked = { nameContains?: string; limit: number; cursor?: string };

export type Listing<Item> = {
  /** What they are called, in the plural. */
  what: string;
  /** Tells this question from others that are kept. */
  queryKey: readonly unknown[];
  ask: (asked: Asked, signal: AbortSignal) => Promise<{ items: readonly Item[]; nextCursor: string | null }>;
  view: (item: Item) => Option;
};

/** What the API finds by a part of its name, a moment after the last letter, twenty at a time. */
export function useFoundNames<Item>(typed: string, { what, queryKey, ask, view }: Listing<Item>): Found {
  const text = typed.trim().slice(0, 255);
  const settled = useDebounced(text, pauseMs);
  const named = { limit, ...(settled !== '' && { nameContains: settled }) };
  // tRPC's own paging adds a field of its own to the input, which the API refuses as it refuses every unknown field.
  const query = useInfiniteQuery({
    queryKey: [...queryKey, 'found', settled],
    queryFn: ({ pageParam, signal }) => ask({ ...named, ...(pageParam && { cursor: pageParam }) }, signal),
    placeholderData: keepPreviousData,
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  if (query.error) return { options: [], note: `The ${what} could not be listed. ${problemOf(query.error).next}` };
  if (query.isPaused) return { options: [], note: `The ${what} cannot be listed while this browser is offline.` };
  // What fitted fewer letters may not fit any more.
  if (query.isPlaceholderData || query.isPending || settled !== text) return { options: [], note: 'Looking …' };
  return {
    options: query.data.pages.flatMap(({ items }) => items.map(view)),
    note: query.isFetchingNextPage ? 'Looking …' : undefined,
    onMore: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  };
}
