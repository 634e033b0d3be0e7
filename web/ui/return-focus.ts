'use client';
import { useState } from 'react';

/** What has the focus now; for an entry of a menu, which goes away with it, the button that opened the menu. */
function focused(): HTMLElement | null {
  if (typeof document === 'undefined') return null;
  const active = document.activeElement;
  const opener = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const element = opener ? document.getElementById(opener) : active;
  return element instanceof HTMLElement ? element : null;
}

/**
 * For something that is mounted when it opens and has no trigger of its own: gives the focus back, when it closes, to
 * what had it, or to the page when that is gone by then.
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(focused);
  return (event) => {
    event.preventDefault();
    const target = opener?.isConnected ? opener : document.getElementById('main');
    target?.focus();
  };
}
