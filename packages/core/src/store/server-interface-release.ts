import type { Core } from '../call.ts';
import type { Database, Unit } from '../database/database.ts';
import { emit } from '../events.ts';
import { hintRouters } from './floating-ip-hint.ts';
import { settleHolders, theseAddresses } from './floating-ip-holder.ts';
import { leaveNetwork, touchNetwork } from './host-network.ts';
import { membersChanged } from './security-group-members.ts';
import { askServer } from './server-lifecycle.ts';

interface ServerPort {
  readonly serverId: string;
  readonly portId: string;
}

/** Says whether a server's host is to let go of a port, or is to have it. Harmless when the server has no such port. */
export async function markLeaving(
  { tx }: Unit,
  { serverId, portId, isLeaving }: ServerPort & { readonly isLeaving: boolean },
): Promise<void> {
  await tx.port.updateMany({ where: { id: portId, serverId }, data: { isLeaving } });
}

/** Whether a server has this port, be it on its way out or not. */
export async function hasPort({ prisma }: Database, { serverId, portId }: ServerPort): Promise<boolean> {
  return (await prisma.port.count({ where: { id: portId, serverId } })) > 0;
}

/**
 * Takes a port from its server for good, and its network from the host where nobody else needs it: one that was made with
 * the interface is gone, one that was there before stays. The host hears of it after the commit. Harmless twice.
 */
export async function releaseInterface(
  unit: Unit,
  core: Core,
  { serverId, portId, requestId }: ServerPort & { readonly requestId: string },
): Promise<void> {
  const { tx } = unit;
  const port = await tx.port.findFirst({ where: { id: portId, serverId }, include: { server: true } });
  if (port === null) return;
  const { networkId, projectId, isKept } = port;
  const hostId = port.server?.hostId ?? null;
  await membersChanged(unit, core, serverId, requestId);
  await askServer(unit, core, { serverId, requestId });
  await touchNetwork(unit, core, networkId, requestId);
  const reached = await hintRouters(unit, core, { portId, requestId });
  if (isKept) await tx.port.update({ where: { id: portId }, data: { serverId: null, position: 0, isLeaving: false } });
  else await tx.port.delete({ where: { id: portId } });
  await settleHolders(unit, core, { concerned: theseAddresses(reached), requestId });
  if (hostId !== null) await leaveNetwork(unit, core, { hostId, networkId, requestId });
  await emit(tx, { projectId, noun: 'port', resourceId: portId, kind: isKept ? 'changed' : 'deleted' });
}
