import type { Failure } from '@unkai/contracts/errors';
import { failure } from '@unkai/contracts/errors';
import type { HostNoun } from '@unkai/contracts/host/job';
import { z } from 'zod';
import { notFound } from '../access.ts';
import type { Core } from '../call.ts';
import type { Database, Unit } from '../database/database.ts';
import { emit } from '../events.ts';
import { announceNetworks, retractNetworks } from './host-network.ts';

const noun = 'server-migration' satisfies HostNoun;
const input = z.object({ migrationId: z.string() });

/** Which migration a run is about, from what it was given. */
export function migrationOf(given: unknown): string {
  return input.parse(given).migrationId;
}

const host = { id: true, name: true, isUp: true, fencedAt: true } as const;
const whole = { fromHost: { select: host }, toHost: { select: host }, hosts: true } as const;

/** A migration as its run sees it; null when it is over. */
export async function readMigration({ prisma }: Database, id: string) {
  return prisma.serverMigration.findUnique({ where: { id }, include: whole });
}
export type Migration = NonNullable<Awaited<ReturnType<typeof readMigration>>>;

/** What a host last said of its part; null while it has none. */
export function partOf({ hosts }: Migration, hostId: string) {
  const part = hosts.find((each) => each.hostId === hostId);
  if (part === undefined) return null;
  const { observedState, observedProgress, observedFailure, isLeaving } = part;
  const told: Failure | null = failure.safeParse(observedFailure).data ?? null;
  return { observedState, observedProgress, observedFailure: told, isLeaving };
}

interface PartOfHost {
  readonly migrationId: string;
  readonly hostId: string;
  readonly requestId: string;
}

/** Gives a host its part, and hints it. One that failed at it is asked anew. */
export async function askPart({ tx, afterCommit }: Unit, core: Core, part: PartOfHost): Promise<void> {
  const { migrationId, hostId, requestId } = part;
  await tx.serverMigrationHost.upsert({
    where: { migrationId_hostId: { migrationId, hostId } },
    create: { migrationId, hostId },
    update: {},
    select: { hostId: true },
  });
  await tx.serverMigrationHost.updateMany({
    where: { migrationId, hostId, observedState: 'failed' },
    data: { observedState: null, observedProgress: null },
  });
  afterCommit(() => core.queues.hintHost(hostId, { noun, id: migrationId, requestId }));
}

/** Has a host let go of what it has of its part; it says so when that is gone. Harmless without one. */
export async function leavePart({ tx, afterCommit }: Unit, core: Core, part: PartOfHost): Promise<void> {
  const { migrationId, hostId, requestId } = part;
  await tx.serverMigrationHost.updateMany({
    where: { migrationId, hostId, isLeaving: false },
    data: { isLeaving: true, observedState: null, observedProgress: null },
  });
  afterCommit(() => core.queues.hintHost(hostId, { noun, id: migrationId, requestId }));
}

/** So many servers of one host are off for their move at the same time; the others run on until it is their turn. */
export const migrationsAtOnce = 2;

/** Takes the turn of a migration among those that leave the same host. Gives how many are before it: 0 when it has it. */
export async function takeTurn({ tx }: Unit, { id, fromHostId }: { readonly id: string; readonly fromHostId: string }) {
  // One at a time: two that looked at once would not see each other.
  await tx.$queryRaw`SELECT 1 FROM host WHERE id = ${fromHostId}::uuid FOR NO KEY UPDATE`;
  const others = await tx.serverMigration.count({
    where: { fromHostId, turnAt: { not: null }, switchedAt: null, id: { not: id } },
  });
  if (others >= migrationsAtOnce) return others;
  await tx.serverMigration.updateMany({ where: { id, turnAt: null }, data: { turnAt: new Date() } });
  return 0;
}

/** Forgets the disk that was sent; an upload that is under way finds that it does not count. Gives its name in the store. */
export async function forgetDisk({ tx }: Unit, id: string): Promise<string | null> {
  const row = await tx.serverMigration.findUnique({ where: { id }, select: { uploadId: true } });
  await tx.serverMigration.updateMany({
    where: { id, switchedAt: null },
    data: { uploadId: null, sizeBytes: null, sha256: null },
  });
  return row?.uploadId ?? null;
}

/**
 * Makes the server the next host's, in one statement that holds only while it is as its disk was sent: switched off by its
 * host's own word. From here on it goes forward. Gives false when it is not so.
 */
export async function switchOver(unit: Unit, core: Core, migration: Migration, requestId: string): Promise<boolean> {
  const { tx, afterCommit } = unit;
  const { id, serverId, fromHostId, toHostId, wasRunning } = migration;
  const moved = await tx.$executeRaw`
    UPDATE server SET host_id = ${toHostId}::uuid, generation = generation + 1, observed_state = NULL,
      observed_power = NULL, observed_progress = NULL, observed_failure = NULL, updated_at = now(),
      desired_power = ${wasRunning ? 'on' : 'off'}
    WHERE id = ${serverId}::uuid AND host_id = ${fromHostId}::uuid AND state = 'migrating'
      AND desired_power = 'off' AND observed_power = 'off' AND observed_state = 'present'`;
  if (moved === 0) return false;
  await tx.$executeRaw`UPDATE host_allocation SET host_id = ${toHostId}::uuid WHERE server_id = ${serverId}::uuid`;
  await tx.serverMigration.update({ where: { id }, data: { switchedAt: new Date(), roomHostId: fromHostId } });
  await tx.serverMigrationHost.deleteMany({ where: { migrationId: id, hostId: fromHostId } });
  // All hosts of its networks are told behind which it is from now on.
  await announceNetworks(unit, core, { serverId, hostId: toHostId, requestId });
  afterCommit(async () => {
    const hints = [fromHostId, toHostId].map((hostId) =>
      core.queues.hintHost(hostId, { noun: 'server', id: serverId, requestId }),
    );
    await Promise.all([...hints, core.queues.hintHost(fromHostId, { noun, id, requestId })]);
  });
  return true;
}

/** What a failure before the switch-over leaves: the server where it was, as it was, with the reason on it. */
export async function abandonMigration(
  { tx, afterCommit }: Unit,
  core: Core,
  { id, requestId }: { readonly id: string; readonly requestId: string },
): Promise<void> {
  const row = await tx.serverMigration.findUnique({ where: { id } });
  if (row === null || row.switchedAt !== null) return;
  const { serverId, fromHostId, toHostId, wasRunning } = row;
  await tx.serverMigration.delete({ where: { id } });
  // Shut down for its move, and made anew elsewhere now as its host has died: it is to run there.
  await tx.$executeRaw`
    UPDATE server SET desired_power = 'on' WHERE id = ${serverId}::uuid AND state = 'building' AND ${wasRunning}`;
  const settled = await tx.$queryRaw<unknown[]>`
    UPDATE server SET updated_at = now(), state = CASE
      WHEN NOT ${wasRunning} THEN 'stopped' WHEN observed_power = 'on' THEN 'running' ELSE 'error' END
    WHERE id = ${serverId}::uuid AND state = 'migrating' RETURNING project_id AS "projectId"`;
  for (const { projectId } of z.array(z.object({ projectId: z.string() })).parse(settled)) {
    await emit(tx, { projectId, noun: 'server', resourceId: serverId, kind: 'changed' });
  }
  afterCommit(async () => {
    await Promise.all([fromHostId, toHostId].map((hostId) => core.queues.hintHost(hostId, { noun, id, requestId })));
  });
}

/** Shows the reason on the server, as soon as the run begins to unwind. After the switch-over that is how it ends. */
export async function showMigrationFailure({ tx }: Unit, id: string, told: Failure): Promise<void> {
  const row = await tx.serverMigration.findUnique({ where: { id }, select: { serverId: true, switchedAt: true } });
  if (row === null) return;
  const state = row.switchedAt === null ? 'migrating' : 'error';
  const shown = await tx.$queryRaw<unknown[]>`
    UPDATE server SET state = ${state}, failure = ${JSON.stringify(told)}::jsonb, updated_at = now()
    WHERE id = ${row.serverId}::uuid AND state = 'migrating' RETURNING project_id AS "projectId"`;
  for (const { projectId } of z.array(z.object({ projectId: z.string() })).parse(shown)) {
    await emit(tx, { projectId, noun: 'server', resourceId: row.serverId, kind: 'changed' });
  }
}

/**
 * Ends a migration that has switched over, once the host of before has let go of the server and the next one has taken its
 * disk: gives back the room and the networks at the host of before. Says whether it is over. Harmless twice.
 */
export async function finishMigration(
  unit: Unit,
  core: Core,
  { id, requestId }: { readonly id: string; readonly requestId: string },
): Promise<boolean> {
  const { tx, afterCommit } = unit;
  const row = await tx.serverMigration.findUnique({ where: { id }, include: { fromHost: true, server: true } });
  if (row === null) return true;
  const { serverId, fromHostId, toHostId, fromHost, server } = row;
  // A dead host lets go of it before it counts again; one that was given it again keeps it.
  const hasLeft = row.leftAt !== null || fromHost.fencedAt !== null || server.hostId === fromHostId;
  const hasArrived = server.hostId !== toHostId || server.observedState === 'present';
  if (row.switchedAt === null || !hasLeft || !hasArrived) return false;
  await tx.serverMigration.delete({ where: { id } });
  if (server.hostId !== fromHostId) await retractNetworks(unit, core, { serverId, hostId: fromHostId, requestId });
  await emit(tx, { projectId: null, noun: 'host', resourceId: fromHostId, kind: 'changed' });
  afterCommit(() => core.queues.hintHost(toHostId, { noun, id, requestId }));
  return true;
}

interface OfServer {
  readonly serverId: string;
  readonly requestId: string;
}

/** Ends the migration of a server that goes: both hosts are asked to let go of what they have of it. Harmless without. */
export async function forgetMigration(
  { tx, afterCommit }: Unit,
  core: Core,
  { serverId, requestId }: OfServer,
): Promise<void> {
  const row = await tx.serverMigration.findUnique({ where: { serverId } });
  if (row === null) return;
  const { id, fromHostId, toHostId } = row;
  await tx.serverMigration.delete({ where: { id } });
  afterCommit(async () => {
    const server = { noun: 'server', id: serverId, requestId } as const;
    await Promise.all([
      ...[fromHostId, toHostId].map((hostId) => core.queues.hintHost(hostId, { noun, id, requestId })),
      core.queues.hintHost(fromHostId, server),
    ]);
  });
}

/** Notes that the host of before has nothing of a server any more that has switched over. */
export async function noteLeft(
  { tx }: Unit,
  { serverId, hostId }: { readonly serverId: string; readonly hostId: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE server_migration SET left_at = now()
    WHERE server_id = ${serverId}::uuid AND from_host_id = ${hostId}::uuid AND switched_at IS NOT NULL AND left_at IS NULL`;
}

/** What the store has is kept for nobody when no migration still has to pass it on. */
export async function disksKept({ kysely }: Database): Promise<Set<string>> {
  const rows = await kysely
    .selectFrom('server_migration')
    .select('upload_id')
    .where('upload_id', 'is not', null)
    .where('switched_at', 'is', null)
    .execute();
  return new Set(rows.flatMap(({ upload_id }) => (upload_id === null ? [] : [upload_id])));
}

/** Migrations that no run moves any more. */
export async function migrationsWithoutRun({ kysely }: Database): Promise<Array<{ id: string; hasSwitched: boolean }>> {
  const rows = await kysely
    .selectFrom('server_migration')
    .select(['server_migration.id', 'switched_at'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('workflow_run')
            .select('workflow_run.id')
            .whereRef('workflow_run.resource_id', '=', 'server_migration.server_id')
            .where('workflow_run.name', '=', 'server.migrate')
            .where('workflow_run.ended_at', 'is', null),
        ),
      ),
    )
    .execute();
  return rows.map(({ id, switched_at }) => ({ id, hasSwitched: switched_at !== null }));
}

/** Throws what a run says whose migration is gone. */
export async function requireMigration(database: Database, id: string): Promise<Migration> {
  const migration = await readMigration(database, id);
  if (migration === null) throw notFound('server', id);
  return migration;
}
