import { defineWorkflow, step } from '@unkai/core/workflow/definition';
import { switchOff } from '../steps/server-power.ts';
import { failTo, settle } from '../steps/server-state.ts';

export const serverStop = defineWorkflow('server.stop', {
  steps: [
    step('server.power', 'Shut it down', switchOff),
    step('server.stopped', 'Note that it is off', settle('stopping', 'stopped')),
  ],
  onFailure: failTo(['stopping'], 'error'),
});
