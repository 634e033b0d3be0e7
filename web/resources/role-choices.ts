'use client';
import { useQuery } from '@tanstack/react-query';
import { roleNames } from '@unkai/contracts/permissions';
import { useTRPC } from '#client/trpc.tsx';
import { roleWords } from './role-words.ts';

/** The built-in roles in words, each with why this caller may not give it. */
export function useRoleChoices(where: keyof typeof roleWords) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const isOperator = user?.systemRole === 'admin';
  return roleNames.map((name) => ({
    value: name,
    label: `${name}: ${roleWords[where][name]}`,
    disabledReason: name === 'admin' && !isOperator ? 'only operators give it' : undefined,
  }));
}
