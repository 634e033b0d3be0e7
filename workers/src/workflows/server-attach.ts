import { defineWorkflow, step } from '@unkai/core/workflow/definition';
import { ensureNetworks } from '../steps/network.ts';
import { confirmPort, plugInterface, takeBackInterface } from '../steps/server-interface.ts';
import { failTo } from '../steps/server-state.ts';

/** Gives a server that runs one more interface. The port is its already; when that fails, it is taken back. */
export const serverAttach = defineWorkflow('server.attach', {
  steps: [
    step('port.confirm', 'Give it a port', confirmPort, takeBackInterface),
    step('network.ensure', 'Connect its networks', ensureNetworks),
    step('interface.plug', 'Plug it into the machine', plugInterface),
  ],
  onFailure: failTo(['running'], 'running'),
});
