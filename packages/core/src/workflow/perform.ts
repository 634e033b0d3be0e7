import { UnkaiError } from '@unkai/contracts/errors';
import { z } from 'zod';
import { isNap, type Nap, type Step, type StepContext } from './definition.ts';
import type { OpenStep } from './journal.ts';
import { LeaseLost } from './lease.ts';
import type { StepMemo } from './record.ts';
import type { Turn } from './turn.ts';
import { watchLease } from './watch.ts';

export type Direction = 'do' | 'undo';

/** What one look at a step came to. */
export type Outcome =
  | Nap
  | { readonly kind: 'done'; readonly memo: StepMemo }
  | { readonly kind: 'failed'; readonly error: unknown; readonly isFatal: boolean }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'stopped' };

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
    if (error instanceof LeaseLost || interruption === 'lost') throw new LeaseLost(turn.facts.id);
    if (interruption !== null) return { kind: interruption };
    return { kind: 'failed', error, isFatal: error instanceof UnkaiError };
  } finally {
    watch.end();
  }
}

function remember({ step, row }: OpenStep, answer: unknown): StepMemo {
  return step.result === null ? row.memo : { ...row.memo, result: z.json().parse(step.result.parse(answer)) };
}

function contextFor(turn: Turn, open: OpenStep, direction: Direction, signal: AbortSignal): StepContext {
  const { core, journal } = turn;
  const key = direction === 'do' ? 'asked' : 'undoAsked';
  return {
    core,
    run: turn.facts,
    log: turn.log.child({ step: open.step.name }),
    signal,
    commit: (body) => journal.commit(body),
    async once(schema, body) {
      const kept = open.row.memo[key];
      if (kept !== undefined) return schema.parse(kept);
      const memoOf = (answer: unknown) => ({ ...open.row.memo, [key]: z.json().parse(answer) });
      return journal.commit(body, { keeping: { open, memoOf } });
    },
    async progress(text) {
      journal.set(open, { progress: text });
      await journal.write();
    },
    resultOf: (earlier) => resultOf(turn, earlier),
  };
}

function resultOf<Result>({ journal }: Turn, earlier: Step<Result>): Result {
  const open = journal.steps.find(({ step }) => step.name === earlier.name);
  if (earlier.result === null || open?.row.memo.result === undefined) {
    throw new TypeError(`the step ${earlier.name} has given no result`);
  }
  return earlier.result.parse(open.row.memo.result);
}
