import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { commit } from '../database/database.ts';
import { doEach, type Reconciler } from './reconciler.ts';

const nobodyThere = sql<boolean>`NOT EXISTS (
  SELECT FROM port LEFT JOIN server ON server.id = port.server_id LEFT JOIN router ON router.id = port.router_id
  LEFT JOIN server_migration AS migration ON migration.server_id = server.id
  WHERE port.network_id = host_network.network_id
    AND host_network.host_id IN (server.host_id, router.host_id, migration.room_host_id))`;

/** Finds what is kept for nobody: room on a host for a server that is not there, networks on a host without a port. */
export const orphans: Reconciler = {
  name: 'orphans',
  everyMs: 30_000,
  async run(core) {
    const { database, queues, log } = core;
    const room = await database.kysely
      .deleteFrom('host_allocation')
      .using('server')
      .whereRef('server.id', '=', 'host_allocation.server_id')
      .where('server.host_id', 'is', null)
      .where(sql<boolean>`NOT EXISTS (SELECT FROM workflow_run WHERE resource_id = server.id AND ended_at IS NULL)`)
      .returning('host_allocation.server_id')
      .execute();
    if (room.length > 0)
      log.warn({ servers: room.map((each) => each.server_id) }, 'room of servers on no host given back');
    const networks = await database.kysely
      .selectFrom('host_network')
      .select(['host_id', 'network_id'])
      .where(nobodyThere)
      .execute();
    await doEach(networks, ({ host_id: hostId, network_id: networkId }) =>
      commit(database, async ({ tx, afterCommit }) => {
        // Whoever announces a network to a host locks its row first, so nobody does so between this look and the end.
        await tx.$queryRaw`SELECT 1 FROM network WHERE id = ${networkId}::uuid FOR NO KEY UPDATE`;
        const used = await tx.port.count({
          where: {
            networkId,
            OR: [{ server: { OR: [{ hostId }, { migration: { roomHostId: hostId } }] } }, { router: { hostId } }],
          },
        });
        if (used > 0) return;
        await tx.hostNetwork.deleteMany({ where: { hostId, networkId } });
        afterCommit(() => queues.hintHost(hostId, { noun: 'network', id: networkId, requestId: randomUUID() }));
      }),
    );
  },
};
