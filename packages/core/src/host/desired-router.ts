import { desired } from '@unkai/contracts/host/desired';
import type { DB } from '@unkai/prisma/kysely';
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Database } from '../database/database.ts';
import { deviceOwners } from '../store/router.ts';
import { absentFrom, isHeldBy, leftAt } from './held.ts';
import type { Desired } from './wanted.ts';

/** A router on the host that carries it, in one query. */
export async function desiredRouter({ kysely }: Database, hostId: string, id: string): Promise<Desired<'router'>> {
  const told = await kysely
    .selectFrom('host')
    .where('host.id', '=', hostId)
    .select((query) => [
      jsonObjectFrom(routerRow(query, id).where('router.host_id', '=', hostId)).as('router'),
      leftAt({ hostId, routerId: id, noun: 'router' }).as('leftAt'),
    ])
    .executeTakeFirst();
  const row = told?.router ?? null;
  if (row === null) return absentFrom(told);
  const { generation, hasSnat, ports, ...spec } = row;
  const interfaces = ports.filter(({ deviceOwner }) => deviceOwner === deviceOwners.interface);
  const gateway = ports.find(({ deviceOwner }) => deviceOwner === deviceOwners.gateway);
  return desired.router.parse({
    presence: 'present',
    generation,
    spec: { ...spec, interfaces, gateway: gateway ? { ...gateway, hasSnat } : null },
  });
}

function routerRow(query: ExpressionBuilder<DB, 'host'>, id: string) {
  return query
    .selectFrom('router')
    .where('router.id', '=', id)
    .select(['router.id', 'router.generation', 'router.project_id as projectId', 'router.name', 'router.routes'])
    .select(['router.is_enabled as isEnabled', 'router.has_snat as hasSnat'])
    .select((router) => [
      jsonArrayFrom(portRows(router)).as('ports'),
      jsonArrayFrom(floatingRows(router)).as('floatingIps'),
      jsonArrayFrom(forwardingRows(router)).as('portForwardings'),
    ]);
}

type OfRouter = ExpressionBuilder<DB, 'router'>;

/** The ports of the router in the outer query. */
export function portRows(query: OfRouter) {
  return query
    .selectFrom('port')
    .innerJoin('network', 'network.id', 'port.network_id')
    .whereRef('port.router_id', '=', 'router.id')
    .orderBy('port.created_at')
    .orderBy('port.id')
    .select(['port.id as portId', 'port.network_id as networkId', 'port.mac_address as macAddress'])
    .select(['network.mtu', 'network.tunnel_key as tunnelKey', 'port.device_owner as deviceOwner'])
    .select((port) =>
      jsonArrayFrom(
        port
          .selectFrom('port_address')
          .innerJoin('subnet', 'subnet.id', 'port_address.subnet_id')
          .whereRef('port_address.port_id', '=', 'port.id')
          .orderBy(sql`family(port_address.address::inet)`)
          .orderBy('port_address.address')
          .select((address) => [
            'port_address.address',
            sql<number>`masklen(${address.ref('subnet.cidr')}::cidr)`.as('prefixLength'),
            'subnet.gateway_address as gatewayAddress',
          ]),
      ).as('addresses'),
    );
}

/** Whether the router's own host is the one that is told to serve the row of `floating_ip`. */
const isHeldHere = isHeldBy(sql`router.host_id`, 'router');

function floatingRows(query: OfRouter) {
  return query
    .selectFrom('floating_ip')
    .whereRef('floating_ip.router_id', '=', 'router.id')
    .where('floating_ip.fixed_address', 'is not', null)
    .where(isHeldHere)
    .orderBy('floating_ip.id')
    .select(['floating_ip.id', 'floating_ip.address', 'floating_ip.fixed_address as fixedAddress']);
}

function forwardingRows(query: OfRouter) {
  return query
    .selectFrom('port_forwarding')
    .innerJoin('floating_ip', 'floating_ip.id', 'port_forwarding.floating_ip_id')
    .whereRef('floating_ip.router_id', '=', 'router.id')
    .where(isHeldHere)
    .orderBy('port_forwarding.id')
    .select(['port_forwarding.id', 'floating_ip.address', 'port_forwarding.protocol'])
    .select(['external_port_min as externalPortMin', 'external_port_max as externalPortMax'])
    .select(['port_forwarding.fixed_address as fixedAddress'])
    .select(['internal_port_min as internalPortMin', 'internal_port_max as internalPortMax']);
}
