'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { DeniedState, ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

/**
 * Lets those into the pages of a domain who have a role on it. Nobody else is told whether it is there. It looks again
 * now and then, since no live event tells a manager that they are one no longer.
 */
export function DomainGate({ domain, children }: { domain: string; children: ReactNode }) {
  const trpc = useTRPC();
  const {
    data: user,
    error,
    refetch,
  } = useQuery(trpc.session.current.queryOptions(undefined, { refetchInterval: 5000 }));
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!user) return <Skeleton className="h-7 w-48" />;
  if (user.domains.some(({ id }) => id === domain)) return children;
  return <DeniedState what="this domain" neededRole="reader or manager on the domain" />;
}
