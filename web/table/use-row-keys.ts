'use client';
import { type RefObject, useEffect } from 'react';

/** Whether a key belongs to what has focus: a text field, an open menu or dialog. */
export function isKeyTaken(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return true;
  const target = event.target;
  return (
    target instanceof Element && target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null
  );
}

/** j and k move the focus along the rows of `body`; a row's first link or button takes it. */
export function useRowKeys(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[event.key];
      if (step === undefined || isKeyTaken(event)) return;
      const rows = [...(body.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      const to = at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
      event.preventDefault();
      rows[to]?.querySelector<HTMLElement>('a, button')?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [body]);
}
