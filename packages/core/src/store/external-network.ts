import { randomUUID } from 'node:crypto';
import { allows, granted } from '../access.ts';
import { type FreeAddress, lockAddresses, type WantedAddress, wantedAddress } from '../address-choice.ts';
import type { Call } from '../call.ts';
import type { Transaction } from '../database.ts';
import { isOpenTo, isOpenToCaller, withPolicies } from './network-access.ts';
import { attach, newMacAddress } from './port-rows.ts';
import { refuseField } from './refusal.ts';
import { deviceOwners } from './router.ts';

export interface ExternalNetwork {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
}

/** For whom a network is looked up, and where the caller named it. */
export interface ExternalUse {
  readonly projectId: string;
  readonly field: string;
}

/**
 * Looks up the network that a router of the project is to have its way out through, or that its floating IP is to come
 * from. Who may see a network that is not external for the project is told so.
 */
export async function findExternalNetwork(
  call: Call,
  id: string,
  { projectId, field }: ExternalUse,
): Promise<ExternalNetwork> {
  const row = await call.core.database.prisma.network.findUnique({ where: { id }, include: withPolicies });
  const network = await granted(call, 'network:read', row, {
    noun: 'network',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name, isShared: isOpenToCaller(call, row) }),
  });
  if (!isOpenTo(network, projectId, 'access_as_external')) {
    const message = `names ${network.name}, which is not an external network for this project`;
    throw refuseField(field, message, 'Ask an operator for one.');
  }
  return network;
}

/** Addresses of a network that is not theirs are dealt out to tenants; who manages the network chooses. */
export function refuseChosen(call: Call, network: ExternalNetwork, wanted: WantedAddress, field: string): void {
  if (wanted.address === undefined || allows(call.actor, 'network:update', network.projectId)) return;
  throw refuseField(field, `may be chosen only by who manages ${network.name}`, 'Leave it out.');
}

export interface ExternalPort {
  readonly network: ExternalNetwork;
  readonly wanted: WantedAddress;
  /** Where the caller named the address. */
  readonly field: string;
  /** The router whose gateway it is; null for the port that keeps a floating IP's address. */
  readonly routerId: string | null;
}

/**
 * Writes a port on an external network, which belongs to the network's project: tenants do not see it. Throws `addresses_exhausted`, and what `wantedAddress` throws.
 */
export async function createExternalPort(
  tx: Transaction,
  { network, wanted, field, routerId }: ExternalPort,
): Promise<FreeAddress & { readonly id: string }> {
  if ((await tx.subnet.count({ where: { networkId: network.id } })) === 0) {
    throw refuseField('networkId', `${network.name} has no subnet`, 'Ask an operator to make one.');
  }
  await lockAddresses(tx, [network.id]);
  const free = await wantedAddress(tx, network, wanted, field);
  const id = randomUUID();
  const deviceOwner = routerId === null ? deviceOwners.floatingIp : deviceOwners.gateway;
  const { id: networkId, projectId } = network;
  const data = { id, projectId, networkId, routerId, deviceOwner, macAddress: newMacAddress(), isKept: true };
  await tx.port.create({ data, select: { id: true } });
  await attach(tx, { id, networkId }, [free], []);
  return { id, ...free };
}
