import { randomBytes } from 'node:crypto';
import type { FreeAddress } from '../address/address-choice.ts';
import type { Transaction } from '../database/database.ts';

// A locally administered unicast prefix, and 40 random bits: two alike on one network are refused by the database, and
// in practice never happen.
const macPrefix = 'fa';
const macRandomBytes = 5;

export function newMacAddress(): string {
  return [macPrefix, ...(randomBytes(macRandomBytes).toString('hex').match(/../g) ?? [])].join(':');
}

/** Gives a port its addresses and its groups, in one statement. */
export async function attach(
  tx: Transaction,
  port: { readonly id: string; readonly networkId: string },
  addresses: readonly FreeAddress[],
  groupIds: readonly string[],
): Promise<void> {
  const subnetIds = addresses.map(({ subnetId }) => subnetId);
  const texts = addresses.map(({ address }) => address);
  await tx.$executeRaw`
    WITH addressed AS (
      INSERT INTO port_address (port_id, subnet_id, network_id, address)
      SELECT ${port.id}::uuid, one.subnet_id, ${port.networkId}::uuid, one.address
      FROM unnest(${subnetIds}::uuid[], ${texts}::text[]) AS one (subnet_id, address)
    )
    INSERT INTO port_security_group (port_id, security_group_id) SELECT ${port.id}::uuid, unnest(${groupIds}::uuid[])`;
}

/** A port that goes when its server goes. */
export interface ServerPort {
  readonly id: string;
  readonly projectId: string;
  readonly networkId: string;
  readonly serverId: string;
  /** Which interface of its server it is, from 0. */
  readonly position: number;
  readonly macAddress: string;
  readonly hasPortSecurity: boolean;
}

/** Writes a port with its addresses and its groups, in one statement. */
export async function insertServerPort(
  tx: Transaction,
  port: ServerPort,
  addresses: readonly FreeAddress[],
  groupIds: readonly string[],
): Promise<void> {
  const subnetIds = addresses.map(({ subnetId }) => subnetId);
  const texts = addresses.map(({ address }) => address);
  await tx.$executeRaw`
    WITH port AS (
      INSERT INTO port (id, project_id, network_id, server_id, position, mac_address, has_port_security)
      VALUES (${port.id}::uuid, ${port.projectId}::uuid, ${port.networkId}::uuid, ${port.serverId}::uuid,
        ${port.position}::integer, ${port.macAddress}, ${port.hasPortSecurity})
      RETURNING id, network_id
    ), addressed AS (
      INSERT INTO port_address (port_id, subnet_id, network_id, address)
      SELECT port.id, one.subnet_id, port.network_id, one.address
      FROM port, unnest(${subnetIds}::uuid[], ${texts}::text[]) AS one (subnet_id, address)
    )
    INSERT INTO port_security_group (port_id, security_group_id)
    SELECT port.id, one FROM port, unnest(${[...groupIds]}::uuid[]) AS one`;
}
