import { UnkaiError } from '@unkai/contracts/errors';
import type {
  PortForwarding,
  portForwardingCreate,
  portForwardingUpdate,
} from '@unkai/contracts/resources/floating-ip';
import type { z } from 'zod';
import { notFound } from '../access.ts';
import type { Call } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { lockProject } from '../quota/quota.ts';
import { type FoundFloatingIp, readFloatingIp, recordFloatingIp, viewForwarding } from './floating-ip.ts';
import { settleFloatingIp } from './floating-ip-change.ts';
import { findTarget, requireUnreached, tellReach } from './floating-ip-target.ts';
import { refuseField } from './refusal.ts';

type Given = Omit<z.infer<typeof portForwardingCreate>, 'floatingIpId'>;
type Forwarding = FoundFloatingIp['forwardings'][number];

/** One floating IP leads to so many ports at most. */
const mostForwardings = 200;

/**
 * Lets ports of a floating IP lead to ports of a guest. Throws `wrong_state` for one that reaches a port as a whole,
 * `invalid_input` for ranges that cannot be or that are taken, `conflict` for an address that has a floating IP, and what
 * `findTarget` throws.
 */
export async function createPortForwarding(
  unit: Unit,
  call: Call,
  found: FoundFloatingIp,
  input: Given,
): Promise<PortForwarding> {
  await lockProject(unit.tx, found.projectId);
  const was = await readFloatingIp(unit, found.id);
  if (was.portId !== null) {
    const next = 'Take it off the port first, or use another floating IP.';
    throw new UnkaiError('wrong_state', `The floating IP ${was.address} reaches a port as a whole.`, { next });
  }
  if (was.forwardings.length >= mostForwardings) {
    throw refuseField(
      'floatingIpId',
      `names one that has ${mostForwardings} forwardings, the most there may be`,
      'Choose another floating IP, or delete forwardings of this one.',
    );
  }
  const columns = await columnsOf(unit, was, input, null);
  const { id } = await unit.tx.portForwarding.create({
    data: { floatingIpId: was.id, ...columns },
    select: { id: true },
  });
  return written(unit, call, was, { id, detail: `forwarding added: ${inWords(columns)}` });
}

export async function updatePortForwarding(
  unit: Unit,
  call: Call,
  found: FoundFloatingIp,
  { id, floatingIpId: _, ...change }: z.infer<typeof portForwardingUpdate>,
): Promise<PortForwarding> {
  await lockProject(unit.tx, found.projectId);
  const was = await readFloatingIp(unit, found.id);
  const present = forwardingOf(was, id);
  // A range of one port stays one when its beginning moves.
  const ends = {
    externalPortMax: change.externalPortMin === undefined ? present.externalPortMax : undefined,
    internalPortMax: change.internalPortMin === undefined ? present.internalPortMax : undefined,
  };
  const { description, protocol, externalPortMin, portId, internalPortMin } = viewForwarding(present);
  const kept = { description, protocol, externalPortMin, portId, internalPortMin };
  const address = change.portId === undefined ? { fixedAddress: present.fixedAddress } : {};
  const columns = await columnsOf(unit, was, { ...kept, ...ends, ...address, ...defined(change) }, id);
  await unit.tx.portForwarding.update({ where: { id }, data: columns, select: { id: true } });
  return written(unit, call, was, { id, detail: `forwarding changed: ${inWords(columns)}` });
}

function defined<Values extends object>(values: Values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Throws `not_found` for a forwarding of another floating IP. */
export async function deletePortForwarding(unit: Unit, call: Call, found: FoundFloatingIp, id: string): Promise<void> {
  const { tx } = unit;
  await lockProject(tx, found.projectId);
  const was = await readFloatingIp(unit, found.id);
  const gone = forwardingOf(was, id);
  await tellReach(unit, call.core, reachOf(call, [was.routerId]));
  await tx.portForwarding.delete({ where: { id }, select: { id: true } });
  if (was.forwardings.length === 1 && was.portId === null) {
    await tx.floatingIp.update({ where: { id: was.id }, data: { routerId: null }, select: { id: true } });
  }
  await settleFloatingIp(unit, call, was);
  const row = await readFloatingIp(unit, was.id);
  await recordFloatingIp(unit, call, 'changed', { row, was, detail: `forwarding removed: ${inWords(gone)}` });
}

/** Throws `not_found` for one of another floating IP. */
export function forwardingOf({ forwardings }: FoundFloatingIp, id: string): Forwarding {
  const forwarding = forwardings.find((each) => each.id === id);
  if (forwarding === undefined) throw notFound('port-forwarding', id);
  return forwarding;
}

function reachOf({ requestId }: Call, routerIds: ReadonlyArray<string | null>) {
  return { requestId, routerIds, portIds: [] };
}

/** All its forwardings go through one router, which is where the address is. */
async function columnsOf(unit: Unit, row: FoundFloatingIp, input: Given, id: string | null) {
  const { description, protocol, externalPortMin, internalPortMin } = input;
  const { externalPortMax = externalPortMin, internalPortMax = internalPortMin } = input;
  if (externalPortMax < externalPortMin)
    throw refuseField(
      'externalPortMax',
      'must not be below externalPortMin',
      'Send the lower port as externalPortMin and the higher one as externalPortMax.',
    );
  if (externalPortMax - externalPortMin !== internalPortMax - internalPortMin) {
    throw refuseField(
      'internalPortMax',
      'must make a range as long as the external one',
      'Make both ranges of one length, or leave internalPortMax out.',
    );
  }
  const clash = row.forwardings.find(
    (each) =>
      each.id !== id &&
      each.protocol === protocol &&
      each.externalPortMin <= externalPortMax &&
      externalPortMin <= each.externalPortMax,
  );
  if (clash)
    throw refuseField(
      'externalPortMin',
      `is in use: ${inWords(clash)}`,
      'Choose a port of the floating IP that is free.',
    );
  const target = await findTarget(unit.tx, row, input);
  await requireUnreached(unit.tx, target, 'forwarding');
  const { routerId, portId, fixedAddress } = target;
  const isFirst = row.forwardings.every((each) => each.id === id);
  if (!isFirst && row.routerId !== routerId) {
    throw refuseField(
      'portId',
      'is behind another router than the other forwardings of this floating IP',
      'Choose a port behind the same router, or another floating IP.',
    );
  }
  await unit.tx.floatingIp.update({ where: { id: row.id }, data: { routerId }, select: { id: true } });
  const ranges = { externalPortMin, externalPortMax, internalPortMin, internalPortMax };
  return { description, protocol, portId, fixedAddress, ...ranges };
}

function inWords({
  protocol,
  externalPortMin,
  fixedAddress,
  internalPortMin,
}: Omit<Forwarding, 'id' | 'createdAt' | 'floatingIpId'>) {
  return `${protocol} ${externalPortMin} to ${fixedAddress} ${internalPortMin}`;
}

async function written(
  unit: Unit,
  call: Call,
  was: FoundFloatingIp,
  { id, detail }: { readonly id: string; readonly detail: string },
): Promise<PortForwarding> {
  const row = await readFloatingIp(unit, was.id);
  await tellReach(unit, call.core, reachOf(call, [was.routerId, row.routerId]));
  await settleFloatingIp(unit, call, was);
  await recordFloatingIp(unit, call, 'changed', { row, was, detail });
  return viewForwarding(forwardingOf(row, id));
}
