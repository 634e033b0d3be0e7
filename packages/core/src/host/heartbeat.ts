import { UnkaiError } from '@unkai/contracts/errors';
import type { HostFacts } from '@unkai/contracts/host/facts';
import type { Core } from '../call.ts';
import { commit } from '../database.ts';
import { emit } from '../events.ts';
import { type HostIdentity, hostRedisPassword } from './credential.ts';
import { factColumns } from './join.ts';
import { ensureHostRedisUserExists, redisPasswordHash } from './redis-user.ts';

/** How often a host says that it is there; the reconciler takes one for dead that missed several. */
export const heartbeatIntervalSeconds = 5;

/**
 * Notes that a host is there, and its facts: one UPDATE, and an event only when it had been taken for dead. Throws
 * `invalid_input` when it calls itself by another name than it joined with: a name is what operators know it by.
 */
export async function noteHeartbeat(core: Core, host: HostIdentity, facts: HostFacts): Promise<void> {
  if (facts.hostName !== host.name) {
    throw new UnkaiError('invalid_input', `facts.hostName: this host joined as "${host.name}".`, {
      errors: [
        { field: 'facts.hostName', message: 'must be the name it joined with', fix: 'Join again to rename it.' },
      ],
    });
  }
  const data = { ...factColumns(facts), isUp: true };
  if (host.isUp) {
    await core.database.prisma.host.updateMany({ where: { id: host.id }, data });
  } else {
    await commit(core.database, async ({ tx }) => {
      await tx.host.updateMany({ where: { id: host.id }, data });
      await emit(tx, { projectId: null, noun: 'host', resourceId: host.id, kind: 'changed' });
    });
  }
  restoreRedisUser(core, host);
}

/** Lets no heartbeat wait for Redis: a Redis that is down must not make hosts look dead. */
function restoreRedisUser(core: Core, host: HostIdentity): void {
  const passwordHash = redisPasswordHash(hostRedisPassword(host.credential));
  ensureHostRedisUserExists(core.queues.redis, host.id, passwordHash).catch((error: unknown) => {
    core.log.debug({ err: error, hostId: host.id }, 'the Redis user of a host could not be checked');
  });
}
