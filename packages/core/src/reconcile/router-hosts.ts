import { randomUUID } from 'node:crypto';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Core } from '../call.ts';
import { commit } from '../database/database.ts';
import { emit } from '../events.ts';
import { lockProject } from '../quota/quota.ts';
import { deviceOwners } from '../store/router.ts';
import { isSilentButLeased, settleRouter } from '../store/router-host.ts';
import { doEach, type Reconciler } from './reconciler.ts';

/**
 * Gives routers to another host whose own is dead (its lease is over), takes nothing new, or lost the network that their
 * gateway needs, and those that found none. The one that comes back is told that they are none of its business, and purges them.
 */
export const routerHosts: Reconciler = {
  name: 'router-hosts',
  everyMs: 2_000,
  async run(core) {
    await doEach(await readHomeless(core), ({ id, project_id: projectId }) =>
      commit(core.database, async (unit) => {
        await lockProject(unit.tx, projectId);
        const still = await unit.tx.router.count({ where: { id } });
        if (still === 0) return;
        await settleRouter(unit, core, { routerId: id, requestId: randomUUID() });
        await emit(unit.tx, { projectId, noun: 'router', resourceId: id, kind: 'changed' });
      }),
    );
  },
};

const homeless = z.array(z.object({ id: z.string(), project_id: z.string() }));

/**
 * Those that a better host is there for, and those that were not told yet that there is none. A router is named only when
 * settling it changes something: each time its host and its networks are told anew.
 */
async function readHomeless({ database }: Core): Promise<z.infer<typeof homeless>> {
  const rows = await database.prisma.$queryRaw`
    WITH placed AS (
      SELECT router.id, router.project_id, router.failure, network.physical_network, own.is_enabled,
        coalesce(${isSilentButLeased(Prisma.sql`own`)}, false) AS may_be_there,
        coalesce(own.is_up AND can_carry_router(own.facts, network.physical_network), false) AS fits
      FROM router
      LEFT JOIN host AS own ON own.id = router.host_id
      LEFT JOIN port ON port.router_id = router.id AND port.device_owner = ${deviceOwners.gateway}
      LEFT JOIN network ON network.id = port.network_id)
    SELECT id, project_id FROM placed
    WHERE NOT may_be_there AND (fits = (failure IS NOT NULL)
      OR (NOT (fits AND is_enabled) AND EXISTS (
        SELECT FROM host WHERE is_up AND host.is_enabled AND can_carry_router(facts, placed.physical_network))))
    ORDER BY failure IS NOT NULL, id`;
  return homeless.parse(rows);
}
