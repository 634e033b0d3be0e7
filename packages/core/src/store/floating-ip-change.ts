import { UnkaiError } from '@unkai/contracts/errors';
import type { FloatingIp, floatingIpCreate, floatingIpUpdate } from '@unkai/contracts/resources/floating-ip';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { createFloatingPort, type ExternalNetwork, refuseChosen } from './external-network.ts';
import { type FoundFloatingIp, readFloatingIp, recordFloatingIp, viewFloatingIp } from './floating-ip.ts';
import { type HeldAddress, settleHolders, theseAddresses } from './floating-ip-holder.ts';
import { findTarget, requireUnreached, type Target, tellReach, type WantedTarget } from './floating-ip-target.ts';

type NewFloatingIp = Omit<z.infer<typeof floatingIpCreate>, 'networkId'> & {
  readonly projectId: string;
  readonly network: ExternalNetwork;
};

/**
 * Takes an address of an external network for a project, and lets it reach a port where one is named. Throws
 * `quota_exceeded`, `addresses_exhausted`, and what `findTarget` throws.
 */
export async function createFloatingIp(unit: Unit, call: Call, input: NewFloatingIp): Promise<FloatingIp> {
  const { tx } = unit;
  const { projectId, network, subnetId, address, description, tags, portId, fixedAddress } = input;
  refuseChosen(call, network, { address }, 'address');
  await lockProject(tx, projectId);
  await spend(tx, projectId, { floatingIps: 1 });
  const wanted = { ...(subnetId !== undefined && { subnetId }), ...(address !== undefined && { address }) };
  const external = await createFloatingPort(tx, { network, wanted, field: 'address' });
  const place = { networkId: network.id, projectId };
  const target = portId ? await reached(unit, place, { portId, fixedAddress }, null) : null;
  const kept = { ...place, externalPortId: external.id, address: external.address, description, tags };
  const { id } = await tx.floatingIp.create({ data: { ...kept, ...target }, select: { id: true } });
  await tell(unit, call, [target]);
  await settleFloatingIp(unit, call, kept);
  const row = await readFloatingIp(unit, id);
  await recordFloatingIp(unit, call, 'created', { row });
  return viewFloatingIp(row);
}

async function reached(
  { tx }: Unit,
  place: { readonly networkId: string; readonly projectId: string },
  wanted: WantedTarget,
  floatingIpId: string | null,
): Promise<Target> {
  const target = await findTarget(tx, place, wanted);
  await requireUnreached(tx, target, { floatingIpId });
  return target;
}

type Reach = Pick<FoundFloatingIp, 'portId' | 'routerId'> | Target | null;

function tell(unit: Unit, call: Call, reaches: readonly Reach[]): Promise<void> {
  const portIds = reaches.map((each) => each?.portId ?? null);
  const routerIds = reaches.map((each) => each?.routerId ?? null);
  return tellReach(unit, call.core, { requestId: call.requestId, portIds, routerIds });
}

/** When it is written: lets the host that has the address keep it, begin to leave it, or another get it. */
export function settleFloatingIp(unit: Unit, call: Call, { networkId, address }: HeldAddress): Promise<void> {
  const concerned = theseAddresses([{ networkId, address }]);
  return settleHolders(unit, call.core, { concerned, requestId: call.requestId });
}

/**
 * Lets a floating IP reach another port, or none, without ever reaching both. Throws `wrong_state` for one that has port
 * forwardings, and what `findTarget` throws.
 */
export async function updateFloatingIp(
  unit: Unit,
  call: Call,
  found: FoundFloatingIp,
  { description, tags, portId: wanted, fixedAddress }: z.infer<typeof floatingIpUpdate>,
): Promise<FloatingIp> {
  const { tx } = unit;
  const { id, networkId, projectId } = found;
  await lockProject(tx, projectId);
  const was = await readFloatingIp(unit, id);
  const portId = wanted === undefined && fixedAddress !== undefined ? was.portId : wanted;
  const words = { ...(description !== undefined && { description }), ...(tags !== undefined && { tags }) };
  const isMoved = portId !== undefined;
  if (portId && was.forwardings.length > 0) {
    throw new UnkaiError('wrong_state', `The floating IP ${was.address} has port forwardings.`, {
      next: 'Delete them first.',
    });
  }
  const target = portId ? await reached(unit, { networkId, projectId }, { portId, fixedAddress }, id) : null;
  if (isMoved) await tell(unit, call, [was, target]);
  const nobody = { portId: null, fixedAddress: null, ...(was.forwardings.length === 0 && { routerId: null }) };
  const data = { ...words, ...(isMoved && (target ?? nobody)) };
  await tx.floatingIp.update({ where: { id }, data, select: { id: true } });
  if (isMoved) await settleFloatingIp(unit, call, was);
  const row = await readFloatingIp(unit, id);
  await recordFloatingIp(unit, call, 'changed', { row, was });
  return viewFloatingIp(row);
}

/** Gives a floating IP back; what it reached is reached no more, and its forwardings go with it. */
export async function deleteFloatingIp(unit: Unit, call: Call, found: FoundFloatingIp): Promise<void> {
  const { tx } = unit;
  const { id, projectId } = found;
  await lockProject(tx, projectId);
  const row = await readFloatingIp(unit, id);
  await tell(unit, call, [row]);
  await tx.floatingIp.delete({ where: { id }, select: { id: true } });
  await settleFloatingIp(unit, call, row);
  await tx.port.delete({ where: { id: row.externalPortId }, select: { id: true } });
  await recordFloatingIp(unit, call, 'deleted', { row });
}
