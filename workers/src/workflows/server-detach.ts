import { defineWorkflow, step } from '@unkai/core/workflow/definition';
import { keepInterface, releasePort, unplugInterface } from '../steps/server-interface.ts';
import { failTo } from '../steps/server-state.ts';

/** Takes an interface from a server that runs: its guest has to let go of it first, and keeps it when it does not. */
export const serverDetach = defineWorkflow('server.detach', {
  steps: [
    step('interface.unplug', 'Have the guest let go of it', unplugInterface, keepInterface),
    step('port.release', 'Give its addresses back', releasePort),
  ],
  onFailure: failTo(['running'], 'running'),
});
