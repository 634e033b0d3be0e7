'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { type Allowance, type Limit, type QuotaName, unlimited } from '@unkai/contracts/quota';
import { useTRPC } from '#client/trpc.tsx';
import { bytes, memory } from '#ui/amounts.ts';

/** An amount of a quota in its own unit: memory in MiB and bytes become the largest unit that fits. */
export function quotaWords(limit: Pick<Limit, 'unit'>, amount: number): string {
  if (amount === unlimited) return 'any number';
  if (limit.unit === 'MiB') return memory(amount);
  if (limit.unit === 'B') return bytes(amount);
  if (limit.unit === 'GiB') return `${amount.toLocaleString('en')} GiB`;
  return amount.toLocaleString('en');
}

/** What the project has used of what it may; nothing of no project. */
export function useLimits(project: string | undefined): readonly Limit[] | undefined {
  const trpc = useTRPC();
  const asked = trpc.limits.get.queryOptions(project === undefined ? skipToken : { projectId: project });
  return useQuery(asked).data?.items;
}

/** What the reader has used of what is theirs in every project, such as key pairs; asked for when `isAsked`. */
export function useOwnLimits(isAsked: boolean): readonly Allowance[] | undefined {
  const trpc = useTRPC();
  return useQuery(trpc.limits.listOwn.queryOptions(isAsked ? undefined : skipToken)).data?.items;
}

/** ` · 31 of 40 vCPU · 58 GiB of 80 GiB memory`, for the line below a title. */
export function LimitsLine({ project, names }: { project: string; names: readonly QuotaName[] }) {
  const limits = useLimits(project)?.filter(({ name }) => names.includes(name)) ?? [];
  return limits.map((limit) => (
    <span key={limit.name}>
      {' · '}
      {quotaWords(limit, limit.used)} of {quotaWords(limit, limit.limit)}{' '}
      {limit.name === 'memoryMib' ? 'memory' : limit.label}
    </span>
  ));
}
