import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Unit } from '../database/database.ts';
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

const started = z.tuple([z.object({ id: z.string() })]);

/** Records the intent in the caller's transaction and wakes it after the commit. Returns the run's id. */
export async function startRun(unit: Unit, core: Core, name: WorkflowName, start: RunStart): Promise<string> {
  const { tx } = unit;
  const key = workflowKey(name, start.resourceId);
  const entry = workflowCatalog[name];
  const cancelled = start.cancelsOthers ? await cancelRuns(unit, key) : [];
  const { resourceId, resourceName, projectId, requestId, userId = null, input = {} } = start;
  const [run] = started.parse(
    await tx.$queryRaw`
    WITH run AS (
      INSERT INTO workflow_run
        (name, key, noun, input, resource_id, resource_name, project_id, request_id, user_id, deadline_at)
      VALUES (${name}, ${key}, ${entry.noun}, ${JSON.stringify(input)}::jsonb, ${resourceId}::uuid, ${resourceName},
        ${projectId}::uuid, ${requestId}, ${userId}::uuid, now() + ${entry.deadlineSeconds} * interval '1 second')
      RETURNING id, project_id
    ), told AS (
      INSERT INTO event (noun, kind, resource_id, project_id) SELECT 'operation', 'created', id, project_id FROM run
    )
    SELECT id FROM run`,
  );
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
