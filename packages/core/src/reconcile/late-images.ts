import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { commit } from '../database/database.ts';
import { failAbandonedUploads } from '../image/image-upload.ts';
import { startRun } from '../workflow/start.ts';
import { doEach, type Reconciler } from './reconciler.ts';

/** No image stays importing or deleting without someone who moves it (H4, H5). */
export const lateImages: Reconciler = {
  name: 'late-images',
  everyMs: 30_000,
  async run(core) {
    await failAbandonedUploads(core);
    const late = await core.database.kysely
      .selectFrom('image')
      .select(['id', 'name', 'project_id as projectId'])
      .where('state', '=', 'deleting')
      .where(sql<boolean>`NOT EXISTS (SELECT FROM workflow_run WHERE resource_id = image.id AND ended_at IS NULL)`)
      .execute();
    await doEach(late, ({ id, name, projectId }) =>
      commit(core.database, async (unit) => {
        // Whoever begins an operation locks the row first; once it is ours, a run that appeared meanwhile is seen.
        await unit.tx.$queryRaw`SELECT 1 FROM image WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
        const open = await unit.tx.workflowRun.count({ where: { resourceId: id, endedAt: null } });
        if (open > 0) return;
        const requestId = randomUUID();
        await startRun(unit, core, 'image.delete', { resourceId: id, resourceName: name, projectId, requestId });
      }),
    );
  },
};
