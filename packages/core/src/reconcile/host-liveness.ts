import { commit } from '../database/database.ts';
import { emit } from '../events.ts';
import type { Reconciler } from './reconciler.ts';

/** A host that missed three heartbeats is taken for dead: nothing is placed there until it is heard again. */
const silentSeconds = 15;

/** Notices hosts that fell silent. That one is back is noticed by its heartbeat itself. */
export const hostLiveness: Reconciler = {
  name: 'host-liveness',
  everyMs: 2_000,
  async run({ database, log }) {
    await commit(database, async ({ tx }) => {
      const silent = await tx.host.updateManyAndReturn({
        where: { isUp: true, lastHeartbeatAt: { lt: new Date(Date.now() - silentSeconds * 1000) } },
        data: { isUp: false },
        select: { id: true, name: true },
      });
      for (const { id, name } of silent) {
        log.warn({ hostId: id, host: name }, 'host does not answer');
        await emit(tx, { projectId: null, noun: 'host', resourceId: id, kind: 'changed' });
      }
    });
  },
};
