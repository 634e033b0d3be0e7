import type { Failure } from '@unkai/contracts/errors';
import { type StepState, stepState } from '@unkai/contracts/resources/operation';
import { Prisma } from '@unkai/prisma/client';
import { sql } from 'kysely';
import { z } from 'zod';
import { commit, type Database, type Unit } from '../database.ts';
import type { Awaited, Step } from './definition.ts';
import { type Claim, fromNow, isAwake, type Lease, LeaseLost } from './lease.ts';

/** What is kept with a step: the answers of its once-acts, its result, and why it failed in words for operators only. */
const memo = z.object({
  asked: z.json().optional(),
  undoAsked: z.json().optional(),
  result: z.json().optional(),
  detail: z.string().optional(),
});
export type StepMemo = z.infer<typeof memo>;

export interface StepRow {
  readonly position: number;
  readonly name: string;
  readonly state: StepState;
  readonly attempt: number;
  readonly progress: string | null;
  readonly memo: StepMemo;
}

export interface StepChange {
  readonly position: number;
  readonly state?: StepState;
  readonly attempt?: number;
  readonly progress?: string | null;
  readonly failure?: Failure;
  readonly memo?: StepMemo;
  readonly isEnded?: boolean;
}

export interface RunChange {
  readonly step?: StepChange;
  /** The step that begins with this write. */
  readonly beginPosition?: number;
  /** Gives the lease back, for a sleep or for good. Without it the lease is renewed. */
  readonly leave?: Sleep | 'succeeded' | 'failed';
}

export interface Sleep {
  readonly napMs: number;
  readonly until: Awaited | null;
  /** Whether it ends at the run's deadline at the latest; giving back has none. */
  readonly isBounded: boolean;
}

/** The steps of a claimed run as they stand; a run that begins gets its rows here, the first one already under way. */
export async function openSteps(database: Database, { lease, run }: Claim, steps: readonly Step[]): Promise<StepRow[]> {
  if (run.steps.length > 0) {
    return run.steps.map(({ result, state, ...row }) => ({
      ...row,
      state: stepState.parse(state),
      memo: memo.parse(result ?? {}),
    }));
  }
  const rows = steps.map(({ name, title }, position) => ({
    run_id: lease.runId,
    position,
    name,
    title,
    ...(position === 0 ? { state: 'running', started_at: sql<Date>`now()` } : {}),
  }));
  await database.kysely
    .with('made', (db) => db.insertInto('workflow_step').values(rows))
    .insertInto('event')
    .columns(['noun', 'kind', 'resource_id', 'project_id'])
    .expression((eb) =>
      eb
        .selectFrom('workflow_run')
        .select([operationNoun, changedKind, 'id', 'project_id'])
        .where('id', '=', lease.runId),
    )
    .execute();
  return steps.map(({ name }, position) => ({
    position,
    name,
    state: position === 0 ? 'running' : 'pending',
    attempt: 0,
    progress: null,
    memo: {},
  }));
}

const none = -1;

/**
 * Writes how far a run is, in one statement: its steps, its lease, and the event that live pages hear. Nothing is
 * written when the lease is another's; then it throws LeaseLost. Says what happened to the run meanwhile: `isHeld` is
 * true when it goes on, also when it was to sleep and something woke it before it could.
 */
export async function record(database: Database, lease: Lease, change: RunChange) {
  const held = await database.kysely
    .with('held', () => runUpdate(database, lease, change.leave))
    .with('stepped', (db) =>
      db
        .updateTable('workflow_step')
        .set(stepColumns(change.step))
        .where('run_id', 'in', db.selectFrom('held').select('id'))
        .where('position', '=', change.step?.position ?? none),
    )
    .with('begun', (db) =>
      db
        .updateTable('workflow_step')
        .set({ state: 'running', started_at: sql<Date>`now()` })
        .where('run_id', 'in', db.selectFrom('held').select('id'))
        .where('position', '=', change.beginPosition ?? none),
    )
    .with('told', (db) =>
      db
        .insertInto('event')
        .columns(['noun', 'kind', 'resource_id', 'project_id'])
        .expression((eb) => eb.selectFrom('held').select([operationNoun, changedKind, 'held.id', 'held.project_id'])),
    )
    .selectFrom('held')
    .select(['cancel_requested', 'is_held', 'is_late'])
    .executeTakeFirst();
  if (!held) throw new LeaseLost(lease.runId);
  return { isCancelled: held.cancel_requested, isHeld: held.is_held, isLate: held.is_late };
}

const operationNoun = sql<string>`'operation'`.as('noun');
const changedKind = sql<string>`'changed'`.as('kind');

function runUpdate(database: Database, { runId, token, seconds }: Lease, leave: RunChange['leave']) {
  return database.kysely
    .updateTable('workflow_run')
    .set(runColumns(seconds, leave))
    .where('id', '=', runId)
    .where('lease_owner', '=', token)
    .returning(['id', 'project_id', 'cancel_requested', sql<boolean>`lease_owner IS NOT NULL`.as('is_held')])
    .returning(sql<boolean>`deadline_at <= now()`.as('is_late'));
}

function runColumns(seconds: number, leave: RunChange['leave']) {
  const until = fromNow(seconds * 1000);
  if (leave === undefined) return { lease_until: until, wake_at: until, waits_for: null, waits_generation: null };
  if (typeof leave === 'string') {
    return { state: leave, ended_at: sql<Date>`now()`, lease_owner: null, lease_until: null };
  }
  const alarm = leave.isBounded ? sql<Date>`LEAST(deadline_at, ${fromNow(leave.napMs)})` : fromNow(leave.napMs);
  // Woken while it was held: the run stays, and looks again.
  return {
    wake_at: sql<Date>`CASE WHEN ${isAwake} THEN ${until} ELSE ${alarm} END`,
    waits_for: leave.until && `${leave.until.noun}/${leave.until.id}`,
    waits_generation: leave.until?.generation ?? null,
    lease_owner: sql<string | null>`CASE WHEN ${isAwake} THEN lease_owner END`,
    lease_until: sql<Date | null>`CASE WHEN ${isAwake} THEN ${until} END`,
  };
}

function stepColumns(change: StepChange | undefined) {
  if (change === undefined) return { attempt: 0 };
  const { state, attempt, progress, failure, memo: kept, isEnded } = change;
  return {
    ...(state === undefined ? {} : { state }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(progress === undefined ? {} : { progress }),
    ...(failure === undefined ? {} : { failure: JSON.stringify(failure) }),
    ...(kept === undefined ? {} : { result: JSON.stringify(kept) }),
    ...(isEnded ? { ended_at: sql<Date>`now()` } : {}),
    position: change.position,
  };
}

/** What a once-act leaves with its step, made from its answer. */
export interface Keeping<Result> {
  readonly position: number;
  readonly memoOf: (answer: Result) => StepMemo;
}

/**
 * One transaction that commits only while the lease is held; with `keeping`, its answer is remembered in it. The run's
 * row is locked last because reports of hosts go the same way, from the resource to its run: no two wait for each other.
 */
export function fencedCommit<Result>(
  database: Database,
  lease: Lease,
  body: (unit: Unit) => Promise<Result>,
  keeping?: Keeping<Result>,
): Promise<Result> {
  return commit(database, async (unit) => {
    const answer = await body(unit);
    const held = await unit.tx.$executeRaw(
      keeping === undefined ? fence(lease) : fenceAndKeep(lease, keeping.position, keeping.memoOf(answer)),
    );
    if (held === 0) throw new LeaseLost(lease.runId);
    return answer;
  });
}

function fence({ runId, token, seconds }: Lease) {
  return Prisma.sql`
    UPDATE workflow_run SET lease_until = now() + ${seconds} * interval '1 second',
      wake_at = CASE WHEN wake_at < lease_until THEN wake_at ELSE now() + ${seconds} * interval '1 second' END
    WHERE id = ${runId}::uuid AND lease_owner = ${token}`;
}

function fenceAndKeep(lease: Lease, position: number, kept: StepMemo) {
  return Prisma.sql`
    WITH held AS (${fence(lease)} RETURNING id)
    UPDATE workflow_step SET result = ${JSON.stringify(kept)}::jsonb
    WHERE run_id IN (SELECT id FROM held) AND position = ${position}`;
}
