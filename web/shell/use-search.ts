'use client';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { SearchHit } from '@unkai/contracts/resources/search';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { narrowedSearch } from './narrowed-search.ts';
import { useDebounced } from './use-debounced.ts';

const pauseMs = 120;

/** What the API finds for the words typed, a moment after the last letter; `note` says that it looks, or why it cannot. */
export function useSearch(typed: string, project: string | undefined): { hits: readonly SearchHit[]; note?: string } {
  const trpc = useTRPC();
  const text = typed.trim().slice(0, 128);
  const settled = useDebounced(text, pauseMs);
  const narrowed = narrowedSearch(settled);
  const ask = (asked: string | undefined) =>
    trpc.search.list.queryOptions(
      asked ? { text: asked, ...(project !== undefined && { projectId: project }) } : skipToken,
      { placeholderData: keepPreviousData },
    );
  const whole = useQuery(ask(settled));
  const named = useQuery(ask(narrowed?.text));
  if (text === '') return { hits: [] };
  const error = whole.error ?? named.error;
  if (error) return { hits: [], note: `Servers, people and the like could not be searched. ${problemOf(error).next}` };
  // What fitted fewer letters may not fit any more.
  if (whole.isFetching || named.isFetching || settled !== text) return { hits: [], note: 'Looking …' };
  const hits = whole.data?.items ?? [];
  const known = new Set(hits.map(({ id }) => id));
  const more = named.data?.items.filter(({ id, noun }) => narrowed?.nouns.has(noun) && !known.has(id)) ?? [];
  return { hits: [...hits, ...(narrowed ? more : [])] };
}
