import type { Core } from '../call.ts';
import { isDatabaseAway } from '../database/database-away.ts';

/**
 * Brings one aspect of the installation to what it should be. It takes no input, so that it can run on a clock as well
 * as on a signal; it does the same work every time and keeps no memory; what fails now is done by its next turn.
 */
export interface Reconciler {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (core: Core) => Promise<void>;
}

/**
 * Does one after the other. One that fails keeps none of the others from being done, now or in any turn to come; in the
 * end all failures are the turn's (AggregateError). Without the database nothing more is tried.
 */
export async function doEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${items.length} could not be done`);
}
