import { randomUUID } from 'node:crypto';
import { publicFailure, UnkaiError } from '@unkai/contracts/errors';
import { sql } from 'kysely';
import { commit } from '../database.ts';
import { settleImage } from '../store/image-lifecycle.ts';
import { startRun } from '../workflow/start.ts';
import type { Reconciler } from './reconciler.ts';

const lost = publicFailure(
  new UnkaiError('internal', 'The import of this image is gone.', { next: 'Upload the image again, or delete it.' }),
);

/** No image stays importing or deleting without a run that moves it (H4, H5). */
export const lateImages: Reconciler = {
  name: 'late-images',
  everyMs: 30_000,
  async run(core) {
    const late = await core.database.kysely
      .selectFrom('image')
      .select(['id', 'name', 'project_id', 'state'])
      .where('state', 'in', ['importing', 'deleting'])
      .where('updated_at', '<', sql<Date>`now() - interval '30 seconds'`)
      .where(sql<boolean>`NOT EXISTS (SELECT FROM workflow_run WHERE resource_id = image.id AND ended_at IS NULL)`)
      .execute();
    for (const { id, name, project_id: projectId, state } of late) {
      await commit(core.database, async (unit) => {
        await unit.tx.$queryRaw`SELECT 1 FROM image WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
        const open = await unit.tx.workflowRun.count({ where: { resourceId: id, endedAt: null } });
        if (open > 0) return;
        if (state === 'deleting') {
          const requestId = randomUUID();
          await startRun(unit, core, 'image.delete', { resourceId: id, resourceName: name, projectId, requestId });
        } else {
          await settleImage(unit, { imageId: id, projectId, from: ['importing'], to: 'error', failure: lost });
        }
      });
    }
  },
};
