import type { ReactNode } from 'react';

/** The line above a list of the profile: what it is about, and what can be done. */
export function ProfileBar({ words, action }: { words: ReactNode; action?: ReactNode }) {
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p className="min-w-0 max-w-2xl text-ink-muted text-table">{words}</p>
      {action}
    </div>
  );
}
