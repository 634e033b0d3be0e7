'use client';
import { useSyncExternalStore } from 'react';

const key = 'unkai-project';

/** Remembers on this machine which project was open last; a browser that keeps nothing just forgets it. */
export const recentProject = {
  read(): string | undefined {
    try {
      return window.localStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(project: string): void {
    try {
      window.localStorage.setItem(key, project);
    } catch {
      // Storage may be switched off; the first project opens then.
    }
  },
};

const never = () => () => {};

/** The project that was open last; undefined on the server and on a first visit. */
export function useRecentProject(): string | undefined {
  return useSyncExternalStore(never, recentProject.read, () => undefined);
}
