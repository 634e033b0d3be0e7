import { UnkaiError } from '@unkai/contracts/errors';
import { type ServerAttach, serverCan, serverInterfacesMax, serverState } from '@unkai/contracts/resources/server';
import { Prisma } from '@unkai/prisma/client';
import { notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { startRun } from '../workflow/start.ts';
import { announceNetworks } from './host-network.ts';
import { findPortPlace } from './network.ts';
import { findPort } from './port.ts';
import { createPort } from './port-change.ts';
import { refuseField, refuseInUse } from './refusal.ts';
import { membersChanged } from './security-group-members.ts';
import type { ServerRow } from './server.ts';
import { markLeaving, releaseInterface } from './server-interface-release.ts';
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
  if ((portId === undefined) === (networkId === undefined))
    throw refuseField('portId', 'give portId or networkId', 'Send portId or networkId, and not both.');
  if (networkId !== undefined) return { place: await findPortPlace(call, networkId, row.project_id), address };
  if (address !== undefined)
    throw refuseField(
      'address',
      'goes with networkId: a port has its addresses',
      'Leave address out, or send networkId instead of portId.',
    );
  const port = await findPort(call, 'port:update', portId ?? '');
  if (port.projectId !== row.project_id)
    throw refuseField('portId', 'names no port of this project', 'Choose a port of the project of the server.');
  if (port.deviceOwner !== '')
    throw refuseField('portId', 'names a port that a router or a floating IP has', 'Choose a port that nothing has.');
  return { portId: port.id, networkId: port.networkId };
}

/**
 * Gives a server one more interface. The host of one that is off hears of it after the commit; for one that runs a run
 * begins that has its guest given it. A port that is made for it goes with it, one that was there stays. Throws
 * `wrong_state`, `in_use` for the port of another server, and what making a port throws.
 */
export async function attachInterface(unit: Unit, call: Call, row: ServerRow, part: AttachPart): Promise<string> {
  const { core, requestId } = call;
  const made = 'place' in part ? await makePort(unit, call, part) : null;
  const { hostId, state } = await lockServer(unit, row);
  const portId = 'place' in part ? (made ?? '') : part.portId;
  await putLast(unit, row, { part, portId });
  await membersChanged(unit, core, row.id, requestId);
  if (state === 'running') {
    const again =
      'place' in part ? { networkId: part.place.network.id, ...(part.address && { address: part.address }) } : {};
    await begin(unit, call, row, { name: 'server.attach', input: { portId, ...again } });
  } else {
    await askServer(unit, core, { serverId: row.id, requestId });
    if (hostId !== null) await announceNetworks(unit, core, { serverId: row.id, hostId, requestId });
  }
  await record(unit, call, row, { action: 'server:attach', portId });
  return portId;
}

/** The port becomes the server's last interface. */
async function putLast(
  { tx }: Unit,
  row: ServerRow,
  { part, portId }: { readonly part: AttachPart; readonly portId: string },
): Promise<void> {
  const [networkId, field] = 'place' in part ? [part.place.network.id, 'networkId'] : [part.networkId, 'portId'];
  const present = await tx.port.findMany({ where: { serverId: row.id }, select: { position: true, networkId: true } });
  if (present.some((each) => each.networkId === networkId)) {
    throw refuseField(
      field,
      'names a network that the server has an interface on',
      'Choose another network: a server has one interface on each.',
    );
  }
  if (present.length >= serverInterfacesMax) {
    throw refuseField(field, `is one too many: the server has ${serverInterfacesMax} interfaces`, 'Take one from it.');
  }
  const position = Math.max(-1, ...present.map((each) => each.position)) + 1;
  const data = { serverId: row.id, position, ...('place' in part && { isKept: false }) };
  const { count } = await tx.port.updateMany({ where: { id: portId, serverId: null }, data });
  refuseInUse('The port', count === 1 ? [] : [{ field: 'portId', message: 'a server has it, or it is gone' }]);
}

async function makePort(unit: Unit, call: Call, { place, address }: Extract<AttachPart, { place: PortPlace }>) {
  const addresses = address === undefined ? undefined : [{ address }];
  const input = { networkId: place.network.id, projectId: place.projectId, ...(addresses && { addresses }) };
  return (await createPort(unit, call, place, input)).id;
}

/**
 * Takes an interface from a server: at once from one that is off, by a run that has its guest let go of it from one that
 * runs. A port that was made with it goes; one that was there before stays. Throws `wrong_state`, and `not_found` for a
 * port that the server does not have.
 */
export async function detachInterface(unit: Unit, call: Call, row: ServerRow, portId: string): Promise<void> {
  const { core, requestId } = call;
  const { state } = await lockServer(unit, row);
  const port = await unit.tx.port.findFirst({ where: { id: portId, serverId: row.id } });
  if (port === null) throw notFound('port of this server', portId);
  if (port.isLeaving) throw new UnkaiError('wrong_state', 'This interface is being taken from the server already.');
  if (state === 'running') {
    await markLeaving(unit, { serverId: row.id, portId, isLeaving: true });
    await begin(unit, call, row, { name: 'server.detach', input: { portId } });
  } else {
    await releaseInterface(unit, core, { serverId: row.id, portId, requestId });
  }
  await record(unit, call, row, { action: 'server:detach', portId });
}

interface Begun {
  readonly name: 'server.attach' | 'server.detach';
  readonly input: Record<string, string>;
}

async function begin(unit: Unit, call: Call, row: ServerRow, { name, input }: Begun): Promise<void> {
  const { id: resourceId, name: resourceName, project_id: projectId } = row;
  const { requestId, actor } = call;
  await startRun(unit, call.core, name, {
    resourceId,
    resourceName,
    projectId,
    requestId,
    userId: actor.userId,
    input,
  });
}

/** Locks the server, which must not be amid anything until the commit. Throws `wrong_state`. */
async function lockServer({ tx }: Unit, row: ServerRow): Promise<{ hostId: string | null; state: string }> {
  const where = { id: row.id, state: { in: [...serverCan.attach.states] } };
  const [found] = await tx.server.updateManyAndReturn({
    where,
    data: { updatedAt: new Date(), failure: Prisma.DbNull },
    select: { hostId: true, state: true },
  });
  if (found !== undefined) return found;
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
