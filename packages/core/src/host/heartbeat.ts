import { randomUUID } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import type { HostLease, heartbeat } from '@unkai/contracts/host/join';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { notFound } from '../access.ts';
import type { Core } from '../call.ts';
import { ask } from '../database.ts';
import { reconsiderFloatingIps } from '../store/floating-ip-way.ts';
import { type HostIdentity, hostRedisPassword } from './credential.ts';
import { leaseSeconds } from './lease.ts';
import { ensureHostRedisUserExists, redisPasswordHash } from './redis-user.ts';

/** How often a host says that it is there; the reconciler takes one for dead that missed several. */
export const heartbeatIntervalSeconds = 5;

type Heartbeat = z.output<typeof heartbeat>;
const renewed = z.object({ generation: z.number(), hasOtherWays: z.boolean() });

/**
 * Notes that a host is there, and its facts: one statement, with an event only when it had been taken for dead. A host that
 * is fenced is not up before it says the lease of now, which it does when it has let go of what is elsewhere. `bodyHash` is
 * of what it said, for `noteSameHeartbeat`. Throws `invalid_input` when it calls itself by another name than it joined
 * with: a name is what operators know it by.
 */
export async function noteHeartbeat(
  core: Core,
  host: HostIdentity,
  { facts, leaseGeneration }: Heartbeat,
  bodyHash: Buffer | null = null,
): Promise<HostLease> {
  if (facts.hostName !== host.name) {
    throw new UnkaiError('invalid_input', `facts.hostName: this host joined as "${host.name}".`, {
      errors: [
        { field: 'facts.hostName', message: 'must be the name it joined with', fix: 'Join again to rename it.' },
      ],
    });
  }
  const { vcpus, memoryMib, diskGib, underlayAddress } = facts;
  // One that says no lease is of before there were any: it looks at all that it has when it comes back.
  const isOfNow = Prisma.sql`coalesce(${leaseGeneration ?? null}::int, lease_generation) = lease_generation`;
  const [row] = z.array(renewed).parse(
    await ask(
      core.database,
      Prisma.sql`
        WITH was AS (SELECT id, is_up, facts FROM host WHERE id = ${host.id}::uuid FOR NO KEY UPDATE),
        heard AS (
          UPDATE host SET facts = ${JSON.stringify(facts)}::jsonb, heartbeat_hash = ${bodyHash}::bytea, vcpus = ${vcpus},
            memory_mib = ${memoryMib}, disk_gib = ${diskGib}, underlay_address = ${underlayAddress},
            last_heartbeat_at = now(), fenced_at = CASE WHEN ${isOfNow} THEN NULL ELSE fenced_at END,
            is_up = NOT is_forced_down AND (fenced_at IS NULL OR ${isOfNow})
          FROM was WHERE host.id = was.id RETURNING host.id, lease_generation AS generation, host.is_up,
            host.facts -> 'physicalNetworks' IS DISTINCT FROM was.facts -> 'physicalNetworks'
              OR host.facts -> 'nouns' IS DISTINCT FROM was.facts -> 'nouns' AS has_other_ways),
        told AS (
          INSERT INTO event (project_id, noun, resource_id, kind)
          SELECT NULL, 'host', id, 'changed' FROM heard JOIN was USING (id) WHERE heard.is_up <> was.is_up)
        SELECT generation, has_other_ways AS "hasOtherWays" FROM heard`,
    ),
  );
  if (row === undefined) throw notFound('host', host.id);
  // Where floating IPs of its guests pass follows from these.
  if (row.hasOtherWays) await reconsiderFloatingIps(core, host.id, randomUUID());
  restoreRedisUser(core, host);
  return { generation: row.generation, seconds: leaseSeconds };
}

/** Lets no heartbeat wait for Redis: a Redis that is down must not make hosts look dead. */
function restoreRedisUser(core: Core, host: HostIdentity): void {
  const passwordHash = redisPasswordHash(hostRedisPassword(host.credential));
  ensureHostRedisUserExists(core.queues.redis, host.id, passwordHash).catch((error: unknown) => {
    core.log.debug({ err: error, hostId: host.id }, 'the Redis user of a host could not be checked');
  });
}
