import { errorCatalog, type Failure } from '@unkai/contracts/errors';
import { standsStillFailure } from '@unkai/contracts/host/report';
import { serverAfterPower, serverCan } from '@unkai/contracts/resources/server';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { recordChange } from '../change.ts';
import { systemActor } from '../identity/actor.ts';
import { noteLeft } from '../store/server-migration.ts';
import type { Report, Taking } from './reports.ts';

const observedRow = z.object({
  projectId: z.uuid(),
  name: z.string(),
  generation: z.number().int(),
  failureMessage: z.string().nullable(),
});
type ObservedRow = z.infer<typeof observedRow>;

/**
 * Writes what a host saw of one of its servers. What was carried out and what the guest did are facts at any generation;
 * the state counts only when nothing newer was heard.
 */
export async function takeServerReport(taking: Taking, report: Report): Promise<void> {
  await markActionsDone(taking, report);
  await noteFirstMetadata(taking, report);
  if (report.state === 'absent') await noteLeft(taking.unit, { serverId: report.id, hostId: taking.hostId });
  const row = await writeObserved(taking, report);
  if (row === null) return;
  await followPower(taking, report, row);
  await followStandstill(taking, report, row);
}

/** A late `working` never hides the `present` of the same generation: what is done stays done. */
async function writeObserved({ unit, hostId }: Taking, report: Report): Promise<ObservedRow | null> {
  const { id, generation, state, progress } = report;
  const power = state === 'absent' ? Prisma.sql`NULL` : Prisma.sql`coalesce(${report.power ?? null}, observed_power)`;
  const failure = JSON.stringify(report.failure ?? null);
  const rows = await unit.tx.$queryRaw<unknown[]>`
    UPDATE server SET observed_generation = ${generation}, observed_state = ${state}, observed_power = ${power},
      observed_progress = ${progress ?? null}, observed_failure = nullif(${failure}::jsonb, 'null')
    WHERE id = ${id}::uuid AND host_id = ${hostId}::uuid
      AND observed_generation <= ${generation} AND generation >= ${generation}
      AND NOT (${state} = 'working' AND observed_generation = ${generation} AND observed_state IS NOT DISTINCT FROM 'present')
    RETURNING project_id AS "projectId", name, generation, failure ->> 'message' AS "failureMessage"`;
  return rows.length === 0 ? null : observedRow.parse(rows[0]);
}

/**
 * A virtual machine that ended by itself, while no operation is under way: its server follows, and its desired power
 * with it, so that the host does not switch it on again behind its owner's back.
 */
async function followPower(taking: Taking, report: Report, row: ObservedRow): Promise<void> {
  const { core, unit, hostId, requestId } = taking;
  const { id, power, generation } = report;
  if (power === undefined || power === 'on' || report.state === 'working' || generation !== row.generation) return;
  const failure = power === 'crashed' ? (report.failure ?? crash) : null;
  const followed = await unit.tx.$queryRaw<unknown[]>`
    UPDATE server SET state = ${serverAfterPower[power]}, desired_power = 'off', generation = generation + 1,
      failure = nullif(${JSON.stringify(failure)}::jsonb, 'null'), updated_at = now()
    WHERE id = ${id}::uuid AND generation = ${generation} AND state = ANY(${[...serverCan.stop.states]})
      AND NOT EXISTS (SELECT FROM workflow_run WHERE key = ${`server/${id}`} AND ended_at IS NULL)
    RETURNING id`;
  if (followed.length === 0) return;
  const actor = { ...systemActor, name: 'host' };
  await recordChange(
    unit,
    { core, actor, requestId, address: null, log: core.log },
    {
      action: power === 'crashed' ? 'server:crash' : 'server:power-off',
      kind: 'changed',
      id,
      name: row.name,
      projectId: row.projectId,
      detail: failure?.message ?? 'Its guest shut down by itself.',
    },
  );
  unit.afterCommit(() => core.queues.hintHost(hostId, { noun: 'server', id, requestId }));
}

/** A guest that runs and stands still on a full disk has that as its server's failure, as long as it does. */
async function followStandstill({ unit }: Taking, report: Report, row: ObservedRow): Promise<void> {
  const { id, state, power, failure } = report;
  const stands = failure?.code === standsStillFailure.code;
  // By its words: an operation on a server that runs may have failed with the same code, and that stays.
  const isTold = row.failureMessage === standsStillFailure.message;
  if (state !== 'present' || power !== 'on' || stands === isTold) return;
  const told = JSON.stringify(standsStillFailure);
  await unit.tx.$executeRaw`
    WITH followed AS (
      UPDATE server SET failure = nullif(${stands ? told : 'null'}::jsonb, 'null'), updated_at = now()
      WHERE id = ${id}::uuid AND state = ANY(${[...serverCan.stop.states]})
      RETURNING id, project_id
    )
    INSERT INTO event (noun, kind, resource_id, project_id) SELECT 'server', 'changed', id, project_id FROM followed`;
}

const crash: Failure = {
  code: 'accelerator_failed',
  message: 'Its virtual machine ended unexpectedly.',
  next: errorCatalog.accelerator_failed.next,
};

async function markActionsDone({ unit, hostId }: Taking, { id, actionsDone }: Report): Promise<void> {
  for (const action of actionsDone) {
    await unit.tx.serverAction.updateMany({
      where: { id: action.id, serverId: id, server: { hostId }, doneAt: null },
      data: { doneAt: new Date(), ...(action.failure === null ? {} : { failure: action.failure }) },
    });
  }
}

/** Once, and never later than now: a host's clock may be ahead. */
async function noteFirstMetadata({ unit, hostId }: Taking, { id, firstMetadataAt }: Report): Promise<void> {
  if (firstMetadataAt === undefined) return;
  const at = new Date(Math.min(Date.parse(firstMetadataAt), Date.now()));
  await unit.tx.$executeRaw`
    WITH noted AS (
      UPDATE server SET first_metadata_at = ${at}, updated_at = now()
      WHERE id = ${id}::uuid AND host_id = ${hostId}::uuid AND first_metadata_at IS NULL
      RETURNING id, project_id
    )
    INSERT INTO event (noun, kind, resource_id, project_id) SELECT 'server', 'changed', id, project_id FROM noted`;
}
