import { randomUUID } from 'node:crypto';
import type { HostContext } from './context.ts';
import type { Reconciler } from './reconciler.ts';
import { list, nounsInOrder } from './resources/resources.ts';

/**
 * Compares all that should be on the host with all that is, and looks at each: what has not changed is made so from what
 * is known, the rest is asked for one by one. Nothing is removed on the word of the list alone: it may be older than a
 * server that was just made, so a thing it lacks is asked for too, and goes only when the answer says so. Never throws.
 */
export async function syncWithControlPlane(host: HostContext, reconciler: Reconciler, why: string): Promise<void> {
  const requestId = randomUUID();
  const log = host.log.child({ requestId });
  try {
    const { items } = await host.controlPlane.desiredIndex(requestId);
    for (const noun of nounsInOrder) {
      const listed = items.filter((item) => item.noun === noun);
      const known = new Set(listed.map(({ id }) => id));
      const strays = (await list(host, noun)).filter((id) => !known.has(id));
      // A noun at a time: servers need their networks, and a console its server.
      await Promise.all([
        ...listed.map(({ id, generation }) => {
          const isKnown = host.state.get(noun, id)?.generation === generation;
          return isKnown ? reconciler.touch(noun, id, requestId) : reconciler.hint(noun, id, requestId);
        }),
        ...strays.map((id) => reconciler.hint(noun, id, requestId)),
      ]);
      if (strays.length > 0) log.info({ noun, strays }, 'the control plane does not list these; each was asked for');
    }
    log.debug({ why, items: items.length }, 'synced');
  } catch (error) {
    log.warn({ err: error, why }, 'could not sync with the control plane; the next one comes by itself');
  }
}
