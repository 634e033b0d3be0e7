import { UnkaiError } from '@unkai/contracts/errors';
import { hasPort, markLeaving, releaseInterface } from '@unkai/core/store/server-interface-release';
import { askServer, readServerLife } from '@unkai/core/store/server-lifecycle';
import { isNap, nap, type StepContext } from '@unkai/core/workflow/definition';
import { z } from 'zod';
import { asked, awaitServer, placedServer, silentHost } from './host-wait.ts';

const runInput = z.object({ portId: z.string() });

function portOf({ run }: StepContext) {
  const { portId } = runInput.parse(run.input);
  return { serverId: run.resourceId, portId, requestId: run.requestId };
}

/** Sees that the server has the port: it was given it by the request. What it holds is given back by the undo. */
export async function confirmPort(context: StepContext): Promise<void> {
  await placedServer(context);
  if (await hasPort(context.core.database, portOf(context))) return;
  throw new UnkaiError('not_found', 'The port is not one of this server any more.');
}

/** Has the guest given the interface, and waits until its host says so. */
export async function plugInterface(context: StepContext) {
  const { core, once } = context;
  const { generation } = await once(asked, async (unit) => {
    return { generation: await askServer(unit, core, portOf(context)) };
  });
  const answer = await awaitServer(context, generation, () => true);
  return isNap(answer) ? answer : undefined;
}

/** Has the guest let go of the interface, and waits until its host says that nothing of it is left. */
export async function unplugInterface(context: StepContext) {
  const { core, once } = context;
  const { generation } = await once(asked, async (unit) => {
    await markLeaving(unit, { ...portOf(context), isLeaving: true });
    return { generation: await askServer(unit, core, portOf(context)) };
  });
  const answer = await awaitServer(context, generation, () => true);
  return isNap(answer) ? answer : undefined;
}

/** A guest that did not let go of its interface keeps it. */
export async function keepInterface(context: StepContext): Promise<void> {
  const { core, commit } = context;
  await commit(async (unit) => {
    await markLeaving(unit, { ...portOf(context), isLeaving: false });
    await askServer(unit, core, portOf(context));
  });
}

/** The port and its addresses are free for others: the host has let go of them by now (H30). */
export async function releasePort(context: StepContext): Promise<void> {
  const { core, commit } = context;
  await commit((unit) => releaseInterface(unit, core, portOf(context)));
}

/**
 * Takes back what could not be given: the host lets go of it first. One that fails at that too is not waited for, so that
 * the server can be stopped, which ends the matter; its addresses rest before anybody gets them.
 */
export async function takeBackInterface(context: StepContext) {
  const { core, run, once } = context;
  const { generation } = await once(asked, async (unit) => {
    await markLeaving(unit, { ...portOf(context), isLeaving: true });
    return { generation: await askServer(unit, core, portOf(context)) };
  });
  const life = await readServerLife(core.database, run.resourceId);
  const isWaitedFor = life !== null && life.host !== null && !life.host.isFenced;
  const hasAnswered = life !== null && life.observedGeneration >= generation && life.observedState !== 'working';
  if (isWaitedFor && !hasAnswered) {
    const until = { noun: 'server', id: life.id, generation } as const;
    return nap({ progress: life.host?.isUp ? life.observedProgress : silentHost, until });
  }
  await releasePort(context);
  return undefined;
}
