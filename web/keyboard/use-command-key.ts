'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** The name of the key that opens the palette together with K on this machine. */
export function useCommandKey(): '⌘' | 'Ctrl' {
  return useSyncExternalStore(
    never,
    () => (/mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl'),
    () => 'Ctrl',
  );
}
