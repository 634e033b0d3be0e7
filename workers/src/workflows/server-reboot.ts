import { serverReboot as rebootInput } from '@unkai/contracts/resources/server';
import { readActionEnd, requestAction, withdrawAction } from '@unkai/core/store/server-lifecycle';
import { defineWorkflow, nap, type StepContext, step } from '@unkai/core/workflow/definition';
import { asked, placedServer, reported, silentHost } from '../steps/host-wait.ts';
import { failTo, settle } from '../steps/server-state.ts';

export const serverReboot = defineWorkflow('server.reboot', {
  steps: [
    step('server.reboot', 'Restart it', reboot, withdrawReboot),
    step('server.running', 'Hand it over', settle('rebooting', 'running')),
  ],
  onFailure: failTo(['rebooting'], 'error'),
});

/** The act has the run's id, so that the host carries it out once however often it is asked. */
async function reboot(context: StepContext) {
  const { core, run, once } = context;
  const { host } = await placedServer(context);
  const { kind } = rebootInput.parse(run.input);
  await once(asked, async (unit) => {
    const act = {
      actionId: run.id,
      kind: `reboot-${kind}`,
      serverId: run.resourceId,
      requestId: run.requestId,
    } as const;
    return { generation: await requestAction(unit, core, act) };
  });
  const end = await readActionEnd(core.database, run.id);
  if (end === null) return nap({ progress: host.isUp ? null : silentHost });
  if (end.failure !== null) throw reported(end.failure);
  return undefined;
}

/** A restart that was given up must not happen later, when nobody expects it. */
async function withdrawReboot({ commit, run }: StepContext): Promise<void> {
  await commit((unit) => withdrawAction(unit, run.id));
}
