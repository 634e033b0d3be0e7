import { sql } from 'kysely';
import {
  always,
  identity,
  moment,
  never,
  oneOf,
  operatorsOnly,
  since,
  some,
  tagFields,
  text,
  truth,
  whole,
} from './field.ts';
import type { ListTable } from './search.ts';

/** What OpenStack's things have and these never do. */
const none = always('');

/** What everything of a network has. */
export const standard = {
  id: identity('id'),
  projectId: identity('project_id'),
  description: text('description'),
  revision: whole('revision'),
  createdAt: moment('created_at'),
  updatedAt: moment('updated_at'),
  changedSince: since('updated_at'),
  none,
  ...tagFields,
};
export const own = (of: string, projectId: string) => sql<boolean>`${sql.ref(`${of}.project_id`)} = ${projectId}::uuid`;

type OpenedColumn = 'network_id' | 'qos_policy_id' | 'subnet_pool_id' | 'address_scope_id' | 'security_group_id';

/** What a project sees of things that policies open to others: its own, and what is open to it. */
export function openBy(column: OpenedColumn) {
  return (of: string, projectId: string) => sql<boolean>`(${own(of, projectId)} OR EXISTS (
    SELECT 1 FROM rbac_policy policy WHERE ${sql.ref(`policy.${column}`)} = ${sql.ref(`${of}.id`)}
      AND (policy.target_project_id IS NULL OR policy.target_project_id = ${projectId}::uuid)))`;
}

/** Whether a thing is shared with all, or with a project of the caller's. */
export function sharedBy(column: OpenedColumn) {
  return truth(
    (of, { actor }) => sql`EXISTS (
      SELECT 1 FROM rbac_policy policy
      WHERE ${sql.ref(`policy.${column}`)} = ${sql.ref(`${of}.id`)} AND policy.action = 'access_as_shared'
        AND (policy.target_project_id IS NULL
          OR policy.target_project_id = ANY(${[...actor.projectRoles.keys()]}::uuid[])))`,
  );
}

const uuids = (values: readonly string[]) => values.filter((value) => /^[\da-f-]{36}$/i.test(value));

export const networkList = {
  table: 'network',
  fields: {
    ...standard,
    name: text('name'),
    isEnabled: truth('is_enabled'),
    isDefault: truth('is_default'),
    isExternal: truth('is_external'),
    hasPortSecurity: truth('has_port_security'),
    isShared: sharedBy('network_id'),
    state: always('ACTIVE'),
    mtu: whole('mtu'),
    qosPolicyId: identity('qos_policy_id'),
    type: operatorsOnly(text('network_type')),
    physicalNetwork: operatorsOnly(text('physical_network')),
    segmentationId: operatorsOnly(
      whole((of) => {
        const { type, key, segment } = {
          type: sql.ref(`${of}.network_type`),
          key: sql.ref(`${of}.tunnel_key`),
          segment: sql.ref(`${of}.segmentation_id`),
        };
        return sql`CASE WHEN ${type} IN ('vxlan', 'gre') THEN ${key} ELSE ${segment} END`;
      }),
    ),
    subnetFamily: some(
      (of, values) => sql`EXISTS (
        SELECT 1 FROM subnet WHERE subnet.network_id = ${sql.ref(`${of}.id`)}
          AND family(subnet.cidr::cidr)::text = ANY(${values}::text[]))`,
    ),
    subnetId: some(
      (of, values) => sql`EXISTS (
        SELECT 1 FROM subnet WHERE subnet.network_id = ${sql.ref(`${of}.id`)} AND subnet.id = ANY(${uuids(values)}::uuid[]))`,
    ),
  },
  seenBy: openBy('network_id'),
} as const satisfies ListTable<string>;

export const subnetList = {
  table: 'subnet',
  fields: {
    ...standard,
    description: always(''),
    name: text('name'),
    networkId: identity('network_id'),
    cidr: text('cidr'),
    family: whole((of) => sql`family(${sql.ref(`${of}.cidr`)}::cidr)`),
    gatewayAddress: text('gateway_address'),
    hasDhcp: truth('has_dhcp'),
    ipv6Mode: text('ipv6_mode'),
    dnsServers: oneOf('dns_servers'),
    subnetPoolId: identity('subnet_pool_id'),
  },
  seenBy: (of, projectId) => sql`(${own(of, projectId)} OR EXISTS (
    SELECT 1 FROM network WHERE network.id = ${sql.ref(`${of}.network_id`)}
      AND ${networkList.seenBy('network', projectId)}))`,
} as const satisfies ListTable<string>;

/** `fixed_ips` is told as `subnet_id=…`, `ip_address=…` or `ip_address_substr=…`; every one given must hold of one address. */
function holdsAddress(of: string, values: readonly string[]) {
  const wanted = values.flatMap((value) => value.split(',')).map((value) => value.split('='));
  const conditions = wanted.map(([key, value = '']) => {
    if (key === 'subnet_id') return sql<boolean>`held.subnet_id = ANY(${uuids([value])}::uuid[])`;
    if (key === 'ip_address') return sql<boolean>`held.address = ${value}`;
    return key === 'ip_address_substr' ? sql<boolean>`position(${value} IN held.address) > 0` : sql<boolean>`false`;
  });
  return sql<boolean>`EXISTS (
    SELECT 1 FROM port_address held WHERE held.port_id = ${sql.ref(`${of}.id`)} AND ${sql.join(conditions, sql` AND `)})`;
}

export const portList = {
  table: 'port',
  fields: {
    ...standard,
    name: text('name'),
    networkId: identity('network_id'),
    macAddress: text('mac_address'),
    isEnabled: truth('is_enabled'),
    hasPortSecurity: truth('has_port_security'),
    deviceId: text((of) => sql`coalesce(${sql.ref(`${of}.server_id`)}, ${sql.ref(`${of}.router_id`)})::text`),
    serverId: identity('server_id'),
    deviceOwner: text(
      (of) =>
        sql`CASE WHEN ${sql.ref(`${of}.server_id`)} IS NULL THEN ${sql.ref(`${of}.device_owner`)} ELSE 'compute:nova' END`,
    ),
    state: text(
      (of) => sql`CASE WHEN ${sql.ref(`${of}.is_enabled`)}
        AND coalesce(${sql.ref(`${of}.server_id`)}, ${sql.ref(`${of}.router_id`)}) IS NOT NULL THEN 'ACTIVE' ELSE 'DOWN' END`,
    ),
    address: some(holdsAddress),
    securityGroupId: some(
      (of, values) => sql`EXISTS (
        SELECT 1 FROM port_security_group held
        WHERE held.port_id = ${sql.ref(`${of}.id`)} AND held.security_group_id = ANY(${uuids(values)}::uuid[]))`,
    ),
    hostName: operatorsOnly(
      text(
        (of) => sql`coalesce(
          (SELECT host.name FROM server JOIN host ON host.id = server.host_id WHERE server.id = ${sql.ref(`${of}.server_id`)}),
          (SELECT host.name FROM router JOIN host ON host.id = router.host_id WHERE router.id = ${sql.ref(`${of}.router_id`)}))`,
      ),
    ),
    qosPolicyId: identity('qos_policy_id'),
    vnicType: always('normal'),
  },
  seenBy: own,
} as const satisfies ListTable<string>;

export const routerList = {
  table: 'router',
  fields: { ...standard, name: text('name'), isEnabled: truth('is_enabled'), isDistributed: never },
  seenBy: own,
} as const satisfies ListTable<string>;

/** As Neutron says it. */
const floatingIpState = (of: string) => sql`CASE WHEN ${sql.ref(`${of}.router_id`)} IS NULL THEN 'DOWN'
  WHEN NOT EXISTS (SELECT FROM floating_ip_holder AS holder
    WHERE holder.floating_ip_id = ${sql.ref(`${of}.id`)} AND holder.leaving_generation IS NULL) THEN 'DOWN'
  WHEN EXISTS (SELECT FROM router_branch JOIN floating_ip_holder AS holder USING (host_id, router_id)
    WHERE holder.floating_ip_id = ${sql.ref(`${of}.id`)} AND holder.noun = 'router-branch') THEN 'ERROR'
  ELSE 'ACTIVE' END`;

export const floatingIpList = {
  table: 'floating_ip',
  fields: {
    ...standard,
    networkId: identity('network_id'),
    address: text('address'),
    portId: identity('port_id'),
    fixedAddress: text('fixed_address'),
    routerId: identity('router_id'),
    state: text(floatingIpState),
  },
  seenBy: own,
} as const satisfies ListTable<string>;

export const securityGroupList = {
  table: 'security_group',
  fields: {
    ...standard,
    name: text('name'),
    isDefault: truth('is_default'),
    isShared: sharedBy('security_group_id'),
    isStateful: { ...never, fits: (_, values) => sql`${values.some((value) => /^(true|1|yes|t|on|y)$/i.test(value))}` },
  },
  seenBy: openBy('security_group_id'),
} as const satisfies ListTable<string>;

const groupProject = (of: string) =>
  sql`(SELECT holder.project_id FROM security_group holder WHERE holder.id = ${sql.ref(`${of}.security_group_id`)})`;

/** As OpenStack names it: nothing is any, and ICMP of IPv6 has a name of its own. */
const protocolWord = (of: string) => sql`CASE
  WHEN ${sql.ref(`${of}.protocol`)} = 'any' THEN NULL
  WHEN ${sql.ref(`${of}.protocol`)} = 'icmp' AND ${sql.ref(`${of}.family`)} = 6 THEN 'ipv6-icmp'
  ELSE ${sql.ref(`${of}.protocol`)} END`;

export const securityGroupRuleList = {
  table: 'security_group_rule',
  fields: {
    id: identity('id'),
    projectId: identity(groupProject),
    description: text('description'),
    createdAt: moment('created_at'),
    securityGroupId: identity('security_group_id'),
    direction: text('direction'),
    ethertype: text((of) => sql`'IPv' || ${sql.ref(`${of}.family`)}`),
    protocol: text(protocolWord),
    portMin: whole((of) => sql`coalesce(${sql.ref(`${of}.icmp_type`)}, ${sql.ref(`${of}.port_min`)})`),
    portMax: whole((of) => sql`coalesce(${sql.ref(`${of}.icmp_code`)}, ${sql.ref(`${of}.port_max`)})`),
    remotePrefix: text('remote_prefix'),
    remoteGroupId: identity('remote_group_id'),
  },
  seenBy: (of, projectId) => sql`EXISTS (
    SELECT 1 FROM security_group holder WHERE holder.id = ${sql.ref(`${of}.security_group_id`)}
      AND ${securityGroupList.seenBy('holder', projectId)})`,
} as const satisfies ListTable<string>;
