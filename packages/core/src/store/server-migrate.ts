import { UnkaiError } from '@unkai/contracts/errors';
import { hostFacts } from '@unkai/contracts/host/facts';
import type { HostDraining } from '@unkai/contracts/resources/host';
import { serverCan, serverState } from '@unkai/contracts/resources/server';
import { Prisma } from '@unkai/prisma/client';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Unit } from '../database/database.ts';
import { reserveAnother } from '../placement/reserve.ts';
import { startRun } from '../workflow/start.ts';
import type { findHost } from './host.ts';
import { refuseField } from './refusal.ts';
import { readPlacementRequest } from './server-lifecycle.ts';

type FoundHost = Awaited<ReturnType<typeof findHost>>;
const moving = {
  id: true,
  name: true,
  projectId: true,
  state: true,
  host: { select: { id: true, name: true, isUp: true, facts: true } },
  migration: { select: { fromHost: { select: { name: true } }, switchedAt: true } },
} as const;
type Moving = Prisma.ServerGetPayload<{ select: typeof moving }>;

/** Looks a server up that is to be moved to another host. */
export async function findServerToMigrate(call: Call, id: string): Promise<Moving> {
  const row = await call.core.database.prisma.server.findUnique({ where: { id }, select: moving });
  const projectId = row?.projectId ?? null;
  return granted(call, 'server:migrate', row, { noun: 'server', id, projectId, ...(row && { name: row.name }) });
}

/**
 * Begins to move a server with its disk: room on the other host, the state and the run in one transaction. Gives the run's
 * id. Throws `no_capacity` with the counted reasons, `wrong_state`, and `invalid_input` for a host that is not there.
 */
export async function migrateServer(
  unit: Unit,
  call: Call,
  server: Moving,
  hostName: string | undefined,
): Promise<string> {
  const host = requireSender(server);
  const wanted = hostName === undefined ? null : await unit.tx.host.findUnique({ where: { name: hostName } });
  if (hostName !== undefined && wanted === null)
    throw refuseField('hostName', `there is no host named ${hostName}`, 'Choose one of the hosts that you can list.');
  if (wanted?.id === host.id)
    throw refuseField('hostName', 'the server is on this host already', 'Choose another host, or name none.');
  return begin(unit, call, server, { fromHostId: host.id, wantedHostId: wanted?.id ?? null });
}

/** The host of a server, which can send its disk. Throws `wrong_state` with what is in the way. */
function requireSender({ host, state, migration }: Moving): NonNullable<Moving['host']> {
  const reason = serverCan.migrate.reason({ state: serverState.parse(state) });
  if (reason !== null) throw new UnkaiError('wrong_state', reason);
  if (host === null) throw new UnkaiError('wrong_state', 'The server is on no host.');
  if (migration !== null) {
    throw new UnkaiError(
      'wrong_state',
      `The host ${migration.fromHost.name} has not let go of its disk of before yet.`,
      {
        next: 'Ask again when that host is heard and has let go of it.',
      },
    );
  }
  if (!host.isUp) {
    throw new UnkaiError('wrong_state', `Its host ${host.name} does not answer, so nobody can read its disk.`, {
      next: 'Bring the host back, or evacuate the server: it is made anew from its image then.',
    });
  }
  if (!hostFacts.shape.nouns.catch([]).parse(facts(host).nouns).includes('server-migration')) {
    throw new UnkaiError(
      'wrong_state',
      `The agent of its host ${host.name} is of an earlier release and sends no disks.`,
      {
        next: 'Update Unkai on that host.',
      },
    );
  }
  return host;
}

function facts({ facts }: { readonly facts: Prisma.JsonValue }): Record<string, unknown> {
  return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? facts : {};
}

interface Way {
  readonly fromHostId: string;
  readonly wantedHostId: string | null;
}

async function begin(unit: Unit, call: Call, server: Moving, { fromHostId, wantedHostId }: Way): Promise<string> {
  const { tx } = unit;
  const { id, name, projectId, state } = server;
  const { count } = await tx.server.updateMany({
    where: { id, hostId: fromHostId, state: { in: [...serverCan.migrate.states] } },
    data: { state: 'migrating', failure: Prisma.DbNull },
  });
  const request = count === 0 ? null : await readPlacementRequest(unit, id);
  if (request === null) throw new UnkaiError('wrong_state', 'Another operation has just begun.');
  const { vcpus, memoryMib, diskGib } = request;
  const held = { serverId: id, fromHostId, vcpus, memoryMib, diskGib, wasRunning: state === 'running' };
  const migration = await reserveAnother(
    tx,
    id,
    { ...request, hostId: wantedHostId, leavesHostId: fromHostId },
    (toHostId) =>
      tx.serverMigration.create({ data: { ...held, toHostId, roomHostId: toHostId }, select: { id: true } }),
  );
  const { core, requestId, actor } = call;
  const asked = { requestId, userId: actor.userId, input: { migrationId: migration.id } };
  const runId = await startRun(unit, core, 'server.migrate', {
    resourceId: id,
    resourceName: name,
    projectId,
    ...asked,
  });
  await recordChange(unit, call, { action: 'server:migrate', kind: 'changed', id, name, projectId, before: { state } });
  return runId;
}

const drained = 'It is being drained.';

/**
 * Takes a host out of placement and begins to move each of its servers; each in a transaction of its own, so that one that
 * cannot be moved keeps no other here. Asked again, it goes on with what stayed, and names what is under way.
 */
export async function drainHost(call: Call, host: FoundHost, reason: string | undefined): Promise<HostDraining> {
  const { database } = call.core;
  await commit(database, async (unit) => {
    const { id, name } = host;
    const data = { isEnabled: false, disabledReason: reason ?? (host.isEnabled ? drained : host.disabledReason) };
    const after = await unit.tx.host.update({ where: { id }, data });
    await recordChange(unit, call, {
      action: 'host:drain',
      kind: 'changed',
      id,
      name,
      projectId: null,
      before: host,
      after,
    });
  });
  const servers = await database.prisma.server.findMany({
    where: { hostId: host.id },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: moving,
  });
  const underWay = await migrationsUnderWay(call, host.id);
  const draining: HostDraining = { operations: [], staying: [] };
  for (const server of servers) {
    const about = { serverId: server.id, serverName: server.name };
    const begun = underWay.get(server.id) ?? (await beginOrReason(call, server));
    if (typeof begun === 'string') draining.operations.push({ ...about, operationId: begun });
    else draining.staying.push({ ...about, reason: begun.message });
  }
  return draining;
}

/** The run that moves the server from now on, or why there is none. */
async function beginOrReason(call: Call, server: Moving): Promise<string | UnkaiError> {
  try {
    return await commit(call.core.database, (unit) => migrateServer(unit, call, server, undefined));
  } catch (error) {
    if (error instanceof UnkaiError && (error.code === 'wrong_state' || error.code === 'no_capacity')) return error;
    throw error;
  }
}

/** Runs that move servers away from a host, by server. */
async function migrationsUnderWay({ core }: Call, fromHostId: string): Promise<Map<string, string>> {
  const rows = await core.database.kysely
    .selectFrom('server_migration')
    .innerJoin('workflow_run', 'workflow_run.resource_id', 'server_migration.server_id')
    .select(['server_migration.server_id', 'workflow_run.id'])
    .where('server_migration.from_host_id', '=', fromHostId)
    .where('server_migration.switched_at', 'is', null)
    .where('workflow_run.name', '=', 'server.migrate')
    .where('workflow_run.ended_at', 'is', null)
    .execute();
  return new Map(rows.map(({ server_id, id }) => [server_id, id]));
}
