import type { Core } from '../call.ts';
import type { Unit } from '../database.ts';
import { emit } from '../events.ts';
import { type WorkflowName, workflowCatalog, workflowKey } from './catalog.ts';

export interface RunStart {
  readonly resourceId: string;
  readonly resourceName: string;
  readonly projectId: string | null;
  readonly requestId: string;
  /** Who asked for it; absent for the system itself. */
  readonly userId?: string | null;
  /** Small facts that the steps need and the rows do not hold; never a secret. */
  readonly input?: Record<string, string | number | boolean>;
  /** Gives up the runs of the same key that are queued or under way: they unwind first, then this one begins. */
  readonly cancelsOthers?: boolean;
}

/** Records the intent in the caller's transaction and wakes it after the commit. Returns the run's id. */
export async function startRun(unit: Unit, core: Core, name: WorkflowName, start: RunStart): Promise<string> {
  const { tx } = unit;
  const key = workflowKey(name, start.resourceId);
  const entry = workflowCatalog[name];
  const cancelled = start.cancelsOthers ? await cancelRuns(unit, key) : [];
  const run = await tx.workflowRun.create({
    data: {
      name,
      key,
      noun: entry.noun,
      input: start.input ?? {},
      resourceId: start.resourceId,
      resourceName: start.resourceName,
      projectId: start.projectId,
      requestId: start.requestId,
      userId: start.userId ?? null,
      deadlineAt: new Date(Date.now() + entry.deadlineSeconds * 1000),
    },
    select: { id: true },
  });
  await emit(tx, { projectId: start.projectId, noun: 'operation', resourceId: run.id, kind: 'created' });
  unit.afterCommit(async () => {
    for (const id of [...cancelled, run.id]) await core.queues.wakeRun(id);
  });
  return run.id;
}

async function cancelRuns({ tx }: Unit, key: string): Promise<string[]> {
  const active = await tx.workflowRun.findMany({
    where: { key, endedAt: null, cancelRequested: false, NOT: { name: { endsWith: '.delete' } } },
    select: { id: true },
  });
  const ids = active.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE workflow_run SET cancel_requested = true, wake_at = LEAST(now(), lease_until - interval '1 millisecond')
    WHERE id = ANY(${ids}::uuid[])`;
  return ids;
}
