'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/trpc.tsx';
import { OutsideLink } from '#shell/outside-page.tsx';
import { paths } from '../paths.ts';

/** The way to an account of one's own, where people may make one for themselves. */
export function SignUpLink() {
  const trpc = useTRPC();
  const { data: policy } = useQuery(trpc.signUp.policy.queryOptions());
  if (policy === undefined || policy.mode === 'off') return null;
  return <OutsideLink href={paths.signUp()}>Create an account</OutsideLink>;
}
