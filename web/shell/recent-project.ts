'use client';
import { useSyncExternalStore } from 'react';

const key = 'unkai-project';
const most = 4;

/** Remembers on this machine which projects were open last; a browser that keeps nothing just forgets them. */
export const recentProject = {
  read(): string | undefined {
    return recentProject.readAll()[0];
  },
  /** The last one first. */
  readAll(): readonly string[] {
    try {
      return (window.localStorage.getItem(key) ?? '').split(' ').filter(Boolean);
    } catch {
      return [];
    }
  },
  write(project: string): void {
    const others = recentProject.readAll().filter((id) => id !== project);
    try {
      window.localStorage.setItem(key, [project, ...others].slice(0, most).join(' '));
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
