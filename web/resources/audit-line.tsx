import type { AuditLine } from '@unkai/contracts/resources/audit';
import { Ban, Check } from 'lucide-react';
import { RelativeTime } from '#ui/relative-time.tsx';

const past: Record<string, string> = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
  start: 'started',
  stop: 'stopped',
  reboot: 'rebooted',
  publish: 'published',
  upload: 'uploaded',
  join: 'joined',
  rejoin: 'joined again',
  drain: 'drained',
  migrate: 'moved',
  evacuate: 'evacuated',
};

/** What was done, as the middle of a sentence: "deleted server", "tried to create network". */
export function auditWords({ action, noun, outcome }: Pick<AuditLine, 'action' | 'noun' | 'outcome'>): string {
  const [what = noun, verb = ''] = action.split(':');
  const thing = what
    .replaceAll('-', ' ')
    .replace(/^qos\b/, 'QoS')
    .replace(/\bip$/, 'IP')
    .replace(/^api\b/, 'API');
  if (outcome === 'done')
    return what === 'console-session' ? 'opened the console of' : `${past[verb] ?? verb} ${thing}`;
  if (action === 'server:console') return 'tried to open the console of';
  return `tried to ${verb} ${thing}`;
}

/** Lines of the audit log as short sentences, newest first. */
export function AuditRows({ lines }: { lines: readonly AuditLine[] }) {
  if (lines.length === 0) {
    return (
      <p className="text-ink-muted text-table">Nothing happened yet. Every change and every refusal is kept here.</p>
    );
  }
  return (
    <ul className="-my-1 grid">
      {lines.map((line) => (
        <li key={line.id} className="flex items-baseline gap-2.5 py-1.5 text-table">
          {line.outcome === 'done' ? (
            <Check aria-hidden size={13} className="shrink-0 translate-y-0.5 text-ink-faint" />
          ) : (
            <Ban aria-hidden size={13} className="shrink-0 translate-y-0.5 text-bad-ink" />
          )}
          <p className="min-w-0 grow">
            <span className="font-medium">{line.actorName}</span> {auditWords(line)}{' '}
            <span className="wrap-anywhere font-medium">{line.resourceName ?? ''}</span>
            {line.detail && <span className="text-ink-muted"> · {line.detail}</span>}
          </p>
          <span className="shrink-0 text-ink-muted text-meta">
            <RelativeTime at={line.at} suffix="ago" />
          </span>
        </li>
      ))}
    </ul>
  );
}
