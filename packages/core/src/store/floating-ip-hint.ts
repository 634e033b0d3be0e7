import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Unit } from '../database/database.ts';
import type { HeldAddress } from './floating-ip-holder.ts';
import { hintBranches } from './router-touch.ts';

const reached = z.array(
  z.object({
    routerId: z.string(),
    hostId: z.string().nullable(),
    networkId: z.string(),
    address: z.string(),
    isKept: z.boolean(),
  }),
);

/**
 * Hints the hosts of the routers that reach a port, or the ports of a server, for what is about to be deleted: the database
 * itself takes the floating IPs off it and raises the generations. Gives the addresses, also those of ports that are kept:
 * their holders are to be settled when it is done.
 */
export async function hintRouters(
  unit: Unit,
  core: Core,
  gone: { readonly portId?: string; readonly serverId?: string; readonly requestId: string },
): Promise<HeldAddress[]> {
  const { tx, afterCommit } = unit;
  const { portId = null, serverId = null, requestId } = gone;
  const found = reached.parse(
    await tx.$queryRaw`
      SELECT DISTINCT router.id AS "routerId", router.host_id AS "hostId", floating_ip.network_id AS "networkId",
        floating_ip.address, port.is_kept AND port.server_id IS NOT NULL AS "isKept" FROM port
      JOIN floating_ip ON floating_ip.port_id = port.id OR floating_ip.id IN
        (SELECT floating_ip_id FROM port_forwarding WHERE port_forwarding.port_id = port.id)
      JOIN router ON router.id = floating_ip.router_id
      WHERE port.id = ${portId}::uuid OR port.server_id = ${serverId}::uuid`,
  );
  const routers = new Map(found.filter(({ isKept }) => !isKept).map(({ routerId, hostId }) => [routerId, hostId]));
  for (const routerId of routers.keys()) hintBranches(unit, core, { routerId, requestId });
  afterCommit(async () => {
    for (const [id, hostId] of routers) {
      if (hostId !== null) await core.queues.hintHost(hostId, { noun: 'router', id, requestId });
    }
  });
  return found.map(({ networkId, address }) => ({ networkId, address }));
}
