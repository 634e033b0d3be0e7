import { UnkaiError } from '@unkai/contracts/errors';
import { desired } from '@unkai/contracts/host/desired';
import type { DB } from '@unkai/prisma/kysely';
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Database } from '../database/database.ts';
import { imageSpec } from './desired-image.ts';
import { diskBytes } from './disk-size.ts';
import { guestHostName } from './guest-host-name.ts';
import { absent, type Desired } from './wanted.ts';

/**
 * A server that its host should have, with all it needs to run and to answer its guest while the control plane is away,
 * in one query. Throws `image_missing` for a server without an image: saying `absent` would purge its disk.
 */
export async function desiredServer({ kysely }: Database, hostId: string, id: string): Promise<Desired<'server'>> {
  const row = await serverRow(kysely, hostId, id);
  if (!row) return absent;
  if (row.desired_presence !== 'present') return { presence: 'absent', generation: row.generation };
  if (row.image === null) throw new UnkaiError('image_missing', `The server ${id} has no image.`);
  const image = imageSpec(row.image);
  const groups = row.ports.flatMap(({ securityGroups }) => securityGroups);
  return desired.server.parse({
    presence: 'present',
    generation: row.generation,
    spec: {
      id: row.id,
      projectId: row.project_id,
      projectName: row.project_name,
      name: row.name,
      hostName: guestHostName(row.name, row.id),
      power: row.desired_power,
      vcpus: row.vcpus,
      memoryMib: row.memory_mib,
      rootDiskBytes: diskBytes(row.disk_gib, image.virtualSizeBytes),
      image,
      ports: row.ports.map(portSpec),
      actions: row.actions,
      arrival: row.arrival,
      guest: guestSpec(row, [...new Set(groups)]),
    },
  });
}

type Row = NonNullable<Awaited<ReturnType<typeof serverRow>>>;

function guestSpec(row: Row, securityGroups: string[]) {
  return {
    flavorName: row.flavor_name,
    imageId: row.image?.id,
    // Placed, so it has one.
    availabilityZone: row.availability_zone ?? '',
    reservationId: row.reservation_id,
    launchIndex: 0,
    publicKeys: row.public_keys,
    metadata: row.metadata,
    userData: row.user_data,
    securityGroups,
    createdAt: row.created_at.toISOString(),
    publicIpv4: row.public_ipv4,
  };
}

// A port in no group can reach out and cannot be reached. Groups say both directions themselves: each is made with a
// rule that allows all egress, and who removes it means it.
const rulesWithoutGroup = ([4, 6] as const).map((family) => ({
  ...({ direction: 'egress', family, protocol: 'any' } as const),
  portMin: null,
  portMax: null,
  remotePrefix: null,
}));

function portSpec({ securityGroups, rules, ...port }: Row['ports'][number]) {
  return { ...port, rules: securityGroups.length === 0 ? rulesWithoutGroup : rules };
}

function serverRow(kysely: Database['kysely'], hostId: string, id: string) {
  return kysely
    .selectFrom('server')
    .innerJoin('project', 'project.id', 'server.project_id')
    .where('server.id', '=', id)
    .where('server.host_id', '=', hostId)
    .selectAll('server')
    .select((query) => [
      'project.name as project_name',
      jsonObjectFrom(
        query
          .selectFrom('image')
          .whereRef('image.id', '=', 'server.image_id')
          .select(['id', 'name', 'sha256', 'size_bytes', 'virtual_size_bytes', 'disk_format']),
      ).as('image'),
      jsonArrayFrom(
        query
          .selectFrom('server_action')
          .whereRef('server_action.server_id', '=', 'server.id')
          .where('done_at', 'is', null)
          .select(['id', 'kind'])
          .orderBy('created_at')
          .orderBy('id'),
      ).as('actions'),
      jsonArrayFrom(portRows(query)).as('ports'),
      query
        .selectFrom('server_migration')
        .whereRef('server_migration.server_id', '=', 'server.id')
        .where('to_host_id', '=', hostId)
        .where('switched_at', 'is not', null)
        .select('server_migration.id')
        .as('arrival'),
      query
        .selectFrom('floating_ip')
        .innerJoin('port', 'port.id', 'floating_ip.port_id')
        .whereRef('port.server_id', '=', 'server.id')
        .orderBy('port.position')
        .orderBy('floating_ip.fixed_address')
        .limit(1)
        .select('floating_ip.address')
        .as('public_ipv4'),
    ])
    .executeTakeFirst();
}

/** The ports of the server in the outer query, in the order of its interfaces. */
function portRows(query: ExpressionBuilder<DB, 'server' | 'project'>) {
  return query
    .selectFrom('port')
    .innerJoin('network', 'network.id', 'port.network_id')
    .whereRef('port.server_id', '=', 'server.id')
    .where('port.is_leaving', '=', false)
    .orderBy('port.position')
    .select((port) => [
      'port.id',
      'port.network_id as networkId',
      'port.mac_address as macAddress',
      'network.mtu',
      sql<boolean>`${port.ref('network.is_enabled')} AND ${port.ref('port.is_enabled')}`.as('isEnabled'),
      'port.has_port_security as hasPortSecurity',
      'port.allowed_address_pairs as allowedAddressPairs',
      'port.dhcp_options as dhcpOptions',
      'port.dns_name as dnsName',
      'network.tunnel_key as tunnelKey',
      jsonArrayFrom(addressRows(port)).as('addresses'),
      jsonArrayFrom(ruleRows(port)).as('rules'),
      qosOf(port).as('qos'),
      sql<string[]>`ARRAY(
        SELECT security_group.name FROM port_security_group
        JOIN security_group ON security_group.id = port_security_group.security_group_id
        WHERE port_security_group.port_id = ${port.ref('port.id')} ORDER BY security_group.name)`.as('securityGroups'),
    ]);
}

/** The limits and the mark of the port's own policy, or of its network's; null where that says neither. */
function qosOf(port: ExpressionBuilder<DB, 'port' | 'network'>) {
  const limit = (direction: 'egress' | 'ingress') => sql`
    (jsonb_agg(jsonb_build_object('kilobitsPerSecond', kilobits_per_second, 'burstKilobits', burst_kilobits))
      FILTER (WHERE kind = 'bandwidth-limit' AND direction = ${direction}))->0`;
  return sql<unknown>`(
    SELECT CASE WHEN count(*) = 0 THEN NULL ELSE
      jsonb_build_object('egress', ${limit('egress')}, 'ingress', ${limit('ingress')}, 'dscpMark', max(dscp_mark)) END
    FROM qos_rule
    WHERE qos_policy_id = coalesce(${port.ref('port.qos_policy_id')}, ${port.ref('network.qos_policy_id')})
      AND kind IN ('bandwidth-limit', 'dscp-marking'))`;
}

function addressRows(query: ExpressionBuilder<DB, 'port' | 'network'>) {
  return query
    .selectFrom('port_address')
    .innerJoin('subnet', 'subnet.id', 'port_address.subnet_id')
    .whereRef('port_address.port_id', '=', 'port.id')
    .orderBy(sql`family(port_address.address::inet), port_address.address::inet`)
    .select((address) => [
      'port_address.subnet_id as subnetId',
      'port_address.address',
      sql<number>`masklen(${address.ref('subnet.cidr')}::cidr)`.as('prefixLength'),
      'subnet.gateway_address as gatewayAddress',
      'subnet.dns_servers as dnsServers',
      'subnet.has_dhcp as hasDhcp',
      'subnet.host_routes as hostRoutes',
    ]);
}

/** All that the port's groups allow, each rule once; a rule that names a group is one for each address in that group. */
function ruleRows(query: ExpressionBuilder<DB, 'port' | 'network'>) {
  return query
    .selectFrom('port_security_group')
    .innerJoin('security_group_rule', 'security_group_rule.security_group_id', 'port_security_group.security_group_id')
    .leftJoinLateral(remoteMembers, (join) => join.onTrue())
    .whereRef('port_security_group.port_id', '=', 'port.id')
    .where((rule) => rule.or([rule('remote_group_id', 'is', null), rule('member.address', 'is not', null)]))
    .distinct()
    .select([
      'security_group_rule.direction',
      'security_group_rule.family',
      sql<unknown>`CASE WHEN protocol ~ '^[0-9]+$' THEN to_jsonb(protocol::integer) ELSE to_jsonb(protocol) END`.as(
        'protocol',
      ),
      'security_group_rule.icmp_type as icmpType',
      'security_group_rule.icmp_code as icmpCode',
      'security_group_rule.port_min as portMin',
      'security_group_rule.port_max as portMax',
      sql<string | null>`coalesce(
        remote_prefix, member.address || CASE security_group_rule.family WHEN 6 THEN '/128' ELSE '/32' END
      )`.as('remotePrefix'),
    ])
    .orderBy('direction')
    .orderBy('family')
    .orderBy('protocol')
    .orderBy('icmpType')
    .orderBy('icmpCode')
    .orderBy('portMin')
    .orderBy('portMax')
    .orderBy('remotePrefix');
}

/**
 * Addresses of the ports in the group that a rule names, on the port's own network: on another one the same address may be
 * anybody's.
 */
function remoteMembers(
  query: ExpressionBuilder<DB, 'port' | 'network' | 'port_security_group' | 'security_group_rule'>,
) {
  return query
    .selectFrom('port_security_group as membership')
    .innerJoin('port_address', 'port_address.port_id', 'membership.port_id')
    .whereRef('membership.security_group_id', '=', 'security_group_rule.remote_group_id')
    .whereRef('port_address.network_id', '=', 'port.network_id')
    .where(sql<boolean>`family(port_address.address::inet) = security_group_rule.family`)
    .select('port_address.address')
    .as('member');
}
