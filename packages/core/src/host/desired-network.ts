import { desired } from '@unkai/contracts/host/desired';
import type { DB } from '@unkai/prisma/kysely';
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Database } from '../database/database.ts';
import { portHostName } from './guest-host-name.ts';
import { absent, type Desired } from './wanted.ts';

/**
 * A network on a host that must have it: its subnets, and who else is on it by which name behind which host, in one
 * query. Neighbours are the ports of servers and routers that have a host; those on this host have no underlay address.
 * Floating IPs are asked of the network: who serves one answers, and nobody has to be told that it is another.
 */
export async function desiredNetwork({ kysely }: Database, hostId: string, id: string): Promise<Desired<'network'>> {
  const row = await kysely
    .selectFrom('network')
    .innerJoin('host_network', 'host_network.network_id', 'network.id')
    .where('host_network.host_id', '=', hostId)
    .where('network.id', '=', id)
    .select((query) => [
      'network.id',
      'network.generation',
      'network.project_id as projectId',
      'network.name',
      'network.tunnel_key as tunnelKey',
      'network.mtu',
      segmentOf.as('segment'),
      jsonArrayFrom(subnetsQuery(query)).as('subnets'),
      jsonArrayFrom(neighboursQuery(query, hostId)).as('neighbours'),
    ])
    .executeTakeFirst();
  if (!row) return absent;
  const { generation, ...spec } = row;
  const neighbours = row.neighbours.map(({ serverId, serverName, dnsName, ...neighbour }) => ({
    ...neighbour,
    hostName: portHostName({ serverId, serverName, dnsName }),
  }));
  return desired.network.parse({ presence: 'present', generation, spec: { ...spec, neighbours } });
}

/** As the contract has it: of a VLAN and a flat network where it is, of the others what they are. */
const segmentOf = sql<unknown>`
  json_strip_nulls(json_build_object(
    'type', network.network_type,
    'physicalNetwork', network.physical_network,
    'vlan', CASE network.network_type WHEN 'vlan' THEN network.segmentation_id END
  ))`;

type OfNetwork = ExpressionBuilder<DB, 'network'>;

function subnetsQuery(query: OfNetwork) {
  return (
    query
      .selectFrom('subnet')
      .whereRef('subnet.network_id', '=', 'network.id')
      // Hosts serve DHCP wherever they are told of a subnet, and have nothing else to do for one.
      .where('subnet.has_dhcp', '=', true)
      .select([
        'subnet.id',
        'subnet.cidr',
        'subnet.gateway_address as gatewayAddress',
        'subnet.dhcp_address as dhcpAddress',
        'subnet.dns_servers as dnsServers',
        'subnet.host_routes as hostRoutes',
        'subnet.ipv6_mode as ipv6Mode',
      ])
      .orderBy('subnet.created_at')
      .orderBy('subnet.id')
  );
}

function neighboursQuery(query: OfNetwork, hostId: string) {
  return query
    .selectFrom('port')
    .leftJoin('server', 'server.id', 'port.server_id')
    .leftJoin('router', 'router.id', 'port.router_id')
    .innerJoin('host', (join) => join.on('host.id', '=', sql`coalesce(server.host_id, router.host_id)`))
    .whereRef('port.network_id', '=', 'network.id')
    .select((port) => [
      'port.id as portId',
      'port.mac_address as macAddress',
      'server.id as serverId',
      'server.name as serverName',
      'port.dns_name as dnsName',
      port
        .case()
        .when('host.id', '=', hostId)
        .then(null)
        .else(port.ref('host.underlay_address'))
        .end()
        .as('underlayAddress'),
      sql<string>`CASE WHEN router.id IS NULL THEN 'guest' ELSE 'router' END`.as('kind'),
      sql<string[]>`ARRAY(
        SELECT address FROM port_address WHERE port_id = ${port.ref('port.id')} ORDER BY address)`.as('addresses'),
    ])
    .orderBy('port.id');
}
