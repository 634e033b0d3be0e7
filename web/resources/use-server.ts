'use client';
import { useQuery } from '@tanstack/react-query';
import { serverTransitioning } from '@unkai/contracts/resources/server';
import { usePollWithoutEvents } from '#client/live.ts';
import { useTRPC } from '#client/trpc.tsx';

/** One server, kept fresh by events and, while it changes without them, by looking again. */
export function useServer(server: string) {
  const trpc = useTRPC();
  const poll = usePollWithoutEvents();
  return useQuery(
    trpc.server.get.queryOptions(
      { id: server },
      {
        refetchInterval: ({ state }) =>
          state.data !== undefined && serverTransitioning.includes(state.data.state) ? poll : false,
      },
    ),
  );
}
