import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { FreeAddress } from '../address/address-choice.ts';
import { ask, type Database, type Transaction } from '../database/database.ts';
import { uuidArray } from './uuid-array.ts';

// Ports with what they have, read and written in one statement: lists and creates pay for it.

const row = z.object({
  id: z.string(),
  projectId: z.string(),
  networkId: z.string(),
  name: z.string(),
  description: z.string(),
  serverId: z.string().nullable(),
  routerId: z.string().nullable(),
  deviceOwner: z.string(),
  isKept: z.boolean(),
  position: z.number(),
  macAddress: z.string(),
  isEnabled: z.boolean(),
  hasPortSecurity: z.boolean(),
  allowedAddressPairs: z.unknown(),
  dhcpOptions: z.unknown(),
  dnsName: z.string().nullable(),
  qosPolicyId: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.date(),
  updatedAt: z.date(),
  revision: z.number(),
  addresses: z.array(z.object({ subnetId: z.string(), address: z.string() })),
  securityGroups: z.array(z.object({ securityGroupId: z.string() })),
});
export type ShownPort = z.output<typeof row>;

const columns = Prisma.sql`
  port.id, port.project_id AS "projectId", port.network_id AS "networkId", port.name, port.description,
  port.server_id AS "serverId", port.router_id AS "routerId", port.device_owner AS "deviceOwner",
  port.is_kept AS "isKept", port.position, port.mac_address AS "macAddress", port.is_enabled AS "isEnabled",
  port.has_port_security AS "hasPortSecurity", port.allowed_address_pairs AS "allowedAddressPairs",
  port.dhcp_options AS "dhcpOptions", port.dns_name AS "dnsName", port.qos_policy_id AS "qosPolicyId", port.tags,
  port.created_at AS "createdAt", port.updated_at AS "updatedAt", port.revision`;

/** Ports by their ids, in any order. */
export async function readPorts(database: Database, ids: readonly string[]): Promise<ShownPort[]> {
  const named = Prisma.sql`ANY(${uuidArray(ids)}::uuid[])`;
  const rows = await ask(
    database,
    Prisma.sql`
    SELECT ${columns}, coalesce(addresses.all, '[]') AS addresses, coalesce(groups.all, '[]') AS "securityGroups"
    FROM port
    LEFT JOIN (
      SELECT port_id, json_agg(json_build_object('subnetId', subnet_id, 'address', address)) AS all
      FROM port_address WHERE port_id = ${named} GROUP BY port_id
    ) AS addresses ON addresses.port_id = port.id
    LEFT JOIN (
      SELECT port_id, json_agg(json_build_object('securityGroupId', security_group_id)) AS all
      FROM port_security_group WHERE port_id = ${named} GROUP BY port_id
    ) AS groups ON groups.port_id = port.id
    WHERE port.id = ${named}`,
  );
  return z.array(row).parse(rows);
}

/** A port that is made by itself, with all that it has from the beginning. */
export interface NewPort {
  readonly projectId: string;
  readonly networkId: string;
  readonly macAddress: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly isEnabled: boolean;
  readonly hasPortSecurity: boolean;
  readonly allowedAddressPairs: readonly object[];
  readonly dhcpOptions: readonly object[];
  readonly dnsName: string | null;
  readonly qosPolicyId: string | null;
  readonly addresses: readonly FreeAddress[];
  readonly groupIds: readonly string[];
}

/** Writes it with its addresses and its groups. Throws what the database says of a MAC address that is taken. */
export async function insertPort(tx: Transaction, port: NewPort): Promise<ShownPort> {
  const { addresses, groupIds } = port;
  const securityGroups = groupIds.map((securityGroupId) => ({ securityGroupId }));
  const [made] = await tx.$queryRaw<object[]>`
    WITH port AS (
      INSERT INTO port (project_id, network_id, mac_address, name, description, tags, is_enabled, has_port_security,
        allowed_address_pairs, dhcp_options, dns_name, qos_policy_id, is_kept)
      VALUES (${port.projectId}::uuid, ${port.networkId}::uuid, ${port.macAddress}, ${port.name}, ${port.description},
        ${[...port.tags]}::text[], ${port.isEnabled}, ${port.hasPortSecurity},
        ${JSON.stringify(port.allowedAddressPairs)}::jsonb, ${JSON.stringify(port.dhcpOptions)}::jsonb,
        ${port.dnsName}, ${port.qosPolicyId}::uuid, true)
      RETURNING *
    ), addressed AS (
      INSERT INTO port_address (port_id, subnet_id, network_id, address)
      SELECT port.id, one.subnet_id, port.network_id, one.address
      FROM port, unnest(${addresses.map(({ subnetId }) => subnetId)}::uuid[],
        ${addresses.map(({ address }) => address)}::text[]) AS one (subnet_id, address)
    ), grouped AS (
      INSERT INTO port_security_group (port_id, security_group_id)
      SELECT port.id, one FROM port, unnest(${[...groupIds]}::uuid[]) AS one
    )
    SELECT ${columns} FROM port`;
  return row.parse({ ...made, addresses: addresses.map((each) => ({ ...each })), securityGroups });
}
