import { LeaseLost } from './lease.ts';
import type { Turn } from './turn.ts';

/** Why a long step is asked to end early. */
export type Interruption = 'cancelled' | 'stopped' | 'lost';

/** A step that takes longer than this is shown as begun while it runs; quicker ones with what they write. */
const showAfterMs = 250;

/**
 * Looks after a run while a step of it is done: renews the lease three times in its length, and notices that the run is
 * cancelled, lost, or the worker stops. An undo is not to be cancelled.
 */
export function watchLease(turn: Turn, controller: AbortController, direction: 'do' | 'undo') {
  let interruption: Interruption | null = null;
  const interrupt = (why: Interruption) => {
    interruption ??= why;
    controller.abort(new Error(`the step was interrupted: ${why}`));
  };
  const look = async () => {
    try {
      const { isCancelled } = await turn.journal.renew();
      if (isCancelled && direction === 'do') interrupt('cancelled');
    } catch (error) {
      // A database that cannot be asked is no proof; the fence stands behind every write.
      if (error instanceof LeaseLost) interrupt('lost');
    }
  };
  const first = setTimeout(() => void look(), showAfterMs);
  const timer = setInterval(() => void look(), (turn.journal.lease.seconds * 1000) / 3);
  const stop = () => interrupt('stopped');
  turn.stopping.addEventListener('abort', stop);
  return {
    interruption: (): Interruption | null => interruption,
    end() {
      clearTimeout(first);
      clearInterval(timer);
      turn.stopping.removeEventListener('abort', stop);
    },
  };
}
