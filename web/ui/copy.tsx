'use client';
import { Check, Copy as CopyIcon, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './button.tsx';

/** Copies text, and says whether it could. Pages on a plain-http address have no clipboard API: there a selection is copied. */
async function copyText(text: string): Promise<boolean> {
  if (!navigator.clipboard) return copyBySelection(text);
  // It may be refused, by a policy of the browser or in a frame.
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copyBySelection(text),
  );
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  // A dialog that is open takes the focus, and with it the selection, back from everything outside it.
  (before?.closest('[role="dialog"]') ?? document.body).append(area);
  area.select();
  const isCopied = document.activeElement === area && document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}

const looks = {
  copied: { icon: <Check aria-hidden size={14} className="text-ok-ink" />, words: 'Copied' },
  failed: { icon: <X aria-hidden size={14} className="text-bad-ink" />, words: 'Not copied: select it and copy it' },
} as const;

/** A button that copies `text`; `what` completes "Copy …". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<keyof typeof looks>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), outcome === 'copied' ? 1500 : 6000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const look = outcome && looks[outcome];
  return (
    <IconButton
      isInline
      aria-label={look?.words ?? `Copy ${what}`}
      onClick={() => void copyText(text).then((isCopied) => setOutcome(isCopied ? 'copied' : 'failed'))}
    >
      {look?.icon ?? <CopyIcon aria-hidden size={14} />}
    </IconButton>
  );
}

/** An identifier in mono, shortened to its last block, with a button that copies all of it. */
export function CopyId({ id, what = 'id' }: { id: string; what?: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <code title={id} className="numeric whitespace-nowrap text-ink-muted">
        {id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id}
      </code>
      <CopyButton text={id} what={what} />
    </span>
  );
}
