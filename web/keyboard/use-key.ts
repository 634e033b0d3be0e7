'use client';
import { useEffect, useEffectEvent } from 'react';
import type { Key } from './keys.ts';
import { singleKeys } from './single-keys.ts';

/** Calls `act` when `key` is pressed and does not belong to what has the focus. */
export function useKey(key: Key, act: () => void): void {
  const onPress = useEffectEvent(act);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPressed(key, event)) return;
      event.preventDefault();
      onPress();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [key]);
}

function isPressed({ key, isWithCommand = false }: Key, event: KeyboardEvent): boolean {
  if (event.altKey || event.defaultPrevented) return false;
  const hasCommand = event.metaKey || event.ctrlKey;
  if (isWithCommand) return hasCommand && !event.shiftKey && event.key.toLowerCase() === key;
  return !hasCommand && event.key === key && !isTyping(event.target) && singleKeys.areOn();
}

/** Whether letters belong to what has the focus: a text field, an open menu or dialog, a server's screen. */
function isTyping(target: EventTarget | null): boolean {
  const owners = 'input, textarea, select, [role="dialog"], [role="menu"], [role="application"]';
  return target instanceof Element && target.closest(owners) !== null;
}
