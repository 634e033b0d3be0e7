import { randomUUID } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import type { HostLease, heartbeat } from '@unkai/contracts/host/join';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { notFound } from '../access.ts';
import type { Core } from '../call.ts';
import { ask, commit } from '../database/database.ts';
import { reconsiderFloatingIps } from '../store/floating-ip-way.ts';
import { type HostIdentity, hostRedisPassword } from './credential.ts';
import { leaseSeconds } from './lease.ts';
import { ensureHostRedisUserExists, redisPasswordHash } from './redis-user.ts';

/** How often a host says that it is there; the reconciler takes one for dead that missed several. */
export const heartbeatIntervalSeconds = 5;

type Heartbeat = z.output<typeof heartbeat>;
const heard = z.array(z.object({ generation: z.number().nullable() }));

/**
 * Notes that a host is there, and its facts: one statement, with an event only when it had been taken for dead. A host that
 * is fenced is not up before it says the lease of now, which it does when it has let go of what is elsewhere. `bodyHash` is
 * of what it said, for `noteSameHeartbeat`. Throws `invalid_input` when it calls itself by another name than it joined
 * with: a name is what operators know it by.
 */
export async function noteHeartbeat(
  core: Core,
  host: HostIdentity,
  said: Heartbeat,
  bodyHash: Buffer | null = null,
): Promise<HostLease> {
  if (said.facts.hostName !== host.name) {
    throw new UnkaiError('invalid_input', `facts.hostName: this host joined as "${host.name}".`, {
      errors: [
        { field: 'facts.hostName', message: 'must be the name it joined with', fix: 'Join again to rename it.' },
      ],
    });
  }
  const known = await ask(core.database, noting(host.id, said, { bodyHash, isWithOtherWays: false }));
  const generation = generationOf(host, known) ?? (await noteOtherWays(core, host, said, bodyHash));
  restoreRedisUser(core, host);
  return { generation, seconds: leaseSeconds };
}

/**
 * Where floating IPs of its guests pass follows from these facts: they are noted together with that, or not at all. What
 * was not noted is said again by the next heartbeat, and is new then too.
 */
async function noteOtherWays(core: Core, host: HostIdentity, said: Heartbeat, bodyHash: Buffer | null) {
  return commit(core.database, async (unit) => {
    const rows = await unit.tx.$queryRaw<unknown[]>(noting(host.id, said, { bodyHash, isWithOtherWays: true }));
    const generation = generationOf(host, rows);
    await reconsiderFloatingIps(unit, core, host.id, randomUUID());
    return generation ?? 0;
  });
}

/** Null when nothing was noted, as it has other ways than before. Throws `not_found` when the host was removed meanwhile. */
function generationOf({ id }: HostIdentity, rows: unknown[]): number | null {
  const [row] = heard.parse(rows);
  if (row === undefined) throw notFound('host', id);
  return row.generation;
}

/** Notes nothing when its ways outside, or what its agent knows to do with them, are others and `isWithOtherWays` is not said. */
function noting(
  hostId: string,
  { facts, leaseGeneration }: Heartbeat,
  { bodyHash, isWithOtherWays }: { readonly bodyHash: Buffer | null; readonly isWithOtherWays: boolean },
): Prisma.Sql {
  const { vcpus, memoryMib, diskGib, underlayAddress } = facts;
  // One that says no lease is of before there were any: it looks at all that it has when it comes back.
  const isOfNow = Prisma.sql`coalesce(${leaseGeneration ?? null}::int, lease_generation) = lease_generation`;
  return Prisma.sql`
    WITH said AS (SELECT ${JSON.stringify(facts)}::jsonb AS facts),
    was AS (SELECT id, is_up, facts FROM host WHERE id = ${hostId}::uuid FOR NO KEY UPDATE),
    heard AS (
      UPDATE host SET facts = said.facts, heartbeat_hash = ${bodyHash}::bytea, vcpus = ${vcpus},
        memory_mib = ${memoryMib}, disk_gib = ${diskGib}, underlay_address = ${underlayAddress},
        last_heartbeat_at = now(), fenced_at = CASE WHEN ${isOfNow} THEN NULL ELSE fenced_at END,
        is_up = NOT is_forced_down AND (fenced_at IS NULL OR ${isOfNow})
      FROM was, said WHERE host.id = was.id AND (${isWithOtherWays}
        OR (was.facts -> 'physicalNetworks' IS NOT DISTINCT FROM said.facts -> 'physicalNetworks'
          AND was.facts -> 'nouns' IS NOT DISTINCT FROM said.facts -> 'nouns'))
      RETURNING host.id, lease_generation AS generation, host.is_up),
    told AS (
      INSERT INTO event (project_id, noun, resource_id, kind)
      SELECT NULL, 'host', id, 'changed' FROM heard JOIN was USING (id) WHERE heard.is_up <> was.is_up)
    SELECT heard.generation FROM was LEFT JOIN heard USING (id)`;
}

/** Lets no heartbeat wait for Redis: a Redis that is down must not make hosts look dead. */
function restoreRedisUser(core: Core, host: HostIdentity): void {
  const passwordHash = redisPasswordHash(hostRedisPassword(host.credential));
  ensureHostRedisUserExists(core.queues.redis, host.id, passwordHash).catch((error: unknown) => {
    core.log.debug({ err: error, hostId: host.id }, 'the Redis user of a host could not be checked');
  });
}
