'use client';
import { MutationCache, QueryCache, type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@unkai/api/router';
import { type ReactNode, useState } from 'react';
import { paths } from '../paths.ts';
import { leaveToSignIn } from './leave.ts';
import { problemOf } from './problem.ts';
import { LosslessQueryClient } from './query-client.ts';

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export { useTRPC, useTRPCClient };

function makeQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    const { code } = problemOf(error);
    if (code === 'unauthenticated') leaveToSignIn();
    // A role may have been taken away: what the page offers is looked at again.
    if (code === 'forbidden') void client.invalidateQueries({ predicate: ({ queryKey }) => isOfSession(queryKey) });
  };
  const client = new LosslessQueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Live events say when something changed; a reader who comes back to the tab still gets a fresh look.
        staleTime: 5000,
        // Only what may pass by itself is asked again; a refusal is an answer.
        retry: (failures, error) => failures < 2 && problemOf(error).code === 'unavailable',
      },
    },
  });
  return client;
}

/** Whether a query's key begins with the path of an operation on sessions, as tRPC makes keys. */
function isOfSession([path]: readonly unknown[]): boolean {
  return Array.isArray(path) && path[0] === 'session';
}

/** The portal's only way to data: procedures of the API on the same origin, with the session's cookie. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: paths.trpc(), maxURLLength: 4000, maxItems: 20 })] }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
