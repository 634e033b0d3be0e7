import type { ServerState } from '@unkai/contracts/resources/server';
import * as network from '@unkai/core/store/host-network';
import { moveServer, moveServerBack, readEvacuation } from '@unkai/core/store/server-evacuate';
import { askServer, readServerLife, settleServer } from '@unkai/core/store/server-lifecycle';
import { isNap, type StepContext } from '@unkai/core/workflow/definition';
import { asked, awaitServer } from './host-wait.ts';

/** Takes room on another host in place of the room on the dead one. */
export async function moveToAnother({ commit, run }: StepContext): Promise<void> {
  await commit((unit) => moveServer(unit, run.resourceId, run.input));
}

export async function moveBack({ commit, run }: StepContext): Promise<void> {
  await commit((unit) => moveServerBack(unit, run.resourceId, run.input));
}

/** Has the server made on its new host, switched on if it was to be on. */
export async function remakeServer(context: StepContext) {
  const { core, run, once } = context;
  const { generation } = await once(asked, async (unit) => {
    const ask = { serverId: run.resourceId, requestId: run.requestId, desiredPresence: 'present' } as const;
    return { generation: await askServer(unit, core, ask) };
  });
  const isThere = ({ desiredPower, observedPower }: { desiredPower: string; observedPower: string | null }) =>
    desiredPower === 'off' || observedPower === 'on';
  const answer = await awaitServer(context, generation, isThere);
  return isNap(answer) ? answer : undefined;
}

/** Takes from the dead host the networks that nobody else has there. */
export async function leaveNetworks({ core, commit, run }: StepContext): Promise<void> {
  const { fromHostId: hostId } = readEvacuation(run.input);
  const where = { serverId: run.resourceId, hostId, requestId: run.requestId };
  await commit((unit) => network.retractNetworks(unit, core, where));
}

/** A step that shows the server as it was: running, or switched off. */
export function handOver(from: ServerState) {
  return async ({ core, commit, run }: StepContext): Promise<void> => {
    const { resourceId: serverId, projectId } = run;
    const life = await readServerLife(core.database, serverId);
    const to = life?.desiredPower === 'off' ? 'stopped' : 'running';
    await commit((unit) => settleServer(unit, { serverId, projectId, from: [from], to }));
  };
}
