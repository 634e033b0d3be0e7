const key = 'unkai-project';

/** Remembers on this machine which project was open last; a browser that keeps nothing just forgets it. */
export const recentProject = {
  read(): string | null {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
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
