import { defineWorkflow, step } from '@unkai/core/workflow/definition';
import { switchOn } from '../steps/server-power.ts';
import { failTo, settle } from '../steps/server-state.ts';

export const serverStart = defineWorkflow('server.start', {
  steps: [
    step('server.power', 'Switch it on', switchOn),
    step('server.running', 'Hand it over', settle('starting', 'running')),
  ],
  onFailure: failTo(['starting'], 'error'),
});
