'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchHit } from '@unkai/contracts/resources/search';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useDebounced } from './use-debounced.ts';

const pauseMs = 120;

/** What the API finds for the words typed, a moment after the last letter; `note` says that it looks, or why it cannot. */
export function useSearch(typed: string, project: string | undefined): { hits: readonly SearchHit[]; note?: string } {
  const trpc = useTRPC();
  const text = typed.trim().slice(0, 128);
  const settled = useDebounced(text, pauseMs);
  const asked = { text: settled, ...(project !== undefined && { projectId: project }) };
  const { data, error, isFetching } = useQuery(
    trpc.search.list.queryOptions(asked, { enabled: settled !== '', placeholderData: keepPreviousData }),
  );
  if (text === '') return { hits: [] };
  if (error) return { hits: [], note: `Servers, people and the like could not be searched. ${problemOf(error).next}` };
  const isLooking = isFetching || settled !== text;
  // What fitted fewer letters may not fit any more.
  if (isLooking) return { hits: [], note: 'Looking …' };
  return { hits: data?.items ?? [] };
}
