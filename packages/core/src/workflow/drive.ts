import { type Failure, publicFailure, UnkaiError } from '@unkai/contracts/errors';
import { isStep, operationAfter, stepAfter } from '@unkai/contracts/resources/operation';
import type { Unit } from '../database/database.ts';
import { backoffMs } from './backoff.ts';
import { type Nap, nap } from './definition.ts';
import { tellFailure } from './failure-notice.ts';
import type { OpenStep } from './journal.ts';
import { runsEnded, stepSeconds } from './metrics.ts';
import { perform } from './perform.ts';
import type { RunChange, StepRow } from './record.ts';
import type { Turn } from './turn.ts';

/** How often a step may fail without a reason of its own before the run is given up. */
const attemptLimit = 5;

/** Whether the turn goes on: the run sleeps until `napMs` have passed, has ended, or is to be handed to another. */
export type Look = 'go-on' | { readonly napMs: number } | 'ended' | 'stopped';

/** Does what comes next in a run: the next step forward, or the next step back. Throws LeaseLost. */
export function driveOnce(turn: Turn): Promise<Look> {
  return turn.isUnwinding ? undoLast(turn) : doNext(turn);
}

async function doNext(turn: Turn): Promise<Look> {
  const { journal } = turn;
  const open = journal.steps.find(({ row }) => !isStep('done', row));
  if (open === undefined) return end(turn, operationAfter.success);
  if (journal.isCancelled) return beginUnwinding(turn, open, cancelled(turn));
  if (journal.isLate || turn.lateAt <= performance.now()) return beginUnwinding(turn, open, late(turn, open));
  if (!isStep('moving', open.row)) journal.set(open, { state: stepAfter.begin });
  const endTimer = stepSeconds.startTimer({ workflow: turn.facts.name, step: open.step.name });
  const outcome = await perform(turn, open, 'do');
  endTimer();
  switch (outcome.kind) {
    case 'done':
      journal.set(open, { state: stepAfter.success, progress: null, memo: outcome.memo });
      return 'go-on';
    case 'nap':
      return sleep(turn, open, { progress: outcome.progress }, outcome);
    case 'cancelled':
      return beginUnwinding(turn, open, cancelled(turn));
    case 'stopped':
      return 'stopped';
    case 'failed':
      return failedStep(turn, open, outcome);
  }
}

async function failedStep(
  turn: Turn,
  open: OpenStep,
  { error, isFatal }: { error: unknown; isFatal: boolean },
): Promise<Look> {
  const attempt = open.row.attempt + 1;
  const isLast = isFatal || attempt >= attemptLimit;
  turn.log.warn(
    { err: error, cause: operatorDetail(error), attempt, step: open.step.name },
    isLast ? 'step failed' : 'step will be tried again',
  );
  if (isLast) return beginUnwinding(turn, open, publicFailure(error), operatorDetail(error));
  return sleep(turn, open, { attempt }, nap({ afterMs: backoffMs(attempt, 3_000) }));
}

/** What an UnkaiError says to operators only, such as the names of the hosts that were considered. */
function operatorDetail(error: unknown): string | undefined {
  return error instanceof UnkaiError && typeof error.cause === 'string' ? error.cause : undefined;
}

/** From here on the run only gives back. Its resource learns why in the same transaction. */
async function beginUnwinding(turn: Turn, open: OpenStep, failure: Failure, detail?: string): Promise<Look> {
  const { facts, workflow, journal } = turn;
  const memo = detail === undefined ? open.row.memo : { ...open.row.memo, detail };
  journal.set(open, { state: stepAfter.failure, failure, progress: null, memo });
  const change: RunChange = { kind: 'give-up', failure };
  const tell = async (unit: Unit) => {
    await workflow.onFailure(unit, facts, failure);
    await tellFailure(unit, facts, failure);
  };
  await journal.commit(tell, { change });
  turn.log.warn({ failure, step: open.step.name }, 'run is given up');
  turn.isUnwinding = true;
  return 'go-on';
}

async function undoLast(turn: Turn): Promise<Look> {
  const { journal } = turn;
  const open = journal.steps.findLast(({ row, step }) => step.undo !== null && isStep('begun', row));
  if (open === undefined) return end(turn, operationAfter.unwinding);
  if (open.row.state !== stepAfter.undoBegin) journal.set(open, { state: stepAfter.undoBegin, attempt: 0 });
  const outcome = await perform(turn, open, 'undo');
  switch (outcome.kind) {
    case 'done':
      journal.set(open, { state: stepAfter.undoSuccess, progress: null });
      return 'go-on';
    case 'nap':
      return sleep(turn, open, { progress: outcome.progress }, outcome);
    case 'failed':
      return retryUndo(turn, open, outcome.error);
    default:
      return 'stopped';
  }
}

/** An undo is tried for ever, in view: what was taken is never forgotten. */
async function retryUndo(turn: Turn, open: OpenStep, error: unknown): Promise<Look> {
  const attempt = open.row.attempt + 1;
  turn.log.error({ err: error, attempt, step: open.step.name }, 'undo will be tried again');
  const progress = `Giving back failed and is tried again: ${publicFailure(error).message}`;
  return sleep(turn, open, { attempt, progress }, nap({ afterMs: backoffMs(attempt, 30_000) }));
}

async function sleep(turn: Turn, open: OpenStep, change: Partial<StepRow>, rest: Nap): Promise<Look> {
  turn.journal.set(open, change);
  const rested = { napMs: rest.afterMs, until: rest.until, isBounded: !turn.isUnwinding };
  const { isHeld } = await turn.journal.write({ kind: 'sleep', sleep: rested });
  return isHeld ? 'go-on' : { napMs: rest.afterMs };
}

async function end(turn: Turn, state: 'succeeded' | 'failed'): Promise<Look> {
  await turn.journal.write({ kind: 'end', state });
  runsEnded.inc({ workflow: turn.facts.name, state });
  turn.log.info({ state }, 'run ended');
  return 'ended';
}

function cancelled({ facts }: Turn): Failure {
  return publicFailure(
    new UnkaiError('cancelled', `A later request took the place of this one on ${facts.resourceName}.`),
  );
}

function late({ deadlineAt }: Turn, { step, row }: OpenStep): Failure {
  const doing = row.progress === null ? '' : ` (${row.progress})`;
  const moment = deadlineAt.toISOString();
  return publicFailure(
    new UnkaiError('deadline_exceeded', `It was not done by ${moment}; the late step is "${step.title}"${doing}.`),
  );
}
