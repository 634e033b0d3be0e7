import type { ReactNode } from 'react';

type PanelProps = { title: string; note?: ReactNode; aside?: ReactNode; children: ReactNode };

/** A bordered part of a page with its own heading. */
export function Panel({ title, note, aside, children }: PanelProps) {
  return (
    <section aria-label={title} className="min-w-0 rounded-panel border bg-surface">
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 border-b px-4 py-1.5">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <h2 className="min-w-0 wrap-anywhere font-semibold">{title}</h2>
          {note !== undefined && <span className="text-ink-muted text-meta">{note}</span>}
        </div>
        {aside}
      </div>
      <div className="p-4">{children}</div>
    </section>
  );
}

/** Pairs of name and value, in the order in which they are asked for. */
export function Facts({ facts }: { facts: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6.5rem,auto)_1fr] gap-x-6 gap-y-2 text-table">
      {facts.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-ink-muted">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
