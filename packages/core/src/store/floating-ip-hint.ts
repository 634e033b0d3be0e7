import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Unit } from '../database.ts';
import { hintBranches } from './router-touch.ts';

const carried = z.array(z.object({ id: z.string(), hostId: z.string(), guestHostId: z.string().nullable() }));

/**
 * Hints the hosts of the routers that reach a port, or the ports of a server that go with it, for what is about to be
 * deleted: the database itself takes the floating IPs off it and raises the generations.
 */
export async function hintRouters(
  unit: Unit,
  core: Core,
  gone: { readonly portId?: string; readonly serverId?: string; readonly requestId: string },
): Promise<void> {
  const { tx, afterCommit } = unit;
  const { portId = null, serverId = null, requestId } = gone;
  const found = await tx.$queryRaw<unknown[]>`
    SELECT DISTINCT router.id, router.host_id AS "hostId", server.host_id AS "guestHostId" FROM port
    LEFT JOIN server ON server.id = port.server_id
    JOIN floating_ip ON floating_ip.port_id = port.id OR floating_ip.id IN
      (SELECT floating_ip_id FROM port_forwarding WHERE port_forwarding.port_id = port.id)
    JOIN router ON router.id = floating_ip.router_id AND router.host_id IS NOT NULL
    WHERE port.id = ${portId}::uuid OR (port.server_id = ${serverId}::uuid AND NOT port.is_kept)`;
  const routers = carried.parse(found);
  for (const { id, guestHostId } of routers) {
    hintBranches(unit, core, { routerId: id, requestId, ...(guestHostId !== null && { leftHostId: guestHostId }) });
  }
  afterCommit(async () => {
    for (const { id, hostId } of routers) await core.queues.hintHost(hostId, { noun: 'router', id, requestId });
  });
}
