import { z } from 'zod';
import { commit } from '../database/database.ts';
import { emit } from '../events.ts';
import { isListening } from '../host/listening.ts';
import type { Reconciler } from './reconciler.ts';

/**
 * A host that missed three heartbeats is taken for dead: nothing is placed there until it is heard again. While nobody
 * listens no host misses one, and who begins to listen hears each of them first.
 */
const silentSeconds = 15;

const hosts = z.array(z.object({ id: z.string(), name: z.string() }));

/** Notices hosts that fell silent. That one is back is noticed by its heartbeat itself. */
export const hostLiveness: Reconciler = {
  name: 'host-liveness',
  everyMs: 2_000,
  async run({ database, log }) {
    await commit(database, async ({ tx }) => {
      // By the database's clock, by which heartbeats are noted.
      const silent = await tx.$queryRaw<unknown[]>`
        UPDATE host SET is_up = false FROM host_listening AS listening
        WHERE is_up AND ${isListening()}
          AND greatest(last_heartbeat_at, listening.since) < now() - ${silentSeconds} * interval '1 second'
        RETURNING host.id, name`;
      for (const { id, name } of hosts.parse(silent)) {
        log.warn({ hostId: id, host: name }, 'host does not answer');
        await emit(tx, { projectId: null, noun: 'host', resourceId: id, kind: 'changed' });
      }
    });
  },
};
