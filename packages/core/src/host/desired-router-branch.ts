import { desired } from '@unkai/contracts/host/desired';
import type { DB } from '@unkai/prisma/kysely';
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Database } from '../database/database.ts';
import { deviceOwners } from '../store/router.ts';
import { portRows } from './desired-router.ts';
import { absentFrom, isHeldBy, leftAt } from './held.ts';
import type { Desired } from './wanted.ts';

/** What a host does for a router of another: the floating IPs of its own guests. In one query. */
export async function desiredRouterBranch(
  { kysely }: Database,
  hostId: string,
  id: string,
): Promise<Desired<'router-branch'>> {
  const told = await kysely
    .selectFrom('host')
    .where('host.id', '=', hostId)
    .select((query) => [
      jsonObjectFrom(branchRow(query, hostId, id)).as('branch'),
      leftAt({ hostId, routerId: id, noun: 'router-branch' }).as('leftAt'),
    ])
    .executeTakeFirst();
  const row = told?.branch ?? null;
  const [gateway] = row?.gateways ?? [];
  if (row === null || gateway === undefined || row.floatingIps.length === 0) return absentFrom(told);
  const { generation, ports, gateways: _, ...spec } = row;
  const networks = new Set(spec.floatingIps.map(({ networkId }) => networkId));
  const interfaces = ports.filter(
    ({ deviceOwner, networkId }) => deviceOwner === deviceOwners.interface && networks.has(networkId),
  );
  return desired['router-branch'].parse({ presence: 'present', generation, spec: { ...spec, interfaces, gateway } });
}

function branchRow(query: ExpressionBuilder<DB, 'host'>, hostId: string, id: string) {
  return query
    .selectFrom('router')
    .where('router.id', '=', id)
    .select(['router.id', 'router.generation', 'router.project_id as projectId', 'router.name'])
    .select((router) => [
      jsonArrayFrom(portRows(router)).as('ports'),
      jsonArrayFrom(floatingRows(router, hostId)).as('floatingIps'),
      jsonArrayFrom(gatewayRows(router, hostId)).as('gateways'),
      otherPrefixes.as('otherPrefixes'),
    ]);
}

/** The networks that its interfaces are on, and where its own routes lead. */
const otherPrefixes = sql<string[]>`ARRAY(
  SELECT subnet.cidr FROM port JOIN port_address ON port_address.port_id = port.id
    JOIN subnet ON subnet.id = port_address.subnet_id
    WHERE port.router_id = router.id AND port.device_owner = ${sql.lit(deviceOwners.interface)} AND family(subnet.cidr::inet) = 4
  UNION SELECT route ->> 'destination' FROM jsonb_array_elements(router.routes) AS route
    WHERE family((route ->> 'destination')::inet) = 4
  ORDER BY 1)`;

type OfRouter = ExpressionBuilder<DB, 'router'>;

function floatingRows(query: OfRouter, hostId: string) {
  return query
    .selectFrom('floating_ip')
    .innerJoin('port', 'port.id', 'floating_ip.port_id')
    .whereRef('floating_ip.router_id', '=', 'router.id')
    .where('floating_ip.fixed_address', 'is not', null)
    .where(isHeldBy(hostId, 'router-branch'))
    .orderBy('floating_ip.id')
    .select(['floating_ip.id', 'floating_ip.address', 'floating_ip.fixed_address as fixedAddress'])
    .select('port.network_id as networkId');
}

/** Its place on the external network, with a MAC address that follows from the router's port and the host. */
function gatewayRows(query: OfRouter, hostId: string) {
  const digits = sql<string>`md5(port.id::text || ${hostId}::text)`;
  return query
    .selectFrom('port')
    .innerJoin('network', 'network.id', 'port.network_id')
    .innerJoin('port_address', 'port_address.port_id', 'port.id')
    .innerJoin('subnet', 'subnet.id', 'port_address.subnet_id')
    .whereRef('port.router_id', '=', 'router.id')
    .where('port.device_owner', '=', deviceOwners.gateway)
    .where(sql<boolean>`family(port_address.address::inet) = 4`)
    .orderBy('port_address.address')
    .limit(1)
    .select(['port.id as portId', 'network.mtu', 'network.physical_network as physicalNetwork'])
    .select([
      sql<string>`'0a:' || regexp_replace(left(${digits}, 10), '(..)(?=.)', '\\1:', 'g')`.as('macAddress'),
      sql<number | null>`CASE network.network_type WHEN 'vlan' THEN network.segmentation_id END`.as('vlan'),
      sql<number>`masklen(subnet.cidr::cidr)`.as('prefixLength'),
      'subnet.gateway_address as nextHop',
    ]);
}
