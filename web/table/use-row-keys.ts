'use client';
import type { RefObject } from 'react';
import { keys } from '#keyboard/keys.ts';
import { useKey } from '#keyboard/use-key.ts';

/** The keys for the next row and the one before move the focus along `body`; a row's first link or button takes it. */
export function useRowKeys(body: RefObject<HTMLElement | null>): void {
  const move = (step: 1 | -1) => {
    const rows = [...(body.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const to = at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[to]?.querySelector<HTMLElement>('a, button')?.focus();
  };
  useKey(keys.next, () => move(1));
  useKey(keys.previous, () => move(-1));
}
