'use client';
import { useQuery } from '@tanstack/react-query';
import { roleGrants } from '@unkai/contracts/permissions';
import type { ReactNode } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { DeniedState, ErrorState } from '#ui/problem.tsx';

/** Why the reader may change nothing of the cloud itself; undefined for who may. */
export function useOperatorDenial(): string | undefined {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const isAdmin = user?.systemRole && roleGrants(user.systemRole, 'admin');
  return isAdmin ? undefined : 'This needs the role admin on the system.';
}

/** What takes the place of a page of operators that could not be fetched; null when it could. */
export function operatorProblem(error: unknown, what: string, refetch: () => unknown): ReactNode {
  if (!error) return null;
  const problem = problemOf(error);
  if (problem.code === 'forbidden' || problem.code === 'not_found') {
    return <DeniedState what={what} neededRole="reader on the system" />;
  }
  return <ErrorState problem={problem} onRetry={() => void refetch()} />;
}
