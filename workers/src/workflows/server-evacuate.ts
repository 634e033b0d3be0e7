import { defineWorkflow, step } from '@unkai/core/workflow/definition';
import { handOver, leaveNetworks, moveBack, moveToAnother, remakeServer } from '../steps/evacuate.ts';
import { ensureImage } from '../steps/image.ts';
import { ensureNetworks, retractNetworks } from '../steps/network.ts';
import { purgeServer } from '../steps/server-on-host.ts';
import { failTo } from '../steps/server-state.ts';

/**
 * Makes a server of a dead host anew on another, from its image: what its disk held is gone with the host, and its id,
 * ports and addresses stay. The dead host is fenced before this begins (H29): it purges what is not its own when it
 * comes back.
 */
export const serverEvacuate = defineWorkflow('server.evacuate', {
  steps: [
    step('placement.move', 'Choose another host', moveToAnother, moveBack),
    step('network.ensure', 'Connect its networks', ensureNetworks, retractNetworks),
    step('image.ensure', 'Bring the image to the host', ensureImage),
    step('server.ensure', 'Make its disk anew and switch it on', remakeServer, purgeServer),
    step('network.release', 'Disconnect the host that is gone', leaveNetworks),
    step('server.running', 'Hand it over', handOver('building')),
  ],
  onFailure: failTo(['building', 'running', 'stopped'], 'error'),
});
