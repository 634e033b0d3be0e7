import { isSelfMade, selfMade } from '../address/address-choice.ts';
import type { Transaction } from '../database/database.ts';

interface Subnet {
  readonly id: string;
  readonly networkId: string;
  readonly cidr: string;
  readonly ipv6Mode: string | null;
}

/**
 * Gives the ports that are on a network already the addresses that they make themselves on its new subnet; those of
 * routers choose theirs. Tells whether there was any. The caller holds the network's `lockAddresses`.
 */
export async function addressPorts(tx: Transaction, subnet: Subnet): Promise<boolean> {
  if (!isSelfMade(subnet)) return false;
  const { networkId } = subnet;
  const ports = await tx.port.findMany({
    where: { networkId, deviceOwner: '' },
    select: { id: true, macAddress: true },
  });
  const data = ports.map((port) => ({ portId: port.id, networkId, ...selfMade(subnet, port.macAddress) }));
  await tx.portAddress.createMany({ data });
  return data.length > 0;
}
