'use client';
import type { Allowance, QuotaName } from '@unkai/contracts/quota';
import { Meter } from '#ui/meter.tsx';
import { quotaWords, useLimits, useOwnLimits } from './limits.tsx';

/** What each thing that is about to be made takes of the quotas. */
export type QuotaNeeds = Partial<Record<QuotaName, number>>;

/** Whose quota counts: a project's, or that of who is signed in. */
export type QuotaOwner = { project: string } | 'user';

function useAllowances(of: QuotaOwner): readonly Allowance[] {
  const isOwn = of === 'user';
  const own = useOwnLimits(isOwn);
  const limits = useLimits(isOwn ? undefined : of.project);
  return (isOwn ? own : limits) ?? [];
}

/** Needed, used and limit beside the form that makes it; nothing while it is not known. */
export function QuotaNote({ of, needs }: { of: QuotaOwner; needs: QuotaNeeds }) {
  const limits = useAllowances(of).filter(({ name }) => (needs[name] ?? 0) > 0);
  if (limits.length === 0) return null;
  return (
    <section aria-label="Quota after this" className="grid gap-3 border-t pt-3">
      <p className="text-ink-faint text-meta">Quota after this</p>
      {limits.map((limit) => (
        <Meter
          key={limit.name}
          label={limit.label}
          used={limit.used}
          adds={needs[limit.name] ?? 0}
          limit={limit.limit}
          write={(amount) => quotaWords(limit, amount)}
        />
      ))}
    </section>
  );
}

/** Why there is no room for it: the first quota that it would pass. Undefined when there is, or it is not known yet. */
export function useQuotaReason(of: QuotaOwner, needs: QuotaNeeds): string | undefined {
  const over = useAllowances(of).find(({ name, used, limit }) => needs[name] && used + (needs[name] ?? 0) > limit);
  if (over === undefined) return undefined;
  const words = (amount: number) => quotaWords(over, amount);
  return `${over.label}: needs ${words(needs[over.name] ?? 0)}, used ${words(over.used)} of ${words(over.limit)}.`;
}
