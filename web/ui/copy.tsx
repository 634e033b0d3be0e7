'use client';
import { Check, Copy as CopyIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './button.tsx';

/** Copies text. Pages on a plain-http address have no clipboard API, so a selection is the fallback. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** A button that copies `text`; `what` completes "Copy …". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <IconButton
      isInline
      aria-label={isCopied ? 'Copied' : `Copy ${what}`}
      onClick={() => copyText(text).then(() => setCopied(true))}
    >
      {isCopied ? <Check aria-hidden size={14} className="text-ok-ink" /> : <CopyIcon aria-hidden size={14} />}
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
