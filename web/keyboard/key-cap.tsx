'use client';
import type { Key } from './keys.ts';
import { useCommandKey } from './use-command-key.ts';

/** A key as it looks on a keyboard. */
export function KeyCap({ of }: { of: Key }) {
  const command = useCommandKey();
  const cap = of.isWithCommand ? `${command} ${of.key.toUpperCase()}` : of.key;
  return <kbd className="rounded-[4px] border bg-raised px-1 text-[11px] text-ink-muted leading-4">{cap}</kbd>;
}
