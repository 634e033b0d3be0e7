import { randomBytes } from 'node:crypto';
import type { Transaction } from '../database.ts';
import type { FreeAddress } from '../ipam.ts';

// A locally administered unicast prefix, and 40 random bits: two alike on one network are refused by the database, and
// in practice never happen.
const macPrefix = 'fa';
const macRandomBytes = 5;

export function newMacAddress(): string {
  return [macPrefix, ...(randomBytes(macRandomBytes).toString('hex').match(/../g) ?? [])].join(':');
}

/** Gives a port its address and its groups, in one statement. */
export async function attach(
  tx: Transaction,
  port: { readonly id: string; readonly networkId: string },
  { subnetId, address }: FreeAddress,
  groupIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    WITH addressed AS (
      INSERT INTO port_address (port_id, subnet_id, network_id, address)
      VALUES (${port.id}::uuid, ${subnetId}::uuid, ${port.networkId}::uuid, ${address})
    )
    INSERT INTO port_security_group (port_id, security_group_id) SELECT ${port.id}::uuid, unnest(${groupIds}::uuid[])`;
}
