import { hostFacts, rolesOf } from '@unkai/contracts/host/facts';
import type { Host, hostQuery, hostUpdate } from '@unkai/contracts/resources/host';
import type { HostAllocation, Host as HostRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { removeHostRedisUser } from '../host/redis-user.ts';
import { holds, type Page, pageOf, pageRows } from './page.ts';
import { refuseInUse } from './refusal.ts';
import { lockRow } from './row-now.ts';

type Room = Pick<HostAllocation, 'vcpus' | 'memoryMib' | 'diskGib'>;
type FoundHost = HostRow & { allocations: Room[]; migrationRoom: Room[] };
const mostServersNamed = 20;
const size = { select: { vcpus: true, memoryMib: true, diskGib: true } } as const;
const withAllocations = { allocations: size, migrationRoom: size } as const;

/** Looks a host up for an action. */
export async function findHost(
  call: Call,
  wanted: `host:${'read' | 'update' | 'delete' | 'drain' | 'evacuate'}`,
  id: string,
): Promise<FoundHost> {
  const row = await call.core.database.prisma.host.findUnique({ where: { id }, include: withAllocations });
  return granted(call, wanted, row, { noun: 'host', id, projectId: null, ...(row && { name: row.name }) });
}

export async function listHosts(call: Call, query: z.output<typeof hostQuery>): Promise<Page<Host>> {
  await grantedGlobally(call, 'host:read');
  const { after, orderBy, take } = pageRows(query);
  const { nameContains, availabilityZone } = query;
  const filter = {
    ...(nameContains !== undefined && { name: holds(nameContains) }),
    ...(availabilityZone !== undefined && { availabilityZone }),
  };
  const where = { AND: [filter, after] };
  const rows = await call.core.database.prisma.host.findMany({ where, orderBy, take, include: withAllocations });
  return pageOf(rows, query, viewHost);
}

/** A disabled host gets no new servers; those on it stay. The reason is shown to operators and forgotten when enabled. */
export async function updateHost(
  unit: Unit,
  call: Call,
  found: FoundHost,
  input: z.infer<typeof hostUpdate>,
): Promise<Host> {
  await lockRow(unit.tx, 'host', found.id);
  const row = await unit.tx.host.findUniqueOrThrow({ where: { id: found.id } });
  const { isEnabled = row.isEnabled, disabledReason, availabilityZone = row.availabilityZone } = input;
  const { isForcedDown = row.isForcedDown, vcpuRatio = row.vcpuRatio } = input;
  const reason = isEnabled ? null : (disabledReason ?? row.disabledReason);
  const off = isForcedDown ? { isUp: false } : {};
  const data = { isEnabled, disabledReason: reason, availabilityZone, isForcedDown, vcpuRatio, ...off };
  const changed = await unit.tx.host.update({ where: { id: row.id }, data, include: withAllocations });
  const moved = availabilityZone === row.availabilityZone ? '' : `, in the zone ${availabilityZone}`;
  const detail = `${isEnabled ? 'enabled' : 'disabled'}${moved}`;
  await recordChange(unit, call, {
    action: 'host:update',
    kind: 'changed',
    id: row.id,
    name: row.name,
    projectId: null,
    detail,
    before: row,
    after: changed,
  });
  return viewHost(changed);
}

/**
 * Its credential and its Redis user end with the commit; what is left on the machine is `./unkai down --guests`'s to clear.
 * Throws `in_use`, naming each server that is there.
 */
export async function deleteHost(unit: Unit, call: Call, row: FoundHost): Promise<void> {
  const { tx } = unit;
  const { id, name } = row;
  // Keeps placements out until the host is gone, so that none of them loses its host half-way.
  await tx.$queryRaw`SELECT 1 FROM host WHERE id = ${id}::uuid FOR UPDATE`;
  const servers = await tx.server.findMany({
    where: {
      OR: [
        { hostId: id },
        { allocation: { hostId: id } },
        { migration: { OR: [{ fromHostId: id }, { toHostId: id }] } },
      ],
    },
    select: { id: true, name: true },
    take: mostServersNamed,
  });
  refuseInUse(
    'The host',
    servers.map((server) => ({ field: server.id, message: `the server ${server.name} is on it` })),
  );
  await tx.host.delete({ where: { id } });
  await recordChange(unit, call, { action: 'host:delete', kind: 'deleted', id, name, projectId: null, before: row });
  unit.afterCommit(() => call.core.queues.endHints(id));
  unit.afterCommit(async () => {
    // Without Redis there is nobody to cut off; a user that stays behind opens a queue that nobody fills any more.
    await removeHostRedisUser(call.core.queues.redis, id).catch((error: unknown) => {
      call.log.warn({ err: error, hostId: id }, 'the Redis user of a removed host could not be removed');
    });
  });
}

export function viewHost(row: FoundHost): Host {
  const { id, name, availabilityZone, isEnabled, disabledReason, isUp, vcpus, memoryMib, diskGib } = row;
  const allocated = [...row.allocations, ...row.migrationRoom].reduce(
    (sum, each) => ({
      vcpus: sum.vcpus + each.vcpus,
      memoryMib: sum.memoryMib + each.memoryMib,
      diskGib: sum.diskGib + each.diskGib,
    }),
    { vcpus: 0, memoryMib: 0, diskGib: 0 },
  );
  const facts = hostFacts.parse(row.facts);
  return {
    id,
    name,
    availabilityZone,
    isEnabled,
    disabledReason,
    isUp,
    isForcedDown: row.isForcedDown,
    isFenced: row.fencedAt !== null,
    vcpuRatio: row.vcpuRatio,
    roles: rolesOf(facts),
    facts,
    capacity: { vcpus, memoryMib, diskGib },
    allocated,
    serverCount: row.allocations.length,
    lastHeartbeatAt: row.lastHeartbeatAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
