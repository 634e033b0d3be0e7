import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { ask, type Database } from '../database/database.ts';
import type { Opened } from './network-access.ts';
import { uuidArray } from './uuid-array.ts';

// Networks as lists show them, read in one statement however many there are, and however much each has.

const policiesOf = Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('action', policy.action, 'targetProjectId', policy.target_project_id)), '[]')
  FROM rbac_policy AS policy WHERE policy.network_id = network.id
)`;

const policies = z.array(z.object({ action: z.string(), targetProjectId: z.string().nullable() }));
/** Lists of networks say of subnets which there are, and of which scope. */
const subnets = z.array(z.object({ id: z.string(), cidr: z.string(), addressScopeId: z.string().nullable() }));

const network = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  description: z.string(),
  mtu: z.number(),
  isDefault: z.boolean(),
  isEnabled: z.boolean(),
  isExternal: z.boolean(),
  hasPortSecurity: z.boolean(),
  networkType: z.string(),
  physicalNetwork: z.string().nullable(),
  segmentationId: z.number().nullable(),
  tunnelKey: z.number(),
  qosPolicyId: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.date(),
  updatedAt: z.date(),
  revision: z.number(),
  subnets,
  rbacPolicies: policies,
});
export type ListedNetwork = Omit<z.output<typeof network>, 'rbacPolicies'> & Opened;

/** Networks by their ids, in any order. */
export async function readNetworks(database: Database, ids: readonly string[]): Promise<ListedNetwork[]> {
  const rows = await ask(
    database,
    Prisma.sql`
    SELECT network.id, network.project_id AS "projectId", network.name, network.description, network.mtu,
      network.is_default AS "isDefault", network.is_enabled AS "isEnabled", network.is_external AS "isExternal",
      network.has_port_security AS "hasPortSecurity", network.network_type AS "networkType",
      network.physical_network AS "physicalNetwork", network.segmentation_id AS "segmentationId",
      network.tunnel_key AS "tunnelKey", network.qos_policy_id AS "qosPolicyId", network.tags,
      network.created_at AS "createdAt", network.updated_at AS "updatedAt", network.revision,
      (
        SELECT coalesce(json_agg(json_build_object(
          'id', subnet.id, 'cidr', subnet.cidr, 'addressScopeId', pool.address_scope_id
        ) ORDER BY subnet.created_at, subnet.id), '[]')
        FROM subnet LEFT JOIN subnet_pool AS pool ON pool.id = subnet.subnet_pool_id
        WHERE subnet.network_id = network.id
      ) AS subnets,
      ${policiesOf} AS "rbacPolicies"
    FROM network WHERE network.id = ANY(${uuidArray(ids)}::uuid[])`,
  );
  return z.array(network).parse(rows);
}

const portPlace = z.object({
  id: z.string(),
  name: z.string(),
  projectId: z.string(),
  hasPortSecurity: z.boolean(),
  rbacPolicies: policies,
});
export type PortNetwork = Omit<z.output<typeof portPlace>, 'rbacPolicies'> & Opened;

/** Of a network what must be known to make a port on it; null where there is none. */
export async function readPortNetwork(database: Database, id: string): Promise<PortNetwork | null> {
  const [row] = await ask(
    database,
    Prisma.sql`
    SELECT network.id, network.name, network.project_id AS "projectId", network.has_port_security AS "hasPortSecurity",
      ${policiesOf} AS "rbacPolicies"
    FROM network WHERE network.id = ${id}::uuid`,
  );
  return row === undefined ? null : portPlace.parse(row);
}
