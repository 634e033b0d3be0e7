import { UnkaiError } from '@unkai/contracts/errors';
import { type ServerAttach, serverCan, serverState } from '@unkai/contracts/resources/server';
import { notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database.ts';
import { emit } from '../events.ts';
import { hintRouters } from './floating-ip-hint.ts';
import { announceNetworks, leaveNetwork, touchNetwork } from './host-network.ts';
import { findPortPlace } from './network.ts';
import { findPort } from './port.ts';
import { createPort } from './port-change.ts';
import { refuseField, refuseInUse } from './refusal.ts';
import { membersChanged } from './security-group-members.ts';
import type { ServerRow } from './server.ts';
import { askServer } from './server-lifecycle.ts';

type PortPlace = Awaited<ReturnType<typeof findPortPlace>>;

/** What a server is to be given: a port that is there, or one that is made on a network. */
export type AttachPart =
  | { readonly portId: string; readonly networkId: string }
  | { readonly place: PortPlace; readonly address: string | undefined };

/**
 * Looks up what a server is to be attached to: a port of its project, or a network that the project may use. Throws
 * `invalid_input` for neither or both, and for the port of another project.
 */
export async function findAttachPart(call: Call, row: ServerRow, ask: ServerAttach): Promise<AttachPart> {
  const { portId, networkId, address } = ask;
  if ((portId === undefined) === (networkId === undefined)) throw refuseField('portId', 'give portId or networkId');
  if (networkId !== undefined) return { place: await findPortPlace(call, networkId, row.project_id), address };
  if (address !== undefined) throw refuseField('address', 'goes with networkId: a port has its addresses');
  const port = await findPort(call, 'port:update', portId ?? '');
  if (port.projectId !== row.project_id) throw refuseField('portId', 'names no port of this project');
  if (port.deviceOwner !== '') throw refuseField('portId', 'names a port that a router or a floating IP has');
  return { portId: port.id, networkId: port.networkId };
}

/**
 * Gives a server that is off one more interface; its host hears of it after the commit. A port that is made for it goes
 * with it, one that was there stays. Throws `wrong_state`, `in_use` for the port of another server, and what making a
 * port throws.
 */
export async function attachInterface(unit: Unit, call: Call, row: ServerRow, part: AttachPart): Promise<string> {
  const { tx } = unit;
  const { core, requestId } = call;
  const made = 'place' in part ? await makePort(unit, call, part) : null;
  const hostId = await lockOff(unit, row);
  const portId = 'place' in part ? (made ?? '') : part.portId;
  const networkId = 'place' in part ? part.place.network.id : part.networkId;
  const present = await tx.port.findMany({ where: { serverId: row.id }, select: { position: true, networkId: true } });
  if (present.some((each) => each.networkId === networkId)) {
    throw refuseField(made === null ? 'portId' : 'networkId', 'names a network that the server has an interface on');
  }
  const position = Math.max(-1, ...present.map((each) => each.position)) + 1;
  const data = { serverId: row.id, position, ...(made !== null && { isKept: false }) };
  const { count } = await tx.port.updateMany({ where: { id: portId, serverId: null }, data });
  refuseInUse('The port', count === 1 ? [] : [{ field: 'portId', message: 'a server has it, or it is gone' }]);
  await membersChanged(unit, core, row.id, requestId);
  await askServer(unit, core, { serverId: row.id, requestId });
  if (hostId !== null) await announceNetworks(unit, core, { serverId: row.id, hostId, requestId });
  await record(unit, call, row, { action: 'server:attach', portId });
  return portId;
}

async function makePort(unit: Unit, call: Call, { place, address }: Extract<AttachPart, { place: PortPlace }>) {
  const addresses = address === undefined ? undefined : [{ address }];
  const input = { networkId: place.network.id, projectId: place.projectId, ...(addresses && { addresses }) };
  return (await createPort(unit, call, place, input)).id;
}

/**
 * Takes an interface from a server that is off. A port that was made with it goes; one that was there before stays.
 * Throws `wrong_state`, and `not_found` for a port that the server does not have.
 */
export async function detachInterface(unit: Unit, call: Call, row: ServerRow, portId: string): Promise<void> {
  const { tx } = unit;
  const { core, requestId } = call;
  const hostId = await lockOff(unit, row);
  const port = await tx.port.findFirst({ where: { id: portId, serverId: row.id } });
  if (port === null) throw notFound('port of this server', portId);
  const { networkId, projectId, isKept } = port;
  await membersChanged(unit, core, row.id, requestId);
  await askServer(unit, core, { serverId: row.id, requestId });
  await touchNetwork(unit, core, networkId, requestId);
  if (!isKept) await hintRouters(unit, core, { portId, requestId });
  if (isKept) await tx.port.update({ where: { id: portId }, data: { serverId: null, position: 0 } });
  else await tx.port.delete({ where: { id: portId } });
  if (hostId !== null) await leaveNetwork(unit, core, { hostId, networkId, requestId });
  await emit(tx, { projectId, noun: 'port', resourceId: portId, kind: isKept ? 'changed' : 'deleted' });
  await record(unit, call, row, { action: 'server:detach', portId });
}

/** Locks the server, which must be off and stay so until the commit. Gives its host. Throws `wrong_state`. */
async function lockOff({ tx }: Unit, row: ServerRow): Promise<string | null> {
  const where = { id: row.id, state: { in: [...serverCan.attach.states] } };
  const [found] = await tx.server.updateManyAndReturn({
    where,
    data: { updatedAt: new Date() },
    select: { hostId: true },
  });
  if (found !== undefined) return found.hostId;
  const reason = serverCan.attach.reason({ state: serverState.parse(row.state) });
  throw new UnkaiError('wrong_state', reason ?? 'Another operation has just begun.');
}

function record(
  unit: Unit,
  call: Call,
  { id, name, project_id: projectId }: ServerRow,
  { action, portId }: { readonly action: 'server:attach' | 'server:detach'; readonly portId: string },
) {
  return recordChange(unit, call, { action, kind: 'changed', id, name, projectId, detail: `the port ${portId}` });
}
