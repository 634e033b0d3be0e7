import { askServer } from '@unkai/core/store/server-lifecycle';
import { isNap, type StepContext } from '@unkai/core/workflow/definition';
import { asked, awaitServer, placedServer } from './host-wait.ts';

/** Has the server switched on or off, and waits until its host has done so. */
function switchTo(power: 'on' | 'off') {
  return async (context: StepContext) => {
    const { core, run, once } = context;
    await placedServer(context);
    const { generation } = await once(asked, async (unit) => {
      const ask = { serverId: run.resourceId, requestId: run.requestId, desiredPower: power };
      return { generation: await askServer(unit, core, ask) };
    });
    const isThere = (observed: string | null) => (power === 'on' ? observed === 'on' : observed !== 'on');
    const answer = await awaitServer(context, generation, ({ observedPower }) => isThere(observedPower));
    return isNap(answer) ? answer : undefined;
  };
}

export const switchOn = switchTo('on');
export const switchOff = switchTo('off');
