import { randomUUID } from 'node:crypto';
import type { HostNoun } from '@unkai/contracts/host/job';
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
      const rounds = [
        ...listed.map(({ id, generation }) => {
          const isKnown = host.state.get(noun, id)?.generation === generation;
          return isKnown ? reconciler.touch(noun, id, requestId) : reconciler.hint(noun, id, requestId);
        }),
        ...strays.map((id) => reconciler.hint(noun, id, requestId)),
      ];
      // Servers need their networks. Nothing waits for servers: one may take its time to shut down, and meanwhile the
      // next sync must see what else changed.
      if (noun === 'network') await Promise.all(rounds);
      if (strays.length > 0) log.info({ noun, strays }, 'the control plane does not list these; each was asked for');
    }
    log.debug({ why, items: items.length }, 'synced');
  } catch (error) {
    log.warn({ err: error, why }, 'could not sync with the control plane; the next one comes by itself');
  }
}

/** What another host may have by now, and no two at once; those that are quickly gone first. */
const onOneHost = ['router-branch', 'router', 'server'] as const satisfies HostNoun[];

/**
 * Removes every server, router and branch that is here and is not this host's any more; gives them. Throws when the control
 * plane cannot be asked, or when one of them could not be removed: then the lease of now is not this host's yet.
 */
export async function letGoOfStrays(host: HostContext, reconciler: Reconciler): Promise<string[]> {
  const requestId = randomUUID();
  const { items } = await host.controlPlane.desiredIndex(requestId);
  const own = new Set(items.map(({ noun, id }) => `${noun}/${id}`));
  const found: string[] = [];
  for (const noun of onOneHost) {
    const strays = async () => (await list(host, noun)).filter((id) => !own.has(`${noun}/${id}`));
    const here = await strays();
    await Promise.all(here.map((id) => reconciler.hint(noun, id, requestId)));
    const left = await strays();
    if (left.length > 0) throw new Error(`Each ${noun} of these is another host's now and cannot be removed: ${left}.`);
    found.push(...here.map((id) => `${noun}/${id}`));
  }
  return found;
}
