'use client';
import { useSyncExternalStore } from 'react';

const name = 'unkai-single-keys';
const listeners = new Set<() => void>();

/** Whether keys work without ⌘ or Ctrl; who speaks to the computer, or slips easily, turns them off (WCAG 2.1.4). */
export const singleKeys = {
  areOn(): boolean {
    try {
      return window.localStorage.getItem(name) !== 'off';
    } catch {
      return true;
    }
  },
  set(isOn: boolean): void {
    try {
      window.localStorage.setItem(name, isOn ? 'on' : 'off');
    } catch {
      // Storage may be switched off; the keys work then.
    }
    for (const tell of listeners) tell();
  },
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether keys work without ⌘ or Ctrl, on this machine. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, singleKeys.areOn, () => true);
}
