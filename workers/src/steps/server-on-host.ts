import { askServer, readServerLife } from '@unkai/core/store/server-lifecycle';
import { isNap, nap, type StepContext } from '@unkai/core/workflow/definition';
import { asked, awaitServer, silentHost } from './host-wait.ts';

/** Has the server made on its host, and waits until its virtual machine runs. */
export async function ensureServer(context: StepContext) {
  const { core, run, once } = context;
  const { generation } = await once(asked, async (unit) => {
    const desired = { desiredPresence: 'present', desiredPower: 'on' } as const;
    const ask = { serverId: run.resourceId, requestId: run.requestId, ...desired };
    return { generation: await askServer(unit, core, ask) };
  });
  const answer = await awaitServer(context, generation, (life) => life.observedPower === 'on');
  return isNap(answer) ? answer : undefined;
}

/**
 * Has everything of the server removed from its host, and waits until the host confirms it: only then may its room and
 * its addresses go to others (A56, H30). A host that is away, or fails at it, is waited for; what it says is shown.
 */
export async function purgeServer({ core, run, once }: StepContext) {
  const { generation } = await once(asked, async (unit) => {
    const ask = { serverId: run.resourceId, requestId: run.requestId, desiredPresence: 'absent' } as const;
    return { generation: await askServer(unit, core, ask) };
  });
  const life = await readServerLife(core.database, run.resourceId);
  if (life === null || life.host === null) return undefined;
  // Its host is dead, and lets go of what is not its own when it ever comes back.
  if (life.host.isFenced) return undefined;
  if (life.observedGeneration >= generation && life.observedState === 'absent') return undefined;
  const said = life.observedFailure?.message ?? life.observedProgress;
  const until = { noun: 'server', id: life.id, generation } as const;
  return nap({ progress: life.host.isUp ? said : silentHost, until });
}
