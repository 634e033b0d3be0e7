import { defineWorkflow, step } from '@unkai/core/workflow/definition';
import { ensureImage } from '../steps/image.ts';
import { confirmAddresses, ensureNetworks, releaseAddresses, retractNetworks } from '../steps/network.ts';
import { releaseHost, reserveHost } from '../steps/placement.ts';
import { ensureServer, purgeServer } from '../steps/server-on-host.ts';
import { failTo, settle } from '../steps/server-state.ts';

/** The addresses are there before the run begins, so they come first here: whatever fails, they are given back. */
export const serverCreate = defineWorkflow('server.create', {
  steps: [
    step('ipam.allocate', 'Give it addresses', confirmAddresses, releaseAddresses),
    step('placement.reserve', 'Choose a host', reserveHost, releaseHost),
    step('network.ensure', 'Connect its networks', ensureNetworks, retractNetworks),
    step('image.ensure', 'Bring the image to the host', ensureImage),
    step('server.ensure', 'Make its disk and switch it on', ensureServer, purgeServer),
    step('server.running', 'Hand it over', settle('building', 'running')),
  ],
  onFailure: failTo(['building', 'running'], 'error'),
});
