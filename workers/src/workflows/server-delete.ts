import { removeServer } from '@unkai/core/store/server-lifecycle';
import { forgetMigration } from '@unkai/core/store/server-migration';
import { defineWorkflow, type StepContext, step } from '@unkai/core/workflow/definition';
import { releaseAddresses, retractNetworks } from '../steps/network.ts';
import { releaseHost } from '../steps/placement.ts';
import { purgeServer } from '../steps/server-on-host.ts';
import { failTo } from '../steps/server-state.ts';

/**
 * Works from any state and has no undo: a delete only goes forward. When its host does not confirm before the deadline,
 * the server stays `deleting` with the reason on it, and the reconciler late-servers asks again; room and addresses are
 * given to others only after the host has let go of them (A56, H5, H30).
 */
export const serverDelete = defineWorkflow('server.delete', {
  steps: [
    step('server.purge', 'Remove it from its host', purgeServer),
    step('network.release', 'Disconnect its networks', retractNetworks),
    step('ipam.release', 'Give its addresses back', releaseAddresses),
    step('placement.release', 'Give its room back', releaseHost),
    step('server.remove', 'Forget it', forgetServer),
  ],
  onFailure: failTo(['deleting'], 'deleting'),
});

async function forgetServer({ core, commit, run }: StepContext): Promise<void> {
  const { resourceId: serverId, projectId, requestId } = run;
  await commit(async (unit) => {
    await forgetMigration(unit, core, { serverId, requestId });
    await removeServer(unit, serverId, projectId);
  });
}
