import type { Failure } from '@unkai/contracts/errors';
import { failure } from '@unkai/contracts/errors';
import type { Logger } from 'pino';
import type { Core } from '../call.ts';
import type { RunFacts, Step, Workflow } from './definition.ts';
import type { Claim, Lease } from './lease.ts';
import { openSteps, type StepRow } from './record.ts';

/** A step of a run: what it is, and how far it is. The row is this worker's copy; the lease keeps it true. */
export interface OpenStep {
  readonly step: Step;
  row: StepRow & { memo: StepRow['memo'] };
}

/** One worker's stay with one run, from the claim until it lets go. */
export interface Turn {
  readonly core: Core;
  readonly workflow: Workflow;
  readonly lease: Lease;
  readonly facts: RunFacts;
  readonly steps: readonly OpenStep[];
  readonly log: Logger;
  /** Aborts when the worker stops. */
  readonly stopping: AbortSignal;
  readonly deadlineAt: Date;
  isUnwinding: boolean;
  isCancelled: boolean;
  isLate: boolean;
  failure: Failure | null;
}

/** Opens a claimed run for work. */
export async function openTurn(core: Core, workflow: Workflow, claim: Claim, stopping: AbortSignal): Promise<Turn> {
  const { lease, run } = claim;
  const rows = await openSteps(core.database, claim, workflow.steps);
  return {
    core,
    workflow,
    lease,
    stopping,
    steps: pair(workflow.steps, rows),
    log: core.log.child({ requestId: run.request_id, run: run.id, workflow: run.name, resource: run.resource_id }),
    deadlineAt: run.deadline_at,
    isUnwinding: run.state === 'unwinding',
    isCancelled: run.cancel_requested,
    isLate: run.is_late,
    failure: run.failure === null ? null : failure.parse(run.failure),
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

function pair(steps: readonly Step[], rows: readonly StepRow[]): OpenStep[] {
  return rows.map((row) => {
    const step = steps.find(({ name }) => name === row.name);
    if (step === undefined) throw new TypeError(`this worker knows no step named ${row.name}`);
    return { step, row: { ...row } };
  });
}
