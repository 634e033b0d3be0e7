import { randomUUID } from 'node:crypto';
import { publicFailure, UnkaiError } from '@unkai/contracts/errors';
import { type ServerState, serverState, serverTransitioning } from '@unkai/contracts/resources/server';
import { sql } from 'kysely';
import type { Core } from '../call.ts';
import { commit } from '../database/database.ts';
import { settleServer } from '../store/server-lifecycle.ts';
import { startRun } from '../workflow/start.ts';
import { doEach, type Reconciler } from './reconciler.ts';

const lost = publicFailure(
  new UnkaiError('internal', 'The operation that changed this server is gone.', {
    next: 'Start the server again, or delete it.',
  }),
);

/**
 * No server stays under way without a run that moves it (H4, H5). Deletes are asked for again until the host has
 * confirmed: every half minute when it answers, every five minutes while it does not.
 */
export const lateServers: Reconciler = {
  name: 'late-servers',
  everyMs: 10_000,
  async run(core) {
    await doEach(await readLate(core), (late) =>
      commit(core.database, async (unit) => {
        // Whoever starts an operation locks the row first; once it is ours, a run that appeared meanwhile is seen.
        await unit.tx.$queryRaw`SELECT 1 FROM server WHERE id = ${late.id}::uuid FOR NO KEY UPDATE`;
        const open = await unit.tx.workflowRun.count({ where: { resourceId: late.id, endedAt: null } });
        if (open > 0) return;
        const { id: serverId, project_id: projectId } = late;
        if (late.state === 'deleting') {
          const requestId = randomUUID();
          await startRun(unit, core, 'server.delete', {
            resourceId: serverId,
            resourceName: late.name,
            projectId,
            requestId,
          });
        } else {
          await settleServer(unit, { serverId, projectId, from: [late.state], to: 'error', failure: lost });
        }
      }),
    );
  },
};

const moving: readonly ServerState[] = serverTransitioning;

async function readLate({ database }: Core) {
  const rows = await database.kysely
    .selectFrom('server')
    .leftJoin('host', 'host.id', 'server.host_id')
    .select(['server.id', 'server.name', 'server.project_id', 'server.state'])
    .where('server.state', 'in', moving)
    .where('server.updated_at', '<', sql<Date>`now() - interval '30 seconds'`)
    .where(sql<boolean>`NOT EXISTS (SELECT FROM workflow_run WHERE resource_id = server.id AND ended_at IS NULL)`)
    .where(sql<boolean>`(coalesce(host.is_up, true) OR NOT EXISTS (
      SELECT FROM workflow_run WHERE resource_id = server.id AND ended_at > now() - interval '5 minutes'))`)
    .limit(500)
    .execute();
  return rows.map((row) => ({ ...row, state: serverState.parse(row.state) }));
}
