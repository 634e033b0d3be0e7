import { operationAfter } from '@unkai/contracts/resources/operation';
import type { Logger } from 'pino';
import type { Core } from '../call.ts';
import type { RunFacts, Workflow } from './definition.ts';
import { Journal } from './journal.ts';
import type { Claim } from './lease.ts';

/** One worker's stay with one run, from the claim until it lets go. */
export interface Turn {
  readonly core: Core;
  readonly workflow: Workflow;
  readonly journal: Journal;
  readonly facts: RunFacts;
  readonly log: Logger;
  /** Aborts when the worker stops. */
  readonly stopping: AbortSignal;
  readonly deadlineAt: Date;
  /** The deadline by `performance.now()`: it is told by the database's clock, and that of this process may be another. */
  readonly lateAt: number;
  isUnwinding: boolean;
}

/** Opens a claimed run for work. */
export function openTurn(core: Core, workflow: Workflow, claim: Claim, stopping: AbortSignal): Turn {
  const { run } = claim;
  return {
    core,
    workflow,
    stopping,
    journal: new Journal(core.database, claim, workflow.steps),
    log: core.log.child({ requestId: run.request_id, run: run.id, workflow: run.name, resource: run.resource_id }),
    deadlineAt: run.deadline_at,
    lateAt: performance.now() + run.seconds_left * 1000,
    isUnwinding: run.state === operationAfter.giveUp,
    facts: {
      id: run.id,
      name: run.name,
      resourceId: run.resource_id,
      resourceName: run.resource_name,
      projectId: run.project_id,
      requestId: run.request_id,
      input: run.input,
    },
  };
}
