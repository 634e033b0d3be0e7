import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@unkai/core/call';
import type { Reconciler } from '@unkai/core/reconcile/reconciler';
import { Counter, type Registry } from 'prom-client';

export interface Clock {
  /** Lets every reconciler run now instead of at its time. */
  signal(): void;
  /** Waits for those that are running and starts none again. */
  stop(): Promise<void>;
}

/** Runs each reconciler at once, then again and again, each in its own time; one that fails is only late. */
export function startClock(core: Core, reconcilers: readonly Reconciler[], registry: Registry): Clock {
  const turns = new Counter({
    name: 'unkai_reconciler_turns_total',
    help: 'Turns of the reconcilers, by name and outcome',
    labelNames: ['reconciler', 'outcome'],
    registers: [registry],
  });
  const stopping = new AbortController();
  let alarm = new AbortController();

  async function turn({ name, run }: Reconciler): Promise<void> {
    try {
      await run(core);
      turns.inc({ reconciler: name, outcome: 'done' });
    } catch (error) {
      turns.inc({ reconciler: name, outcome: 'failed' });
      core.log.warn({ err: error, reconciler: name }, 'reconciler failed; its next turn does what this one could not');
    }
  }

  async function keepTurning(reconciler: Reconciler): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = alarm.signal;
      await turn(reconciler);
      await sleep(reconciler.everyMs, undefined, { signal: AbortSignal.any([woken, stopping.signal]) }).catch(() => {});
    }
  }

  const all = reconcilers.map(keepTurning);
  return {
    signal() {
      const before = alarm;
      alarm = new AbortController();
      before.abort();
    },
    async stop() {
      stopping.abort();
      await Promise.all(all);
    },
  };
}
