import { BookOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeBlock } from './code-block.tsx';

type EmptyStateProps = {
  icon: ReactNode;
  /** "No servers yet" */
  title: string;
  /** What the thing is for, in one sentence. */
  purpose: string;
  /** The one button, or nothing for those who may not use it. */
  action?: ReactNode;
  /** The command that does the same. */
  command?: string;
  docs?: { href: string; label: string };
};

/** An empty page that says what would be here, and how it gets here. */
export function EmptyState({ icon, title, purpose, action, command, docs }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center rounded-panel border border-dashed bg-surface px-4 py-14 text-center">
      <div className="mb-4 grid size-10 place-items-center rounded-panel border bg-raised text-ink-muted">{icon}</div>
      <h2 className="font-semibold">{title}</h2>
      <p className="mt-1 max-w-md text-ink-muted">{purpose}</p>
      {action && <div className="mt-5">{action}</div>}
      {command && (
        <div className="mt-6 grid w-full max-w-lg gap-1.5 text-left">
          <p className="text-ink-faint text-meta">Or from a terminal</p>
          <CodeBlock code={command} label="Command" />
        </div>
      )}
      {docs && (
        <a
          href={docs.href}
          className="mt-4 inline-flex items-center gap-1.5 text-accent-ink text-table underline-offset-4 hover:underline"
        >
          <BookOpen aria-hidden size={14} /> {docs.label}
        </a>
      )}
    </div>
  );
}
