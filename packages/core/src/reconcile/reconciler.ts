import type { Core } from '../call.ts';

/**
 * Brings one aspect of the installation to what it should be. It takes no input, so that it can run on a clock as well
 * as on a signal; it does the same work every time and keeps no memory; what fails now is done by its next turn.
 */
export interface Reconciler {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (core: Core) => Promise<void>;
}
