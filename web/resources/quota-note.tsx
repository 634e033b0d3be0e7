'use client';
import type { QuotaName } from '@unkai/contracts/quota';
import { Meter } from '#ui/meter.tsx';
import { quotaWords, useLimits } from './limits.tsx';

/** What each thing that is about to be made takes of the project's quotas. */
export type QuotaNeeds = Partial<Record<QuotaName, number>>;

/** Needed, used and limit beside the form that makes it; nothing while it is not known. */
export function QuotaNote({ project, needs }: { project: string; needs: QuotaNeeds }) {
  const limits = useLimits(project)?.filter(({ name }) => (needs[name] ?? 0) > 0) ?? [];
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
export function useQuotaReason(project: string, needs: QuotaNeeds): string | undefined {
  const over = useLimits(project)?.find(({ name, used, limit }) => used + (needs[name] ?? 0) > limit && needs[name]);
  if (over === undefined) return undefined;
  const words = (amount: number) => quotaWords(over, amount);
  return `${over.label}: needs ${words(needs[over.name] ?? 0)}, used ${words(over.used)} of ${words(over.limit)}.`;
}
