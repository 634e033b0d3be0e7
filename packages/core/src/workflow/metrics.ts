import { Counter, Histogram, type Registry } from 'prom-client';

/** Runs that came to an end, by workflow and by how they ended. */
export const runsEnded = new Counter({
  name: 'unkai_workflow_runs_total',
  help: 'Workflow runs that ended, by workflow and state',
  labelNames: ['workflow', 'state'],
  registers: [],
});

/** Time that a worker was held by one look at a step; naps are not part of it. */
export const stepSeconds = new Histogram({
  name: 'unkai_workflow_step_seconds',
  help: 'Seconds that one look at a step held a worker',
  labelNames: ['workflow', 'step'],
  registers: [],
  buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
});

/** Shows what the engine of this process counts in the program's registry. */
export function registerWorkflowMetrics(registry: Registry): void {
  registry.registerMetric(runsEnded);
  registry.registerMetric(stepSeconds);
}
