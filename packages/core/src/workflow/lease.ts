import { randomUUID } from 'node:crypto';
import { operationAfter } from '@unkai/contracts/resources/operation';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { withoutWaiting } from './record.ts';

/** The right to work on a run. Whoever takes over has another token, and writes under the old one fail. */
export interface Lease {
  readonly runId: string;
  readonly token: string;
  readonly seconds: number;
}

/** Thrown by a write whose run is worked on by another by now; whoever meets it stops without a trace. */
export class LeaseLost extends Error {
  constructor(runId: string) {
    super(`the lease on run ${runId} is no longer held`);
    this.name = 'LeaseLost';
  }
}

const uniqueViolation = z.object({ code: z.literal('23505') });

// By the database's clock: the clocks of workers may differ.
const fromNow = (milliseconds: number) => sql<Date>`now() + ${milliseconds} * interval '1 millisecond'`;

/**
 * Takes the lease on a run that is due, free and next in line among the runs of its key; null when it is not. While it
 * is held, `wake_at` stands at the lease's end: a wake that comes meanwhile puts it before, so the holder sees it before
 * it lets go, and a holder that died is swept up when its lease ends.
 */
export async function claim(database: Database, runId: string, seconds: number) {
  const lease: Lease = { runId, token: randomUUID(), seconds };
  try {
    const run = await database.kysely
      .updateTable('workflow_run as run')
      .set((eb) => ({
        lease_owner: lease.token,
        lease_until: fromNow(seconds * 1000),
        wake_at: fromNow(seconds * 1000),
        started_at: eb.fn.coalesce('run.started_at', sql<Date>`now()`),
        state: eb.fn.coalesce(
          eb.case().when('run.started_at', 'is', null).then<string>(operationAfter.begin).end(),
          'run.state',
        ),
      }))
      .where('run.id', '=', runId)
      .where(isDue)
      .where(isItsTurn)
      .returning(['id', 'name', 'input', 'state', 'failure', 'resource_id', 'resource_name', 'project_id'])
      .returning(['request_id', 'cancel_requested', sql<boolean>`deadline_at <= now()`.as('is_late'), 'deadline_at'])
      .returning(sql<number>`extract(epoch FROM deadline_at - now())::float8`.as('seconds_left'))
      .returning(sql<string>`${sql.raw(withoutWaiting)}`.as('waiting'))
      .returning((eb) =>
        jsonArrayFrom(
          eb
            .selectFrom('workflow_step as step')
            .select(['step.position', 'step.name', 'step.state', 'step.attempt', 'step.progress', 'step.failure'])
            .select('step.result')
            .whereRef('step.run_id', '=', 'run.id')
            .orderBy('step.position'),
        ).as('steps'),
      )
      .executeTakeFirst();
    return run ? { lease, run } : null;
  } catch (error) {
    // Two runs of one key were claimed at the same moment; the database lets one begin.
    if (uniqueViolation.safeParse(error).success) return null;
    throw error;
  }
}

export type Claim = NonNullable<Awaited<ReturnType<typeof claim>>>;

// Moments are kept in whole milliseconds and may be rounded up by half of one.
const isDue = sql<boolean>`run.ended_at IS NULL AND run.wake_at <= now() + interval '1 millisecond'
  AND (run.lease_until IS NULL OR run.lease_until <= now())`;

// A run that has begun goes on; one that waits begins when nothing of its key is under way or was there before it.
const isItsTurn = sql<boolean>`(run.started_at IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM workflow_run AS other WHERE other.key = run.key AND other.ended_at IS NULL AND other.id <> run.id
  AND (other.started_at IS NOT NULL OR other.sequence < run.sequence)))`;

/** Ids of runs that could be claimed now, longest waiting first. */
export async function dueRuns(database: Database, limit: number): Promise<string[]> {
  const rows = await database.kysely
    .selectFrom('workflow_run as run')
    .select('run.id')
    .where(isDue)
    .where(isItsTurn)
    .orderBy('run.wake_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Lets go of a run that is to be looked at again at once, by whomever. Harmless when the lease is another's. */
export async function letGo(database: Database, { runId, token }: Lease): Promise<void> {
  await database.kysely
    .updateTable('workflow_run')
    .set({ lease_owner: null, lease_until: null, wake_at: sql<Date>`now()` })
    .where('id', '=', runId)
    .where('lease_owner', '=', token)
    .where('ended_at', 'is', null)
    .execute();
}
