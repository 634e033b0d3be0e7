import { randomUUID } from 'node:crypto';
import { allows, granted } from '../access.ts';
import {
  chooseAddresses,
  type FreeAddress,
  lockAddresses,
  type WantedAddress,
  wantedAddress,
} from '../address/address-choice.ts';
import type { Call } from '../call.ts';
import type { Transaction } from '../database/database.ts';
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

export interface NewFloatingAddress {
  readonly network: ExternalNetwork;
  readonly wanted: WantedAddress;
  /** Where the caller named the address. */
  readonly field: string;
}

/**
 * Writes the port that keeps a floating IP's address, an IPv4 address unless another is asked for. Throws
 * `addresses_exhausted`, and what `wantedAddress` throws.
 */
export async function createFloatingPort(
  tx: Transaction,
  { network, wanted, field }: NewFloatingAddress,
): Promise<FreeAddress & { readonly id: string }> {
  await lockExternal(tx, network, 'networkId');
  const free = await wantedAddress(tx, network, wanted, field);
  const id = await createExternalPort(tx, network, { deviceOwner: deviceOwners.floatingIp, routerId: null }, [free]);
  return { id, ...free };
}

export interface NewGateway {
  readonly network: ExternalNetwork;
  /** None: one of each family that the network has. */
  readonly wanted: readonly WantedAddress[] | undefined;
  readonly routerId: string;
}

/** Writes the port by which a router goes out. Throws `addresses_exhausted`, and what `chooseAddresses` throws. */
export async function createGatewayPort(tx: Transaction, { network, wanted, routerId }: NewGateway): Promise<void> {
  await lockExternal(tx, network, 'gateway.networkId');
  const macAddress = newMacAddress();
  const fieldOf = (index: number) => `gateway.addresses.${index}`;
  const addresses = await chooseAddresses(tx, network, { wanted, macAddress, fieldOf });
  await createExternalPort(tx, network, { deviceOwner: deviceOwners.gateway, routerId, macAddress }, addresses);
}

async function lockExternal(tx: Transaction, { id, name }: ExternalNetwork, field: string): Promise<void> {
  if ((await tx.subnet.count({ where: { networkId: id } })) === 0) {
    throw refuseField(field, `${name} has no subnet`, 'Ask an operator to make one.');
  }
  await lockAddresses(tx, [id]);
}

interface Device {
  readonly deviceOwner: string;
  readonly routerId: string | null;
  readonly macAddress?: string;
}

/** Writes a port on an external network, which belongs to the network's project: tenants do not see it. */
async function createExternalPort(
  tx: Transaction,
  { id: networkId, projectId }: ExternalNetwork,
  { macAddress = newMacAddress(), ...device }: Device,
  addresses: readonly FreeAddress[],
): Promise<string> {
  const id = randomUUID();
  await tx.port.create({
    data: { id, projectId, networkId, ...device, macAddress, isKept: true },
    select: { id: true },
  });
  await attach(tx, { id, networkId }, addresses, []);
  return id;
}
