import type { ReactNode } from 'react';

/** One question of the form. */
export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-2">
      <div className="flex min-h-5 items-baseline justify-between gap-3">
        <h2 className="font-medium text-table">{title}</h2>
        {note !== undefined && <span className="text-ink-muted text-meta">{note}</span>}
      </div>
      {children}
    </section>
  );
}

/** `chosen` with or without `value`. */
export function toggled(chosen: readonly string[], value: string, isChosen: boolean): readonly string[] {
  return isChosen ? [...chosen, value] : chosen.filter((other) => other !== value);
}
