import type { Failure } from '@unkai/contracts/errors';
import { isStep, operationAfter, type StepState, stepAfter } from '@unkai/contracts/resources/operation';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Awaited, Step } from './definition.ts';
import type { Lease } from './lease.ts';

/** What is kept with a step: the answers of its once-acts, its result, and why it failed in words for operators only. */
export const stepMemo = z.object({
  asked: z.json().optional(),
  undoAsked: z.json().optional(),
  result: z.json().optional(),
  detail: z.string().optional(),
});
export type StepMemo = z.infer<typeof stepMemo>;

/** How far a step is. */
export interface StepRow {
  readonly state: StepState;
  readonly attempt: number;
  readonly progress: string | null;
  readonly failure: Failure | null;
  readonly memo: StepMemo;
}

export const untouched: StepRow = { state: stepAfter.nothing, attempt: 0, progress: null, failure: null, memo: {} };

/** What a write does with the run itself: all but the last three keep its lease. */
export type RunChange =
  | { readonly kind: 'stay' }
  | { readonly kind: 'give-up'; readonly failure: Failure }
  | { readonly kind: 'hand-over' }
  | { readonly kind: 'sleep'; readonly sleep: Sleep }
  | { readonly kind: 'end'; readonly state: 'succeeded' | 'failed' };

export interface Sleep {
  readonly napMs: number;
  readonly until: Awaited | null;
  /** Whether it ends at the run's deadline at the latest; giving back has none. */
  readonly isBounded: boolean;
}

export const seen = z.object({ isCancelled: z.boolean(), isHeld: z.boolean(), isLate: z.boolean() });
/** What happened to the run meanwhile. `isHeld`: it goes on, also when it was to sleep and something woke it before. */
export type Seen = z.infer<typeof seen>;

interface Written {
  readonly step: Step;
  readonly position: number;
  readonly row: StepRow;
}

/**
 * Asks Postgres not to wait for the disk with this statement: for leases and naps, which a crash of the database itself may
 * undo. A claim that is undone makes the holder's next write fail, a nap that is undone ends with its lease.
 */
export const withoutWaiting = `set_config('synchronous_commit', 'off', true)`;
const relaxed: ReadonlySet<RunChange['kind']> = new Set(['stay', 'sleep', 'hand-over']);

/** As `writing`, in a transaction of its own. */
export function writingAlone(lease: Lease, change: RunChange, steps: readonly Written[]): Prisma.Sql {
  const statement = writing(lease, change, steps);
  return relaxed.has(change.kind)
    ? Prisma.sql`${statement} WHERE ${Prisma.raw(withoutWaiting)} IS NOT NULL`
    : statement;
}

/**
 * The statement that writes how far a run is: its steps, its lease, and the event that live pages hear. It writes and
 * gives nothing when the lease is another's, else one row that `seen` parses.
 */
export function writing(lease: Lease, change: RunChange, steps: readonly Written[]): Prisma.Sql {
  const isHeard = steps.length > 0 || change.kind !== 'stay';
  return Prisma.sql`
    WITH held AS (
      UPDATE workflow_run SET ${runColumns(lease, change)}
      WHERE id = ${lease.runId}::uuid AND lease_owner = ${lease.token}
      RETURNING id, project_id, cancel_requested, lease_owner IS NOT NULL AS is_held, deadline_at <= now() AS is_late
    )${steps.length > 0 ? stepped(steps) : Prisma.empty}${isHeard ? told : Prisma.empty}
    SELECT cancel_requested AS "isCancelled", is_held AS "isHeld", is_late AS "isLate" FROM held`;
}

const told = Prisma.sql`, told AS (
      INSERT INTO event (noun, kind, resource_id, project_id) SELECT 'operation', 'changed', id, project_id FROM held
    )`;

// A memo only ever grows: what a commit of unknown outcome has left there stays.
function stepped(steps: readonly Written[]): Prisma.Sql {
  const rows = steps.map(({ step: { name, title }, position, row }) => {
    return { position, name, title, ...row, isBegun: !isStep('waiting', row), isEnded: isStep('ended', row) };
  });
  return Prisma.sql`, stepped AS (
      INSERT INTO workflow_step AS old
        (run_id, position, name, title, state, attempt, progress, failure, result, started_at, ended_at)
      SELECT held.id, position, name, title, state, attempt, progress, failure, nullif(memo, '{}'),
        CASE WHEN "isBegun" THEN now() END, CASE WHEN "isEnded" THEN now() END
      FROM held, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS step (position int, name text, title text,
        state text, attempt int, progress text, failure jsonb, memo jsonb, "isBegun" boolean, "isEnded" boolean)
      ON CONFLICT (run_id, position) DO UPDATE SET state = excluded.state, attempt = excluded.attempt,
        progress = excluded.progress, failure = excluded.failure,
        result = coalesce(old.result || excluded.result, excluded.result, old.result),
        started_at = coalesce(old.started_at, excluded.started_at), ended_at = coalesce(excluded.ended_at, old.ended_at)
    )`;
}

/**
 * Whether somebody woke a run while it was held. Told by the order of two columns and not by the clock: a statement that
 * had to wait for the wake's lock still has the time of its own beginning.
 */
const isAwake = Prisma.sql`wake_at < lease_until`;

function runColumns({ seconds }: Lease, change: RunChange): Prisma.Sql {
  const leaseEnd = Prisma.sql`now() + ${seconds} * interval '1 second'`;
  const held = Prisma.sql`lease_until = ${leaseEnd}, wake_at = CASE WHEN ${isAwake} THEN wake_at ELSE ${leaseEnd} END`;
  const free = Prisma.sql`lease_owner = NULL, lease_until = NULL`;
  switch (change.kind) {
    case 'stay':
      return held;
    case 'give-up':
      return Prisma.sql`${held}, state = ${operationAfter.giveUp}, failure = ${JSON.stringify(change.failure)}::jsonb`;
    case 'hand-over':
      return Prisma.sql`${free}, wake_at = now()`;
    case 'sleep':
      return sleepColumns(change.sleep, leaseEnd);
    case 'end':
      return Prisma.sql`${free}, state = ${change.state}, ended_at = now()`;
  }
}

/** Woken while it was held, the run stays, and looks again. */
function sleepColumns({ napMs, until, isBounded }: Sleep, leaseEnd: Prisma.Sql): Prisma.Sql {
  const alarm = Prisma.sql`now() + ${napMs} * interval '1 millisecond'`;
  const wakeAt = isBounded ? Prisma.sql`LEAST(deadline_at, ${alarm})` : alarm;
  return Prisma.sql`
    wake_at = CASE WHEN ${isAwake} THEN ${leaseEnd} ELSE ${wakeAt} END,
    waits_for = ${until && `${until.noun}/${until.id}`}::text, waits_generation = ${until?.generation ?? null}::int,
    lease_owner = CASE WHEN ${isAwake} THEN lease_owner END,
    lease_until = CASE WHEN ${isAwake} THEN ${leaseEnd} END`;
}
