import type { Plan, Program, Task } from './programs.ts';
import type { Watch } from './watch.ts';

const engineLimitMs = 60_000;

export interface Starting {
  /** Starts programs and keeps them running from then on. */
  readonly watchAll: (programs: readonly Program[]) => Watch[];
  readonly perform: (task: Task) => Promise<void>;
  /** Aborts when all is to be stopped: nothing is begun after that. */
  readonly signal: AbortSignal;
}

/**
 * Starts the engines, then does the tasks, one after the other, then starts the programs. Throws an Error with the log to
 * read when an engine does not answer, what a task throws, and the signal's reason.
 */
export async function startInOrder(plan: Plan, { watchAll, perform, signal }: Starting): Promise<void> {
  signal.throwIfAborted();
  for (const watch of watchAll(plan.engines)) {
    const isReady = await watch.untilReady(engineLimitMs);
    signal.throwIfAborted();
    const { name } = watch.program;
    if (!isReady) throw new Error(`${name} does not answer after ${engineLimitMs / 1000} s. See: ./unkai logs ${name}`);
  }
  for (const task of plan.tasks) {
    await perform(task);
    signal.throwIfAborted();
  }
  watchAll(plan.programs);
}
