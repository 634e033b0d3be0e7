import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What of a test that passed had to be tried twice, and why. */
    secondTry?: string;
  }
}

/** For a test that itself tries once more what failed of it, and no more than that: is told at the end of the run. */
export function tellSecondTry({ task }: TestContext, what: string): void {
  task.meta.secondTry = what;
  process.stderr.write(`Passed only at the second try:\n${what}\n`);
}
