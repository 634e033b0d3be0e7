import type { ReactNode } from 'react';

/** A small fact beside a name: a tag, a role, "default". Not a state; states are `StateBadge`. */
export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex h-5 items-center rounded-control border bg-raised px-1.5 text-ink-muted text-meta">
      {children}
    </span>
  );
}
