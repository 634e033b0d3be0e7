import type { Failure } from '@unkai/contracts/errors';
import { z } from 'zod';
import type { Unit } from '../database/database.ts';
import { notify } from '../notification.ts';
import { workflowCatalog, workflowName } from './catalog.ts';
import type { RunFacts } from './definition.ts';

const asked = z.array(z.object({ userId: z.string().nullable() }));

/** Tells whoever asked for a run that it failed. Who gave it up for a later request knows it, and is not told. */
export async function tellFailure({ tx }: Unit, run: RunFacts, { code, message, next }: Failure): Promise<void> {
  const workflow = workflowName.safeParse(run.name);
  if (code === 'cancelled' || !workflow.success) return;
  const rows = asked.parse(await tx.$queryRaw`SELECT user_id AS "userId" FROM workflow_run WHERE id = ${run.id}::uuid`);
  const { title, noun } = workflowCatalog[workflow.data];
  await notify(tx, {
    userIds: rows.flatMap(({ userId }) => userId ?? []),
    tone: 'bad',
    title: `${title} failed: ${run.resourceName}`,
    detail: `${message} ${next}`,
    noun,
    resourceId: run.resourceId,
    projectId: run.projectId,
    key: `run/${run.id}`,
  });
}
