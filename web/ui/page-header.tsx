import type { ReactNode } from 'react';
import { Skeleton } from './skeleton.tsx';

type PageHeaderProps = {
  title: ReactNode;
  /** One line of numbers or facts below the title. */
  summary?: ReactNode;
  actions?: ReactNode;
};

/** The head of a page: its title, what it counts, and what can be done. */
export function PageHeader({ title, summary, actions }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 wrap-anywhere font-semibold text-title tracking-[-0.01em]">
          {title}
        </h1>
        {summary !== undefined && <div className="mt-0.5 text-ink-muted text-table">{summary}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** Holds the place of a summary that is being fetched, so that the page does not jump. */
export const summarySkeleton = <Skeleton className="my-0.5 h-3.5 w-56" />;
