'use client';
import { useQuery } from '@tanstack/react-query';
import { type Limit, type QuotaName, unlimited } from '@unkai/contracts/quota';
import { useTRPC } from '#client/trpc.tsx';
import { bytes, memory } from '#ui/amounts.ts';

/** An amount of a quota in its own unit: memory in MiB and bytes become the largest unit that fits. */
export function quotaWords(limit: Pick<Limit, 'unit'>, amount: number): string {
  if (amount === unlimited) return 'any number';
  if (limit.unit === 'MiB') return memory(amount);
  if (limit.unit === 'B') return bytes(amount);
  return amount.toLocaleString('en');
}

/** What the project has used of what it may. */
export function useLimits(project: string): readonly Limit[] | undefined {
  const trpc = useTRPC();
  return useQuery(trpc.limits.get.queryOptions({ projectId: project })).data?.items;
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
