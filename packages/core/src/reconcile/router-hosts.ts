import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Core } from '../call.ts';
import { commit } from '../database.ts';
import { emit } from '../events.ts';
import { lockProject } from '../quota.ts';
import { settleRouter } from '../store/router-host.ts';
import type { Reconciler } from './reconciler.ts';

/**
 * Gives routers whose host does not answer, and those that found none, to another host. The one that comes back is told
 * that they are none of its business, and purges them.
 */
export const routerHosts: Reconciler = {
  name: 'router-hosts',
  everyMs: 2_000,
  async run(core) {
    for (const { id, project_id: projectId } of await readHomeless(core)) {
      await commit(core.database, async (unit) => {
        await lockProject(unit.tx, projectId);
        const still = await unit.tx.router.count({ where: { id } });
        if (still === 0) return;
        await settleRouter(unit, core, { routerId: id, requestId: randomUUID() });
        await emit(unit.tx, { projectId, noun: 'router', resourceId: id, kind: 'changed' });
      });
    }
  },
};

interface Homeless {
  readonly id: string;
  readonly project_id: string;
}

/** Of those that were told before that there is none, only such as a host would take now. */
async function readHomeless({ database }: Core): Promise<Homeless[]> {
  const { rows } = await sql<Homeless>`
    SELECT router.id, router.project_id FROM router
    LEFT JOIN host AS own ON own.id = router.host_id
    LEFT JOIN port ON port.router_id = router.id AND port.device_owner = 'network:router_gateway'
    LEFT JOIN network ON network.id = port.network_id
    WHERE (own.is_up IS NOT TRUE AND router.failure IS NULL)
      OR ((own.is_up IS NOT TRUE OR router.failure IS NOT NULL) AND EXISTS (
        SELECT FROM host WHERE is_up AND (is_enabled OR host.id = own.id)
          AND (network.physical_network IS NULL OR facts -> 'physicalNetworks' @>
            jsonb_build_array(jsonb_build_object('name', network.physical_network)))))
    ORDER BY router.failure IS NOT NULL, router.id LIMIT 200`.execute(database.kysely);
  return rows;
}
