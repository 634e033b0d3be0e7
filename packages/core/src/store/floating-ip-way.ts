import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Unit } from '../database.ts';
import { touchNetwork } from './host-network.ts';
import { touchRouter } from './router-touch.ts';

const ways = z.array(z.object({ routerId: z.string(), networkId: z.string() }));

/**
 * A host that has found or lost a way outside, or whose agent has learned what to do with one: floating IPs of its guests
 * pass there, or at their routers. Tells all concerned, after the commit.
 */
export async function reconsiderFloatingIps(unit: Unit, core: Core, hostId: string, requestId: string): Promise<void> {
  const found = await unit.tx.$queryRaw<unknown[]>`
    SELECT DISTINCT floating_ip.router_id AS "routerId", floating_ip.network_id AS "networkId" FROM floating_ip
    JOIN port ON port.id = floating_ip.port_id JOIN server ON server.id = port.server_id
    WHERE server.host_id = ${hostId}::uuid AND floating_ip.router_id IS NOT NULL`;
  const concerned = ways.parse(found);
  for (const id of [...new Set(concerned.map(({ networkId }) => networkId))].toSorted()) {
    await touchNetwork(unit, core, id, requestId);
  }
  for (const routerId of [...new Set(concerned.map((way) => way.routerId))].toSorted()) {
    await touchRouter(unit, core, { routerId, requestId, leftHostId: hostId });
  }
}
