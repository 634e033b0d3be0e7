import { UnkaiError } from '@unkai/contracts/errors';
import { serverCan, serverState } from '@unkai/contracts/resources/server';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { granted, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { fenceHost } from '../host/lease.ts';
import { releaseHost, reserveHost } from '../placement/reserve.ts';
import { startRun } from '../workflow/start.ts';
import type { findHost } from './host.ts';
import { refuseField } from './refusal.ts';
import { readPlacementRequest } from './server-lifecycle.ts';

type FoundHost = Awaited<ReturnType<typeof findHost>>;
interface Leaving {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly state: string;
  readonly hostId: string | null;
}
const leaving = { id: true, name: true, projectId: true, state: true, hostId: true } as const;

/** Looks a server up that is to be made anew on another host. */
export async function findServerToEvacuate(call: Call, id: string) {
  const { prisma } = call.core.database;
  const row = await prisma.server.findUnique({ where: { id }, select: { ...leaving, host: true } });
  const projectId = row?.projectId ?? null;
  return granted(call, 'server:evacuate', row, { noun: 'server', id, projectId, ...(row && { name: row.name }) });
}

/**
 * Begins to make every server of a dead host anew on others; those that are being deleted go on being so, and the host
 * is not waited for. Throws `wrong_state` while the host lives.
 */
export async function evacuateHost(unit: Unit, call: Call, host: FoundHost) {
  await fenceHost(unit, host);
  const servers = await unit.tx.server.findMany({ where: { hostId: host.id }, select: leaving });
  const operations = [];
  for (const server of servers.filter((each) => canLeave(each))) {
    const operationId = await begin(unit, call, server, null);
    operations.push({ serverId: server.id, serverName: server.name, operationId });
  }
  const about = { id: host.id, name: host.name, projectId: null, detail: `${operations.length} servers` };
  await recordChange(unit, call, { action: 'host:evacuate', kind: 'changed', ...about });
  return { operations };
}

/** The same for one server. Throws `wrong_state`, and `invalid_input` for a host that is not there. */
export async function evacuateServer(
  unit: Unit,
  call: Call,
  server: Awaited<ReturnType<typeof findServerToEvacuate>>,
  hostName: string | undefined,
): Promise<string> {
  if (server.host === null) throw new UnkaiError('wrong_state', 'The server is on no host.');
  if (!canLeave(server)) throw new UnkaiError('wrong_state', 'The server is being deleted.');
  await fenceHost(unit, server.host);
  const wanted = hostName === undefined ? null : await unit.tx.host.findUnique({ where: { name: hostName } });
  if (hostName !== undefined && wanted === null)
    throw refuseField('hostName', `there is no host named ${hostName}`, 'Choose one of the hosts that you can list.');
  return begin(unit, call, server, wanted?.id ?? null);
}

const canLeave = ({ state }: Leaving) => serverCan.evacuate.reason({ state: serverState.parse(state) }) === null;

async function begin(unit: Unit, call: Call, server: Leaving, wantedHostId: string | null): Promise<string> {
  const { id, name, projectId, hostId } = server;
  const { count } = await unit.tx.server.updateMany({
    where: { id, hostId, state: { in: [...serverCan.evacuate.states] } },
    data: { state: 'building', failure: Prisma.DbNull },
  });
  if (count === 0) throw notFound('server', id);
  const input = { fromHostId: hostId ?? '', ...(wantedHostId !== null && { wantedHostId }) };
  const { core, requestId, actor } = call;
  const asked = { requestId, userId: actor.userId, input, cancelsOthers: true };
  const runId = await startRun(unit, core, 'server.evacuate', {
    resourceId: id,
    resourceName: name,
    projectId,
    ...asked,
  });
  await recordChange(unit, call, { action: 'server:evacuate', kind: 'changed', id, name, projectId });
  return runId;
}

const evacuation = z.object({ fromHostId: z.string(), wantedHostId: z.string().optional() });

/** What the run of an evacuation was given. */
export function readEvacuation(input: unknown) {
  return evacuation.parse(input);
}

/**
 * Gives a server its room on another host in place of the one it had, in one transaction, and puts it there as something
 * that nobody has seen yet. One that was moved already stays. Throws `no_capacity`.
 */
export async function moveServer(unit: Unit, serverId: string, input: unknown): Promise<void> {
  const { fromHostId, wantedHostId = null } = readEvacuation(input);
  const { tx } = unit;
  const row = await tx.server.findUnique({ where: { id: serverId }, select: { hostId: true } });
  const request = await readPlacementRequest(unit, serverId);
  if (row === null || request === null) throw notFound('server', serverId);
  if (row.hostId !== fromHostId) return;
  await releaseHost(tx, serverId);
  const { hostId } = await reserveHost(tx, serverId, { ...request, hostId: wantedHostId });
  await putOn(unit, serverId, hostId);
}

/**
 * Puts a server back where it came from. Its room is there while the host is fenced: nothing is placed on such a host.
 * Else it is left on none. Harmless twice.
 */
export async function moveServerBack(unit: Unit, serverId: string, input: unknown): Promise<void> {
  const { fromHostId } = readEvacuation(input);
  const { tx } = unit;
  const row = await tx.server.findUnique({ where: { id: serverId } });
  if (row === null || row.hostId === fromHostId) return;
  await releaseHost(tx, serverId);
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM host WHERE id = ${fromHostId}::uuid AND fenced_at IS NOT NULL FOR NO KEY UPDATE`;
  if (held.length === 0) return putOn(unit, serverId, null);
  const { vcpus, memoryMib, diskGib } = row;
  await tx.hostAllocation.create({ data: { serverId, hostId: fromHostId, vcpus, memoryMib, diskGib } });
  await putOn(unit, serverId, fromHostId);
}

async function putOn({ tx }: Unit, serverId: string, hostId: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE server SET host_id = ${hostId}::uuid, generation = generation + 1, observed_state = NULL,
      observed_power = NULL, observed_progress = NULL, observed_failure = NULL, updated_at = now(),
      desired_presence = CASE WHEN ${hostId}::uuid IS NULL THEN 'absent' ELSE 'present' END
    WHERE id = ${serverId}::uuid`;
}
