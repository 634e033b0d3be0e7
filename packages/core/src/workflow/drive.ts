import { type Failure, publicFailure, UnkaiError } from '@unkai/contracts/errors';
import { isStep } from '@unkai/contracts/resources/operation';
import { emit } from '../events.ts';
import { backoffMs } from './backoff.ts';
import { type Nap, nap } from './definition.ts';
import { runsEnded, stepSeconds } from './metrics.ts';
import { perform } from './perform.ts';
import { fencedCommit, type RunChange, record, type StepChange } from './record.ts';
import type { OpenStep, Turn } from './turn.ts';

/** How often a step may fail without a reason of its own before the run is given up. */
const attemptLimit = 5;

/** Whether the turn goes on: the run sleeps until `napMs` have passed, has ended, or is to be handed to another. */
export type Look = 'go-on' | { readonly napMs: number } | 'ended' | 'stopped';

/** Does what comes next in a run: the next step forward, or the next step back. Throws LeaseLost. */
export function driveOnce(turn: Turn): Promise<Look> {
  return turn.isUnwinding ? undoLast(turn) : doNext(turn);
}

async function doNext(turn: Turn): Promise<Look> {
  const open = turn.steps.find(({ row }) => row.state !== 'done');
  if (open === undefined) return end(turn, 'succeeded');
  if (turn.isCancelled) return beginUnwinding(turn, open, cancelled(turn));
  if (turn.isLate || turn.deadlineAt.getTime() <= Date.now()) return beginUnwinding(turn, open, late(turn, open));
  if (open.row.state === 'pending') await note(turn, {}, open);
  const endTimer = stepSeconds.startTimer({ workflow: turn.facts.name, step: open.step.name });
  const outcome = await perform(turn, open, 'do');
  endTimer();
  switch (outcome.kind) {
    case 'done':
      return finishStep(turn, open, outcome.memo);
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

async function finishStep(turn: Turn, open: OpenStep, memo: OpenStep['row']['memo']): Promise<Look> {
  const next = turn.steps[turn.steps.indexOf(open) + 1];
  const step: StepChange = { position: open.row.position, state: 'done', progress: null, memo, isEnded: true };
  if (next === undefined) return end(turn, 'succeeded', { step });
  await note(turn, { step }, next);
  open.row = { ...open.row, state: 'done', memo };
  return 'go-on';
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
  const { core, lease, facts, workflow } = turn;
  const json = { ...failure };
  const memo = detail === undefined ? open.row.memo : { ...open.row.memo, detail };
  await fencedCommit(core.database, lease, async (unit) => {
    await workflow.onFailure(unit, facts, failure);
    const where = { runId_position: { runId: facts.id, position: open.row.position } };
    const data = { state: 'failed', failure: json, progress: null, result: memo, endedAt: new Date() };
    await unit.tx.workflowStep.update({ where, data, select: { position: true } });
    await unit.tx.workflowRun.update({
      where: { id: facts.id },
      data: { state: 'unwinding', failure: json },
      select: { id: true },
    });
    await emit(unit.tx, { projectId: facts.projectId, noun: 'operation', resourceId: facts.id, kind: 'changed' });
  });
  turn.log.warn({ failure, step: open.step.name }, 'run is given up');
  open.row = { ...open.row, state: 'failed', memo };
  turn.isUnwinding = true;
  turn.failure = failure;
  return 'go-on';
}

async function undoLast(turn: Turn): Promise<Look> {
  const open = turn.steps.findLast(({ row, step }) => step.undo !== null && isStep('begun', row));
  if (open === undefined) return end(turn, 'failed');
  const { position } = open.row;
  if (open.row.state !== 'undoing') {
    await note(turn, { step: { position, state: 'undoing', attempt: 0 } });
    open.row = { ...open.row, state: 'undoing', attempt: 0 };
  }
  const outcome = await perform(turn, open, 'undo');
  switch (outcome.kind) {
    case 'done':
      await note(turn, { step: { position, state: 'undone', progress: null, isEnded: true } });
      open.row = { ...open.row, state: 'undone' };
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

async function sleep(turn: Turn, open: OpenStep, change: Omit<StepChange, 'position'>, rest: Nap): Promise<Look> {
  const { isHeld } = await note(turn, {
    step: { position: open.row.position, ...change },
    leave: { napMs: rest.afterMs, until: rest.until, isBounded: !turn.isUnwinding },
  });
  open.row = { ...open.row, ...change, memo: open.row.memo };
  return isHeld ? 'go-on' : { napMs: rest.afterMs };
}

/** Writes a change, begins `next` if given, and takes in what happened to the run meanwhile. */
async function note(turn: Turn, change: RunChange, next?: OpenStep) {
  const begin = next === undefined ? {} : { beginPosition: next.row.position };
  const seen = await record(turn.core.database, turn.lease, { ...change, ...begin });
  if (next !== undefined) next.row = { ...next.row, state: 'running' };
  turn.isCancelled ||= seen.isCancelled;
  turn.isLate ||= seen.isLate;
  return seen;
}

async function end(turn: Turn, state: 'succeeded' | 'failed', change: RunChange = {}): Promise<Look> {
  await record(turn.core.database, turn.lease, { ...change, leave: state });
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
