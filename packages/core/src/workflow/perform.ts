import { UnkaiError } from '@unkai/contracts/errors';
import { z } from 'zod';
import type { Unit } from '../database.ts';
import { isNap, type Nap, type Step, type StepContext } from './definition.ts';
import { LeaseLost, renew } from './lease.ts';
import { fencedCommit, record, type StepMemo } from './record.ts';
import type { OpenStep, Turn } from './turn.ts';

export type Direction = 'do' | 'undo';

/** What one look at a step came to. */
export type Outcome =
  | Nap
  | { readonly kind: 'done'; readonly memo: StepMemo }
  | { readonly kind: 'failed'; readonly error: unknown; readonly isFatal: boolean }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'stopped' };

/** Why a long step is asked to end early. */
type Interruption = 'cancelled' | 'stopped' | 'lost';

/** Runs one look at a step, keeping the lease while it lasts. Throws LeaseLost; everything else is an outcome. */
export async function perform(turn: Turn, open: OpenStep, direction: Direction): Promise<Outcome> {
  const controller = new AbortController();
  const watch = watchLease(turn, controller, direction);
  const act = direction === 'do' ? open.step.do : open.step.undo;
  try {
    const answer = act === null ? undefined : await act(contextFor(turn, open, direction, controller.signal));
    if (isNap(answer)) return answer;
    return { kind: 'done', memo: direction === 'do' ? remember(open, answer) : open.row.memo };
  } catch (error) {
    const interruption = watch.interruption();
    if (error instanceof LeaseLost || interruption === 'lost') throw new LeaseLost(turn.lease.runId);
    if (interruption !== null) return { kind: interruption };
    return { kind: 'failed', error, isFatal: error instanceof UnkaiError };
  } finally {
    watch.end();
  }
}

function remember({ step, row }: OpenStep, answer: unknown): StepMemo {
  return step.result === null ? row.memo : { ...row.memo, result: z.json().parse(step.result.parse(answer)) };
}

/** Renews the lease three times in its length, and notices that the run is cancelled, lost, or the worker stops. */
function watchLease(turn: Turn, controller: AbortController, direction: Direction) {
  let interruption: Interruption | null = null;
  const interrupt = (why: Interruption) => {
    interruption ??= why;
    controller.abort(new Error(`the step was interrupted: ${why}`));
  };
  const look = async () => {
    try {
      const { isCancelled } = await renew(turn.core.database, turn.lease);
      if (isCancelled && direction === 'do') interrupt('cancelled');
    } catch (error) {
      // A database that cannot be asked is no proof; the fence stands behind every write.
      if (error instanceof LeaseLost) interrupt('lost');
    }
  };
  const timer = setInterval(() => void look(), (turn.lease.seconds * 1000) / 3);
  const stop = () => interrupt('stopped');
  turn.stopping.addEventListener('abort', stop);
  return {
    interruption: (): Interruption | null => interruption,
    end() {
      clearInterval(timer);
      turn.stopping.removeEventListener('abort', stop);
    },
  };
}

function contextFor(turn: Turn, open: OpenStep, direction: Direction, signal: AbortSignal): StepContext {
  const { core, lease } = turn;
  const key = direction === 'do' ? 'asked' : 'undoAsked';
  const write = <Result>(body: (unit: Unit) => Promise<Result>) => fencedCommit(core.database, lease, body);
  return {
    core,
    run: turn.facts,
    log: turn.log.child({ step: open.step.name }),
    signal,
    commit: write,
    async once(schema, body) {
      const kept = open.row.memo[key];
      if (kept !== undefined) return schema.parse(kept);
      const memoOf = (answer: unknown) => ({ ...open.row.memo, [key]: z.json().parse(answer) });
      const answer = await fencedCommit(core.database, lease, body, { position: open.row.position, memoOf });
      open.row.memo = memoOf(answer);
      return answer;
    },
    async progress(text) {
      await record(core.database, lease, { step: { position: open.row.position, progress: text } });
    },
    resultOf: (earlier) => resultOf(turn, earlier),
  };
}

function resultOf<Result>(turn: Turn, earlier: Step<Result>): Result {
  const open = turn.steps.find(({ step }) => step.name === earlier.name);
  if (earlier.result === null || open?.row.memo.result === undefined) {
    throw new TypeError(`the step ${earlier.name} has given no result`);
  }
  return earlier.result.parse(open.row.memo.result);
}
