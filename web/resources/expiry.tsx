'use client';
import { TimeUntil } from '#ui/relative-time.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { useClock } from '#ui/use-clock.ts';

/** When a credential ends: in how long, that it has, or never. */
export function Expiry({ at }: { at: string | null }) {
  const now = useClock(false);
  if (at === null) return <span className="text-ink-muted">never</span>;
  if (Date.parse(at) <= now) return <StateBadge tone="off" word="expired" />;
  return (
    <span className="whitespace-nowrap">
      in <TimeUntil at={at} />
    </span>
  );
}
