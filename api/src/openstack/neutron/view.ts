import { familyOf } from '@unkai/contracts/address-form';
import type { Port } from '@unkai/contracts/resources/port';
import type { SecurityGroup, securityGroupRule } from '@unkai/contracts/resources/security-group';
import type { Subnet } from '@unkai/contracts/resources/subnet';
import { allows } from '@unkai/core/access';
import type { Call } from '@unkai/core/call';
import type { NetworkInList } from '@unkai/core/store/network';
import type { PortBinding } from '@unkai/core/store/port-binding';
import type { z } from 'zod';

type Rule = z.infer<typeof securityGroupRule>;

/** A moment as Neutron writes it, to the second. */
function neutronTime(time: string): string {
  return `${time.slice(0, 19)}Z`;
}

interface Owned {
  readonly projectId: string;
  readonly createdAt: string;
  readonly updatedAt?: string;
  readonly revision?: number;
}

/** What everything has that belongs to a project; revisions are told of what is counted in them. */
export function owned({ projectId, createdAt, updatedAt = createdAt, revision }: Owned) {
  return {
    tenant_id: projectId,
    project_id: projectId,
    created_at: neutronTime(createdAt),
    updated_at: neutronTime(updatedAt),
    ...(revision !== undefined && { revision_number: revision }),
  };
}

export function networkView(network: NetworkInList) {
  const { id, name, description, mtu, subnets, isDefault, tags, provider } = network;
  return {
    id,
    name,
    description,
    mtu,
    tags,
    ...owned(network),
    status: 'ACTIVE',
    admin_state_up: network.isEnabled,
    shared: network.isShared,
    'router:external': network.isExternal,
    port_security_enabled: network.hasPortSecurity,
    is_default: isDefault,
    subnets: subnets.map((subnet) => subnet.id),
    qos_policy_id: network.qosPolicyId,
    ipv4_address_scope: scopeOf(subnets, 4),
    ipv6_address_scope: scopeOf(subnets, 6),
    availability_zone_hints: [],
    availability_zones: [],
    ...(provider !== null && {
      'provider:network_type': provider.type,
      'provider:physical_network': provider.physicalNetwork,
      'provider:segmentation_id': provider.segmentationId,
    }),
  };
}

/** The scope of a network's subnets of a family; they are all of one. */
function scopeOf(subnets: NetworkInList['subnets'], family: 4 | 6): string | null {
  return subnets.find(({ cidr }) => familyOf(cidr) === family)?.addressScopeId ?? null;
}

export function subnetView(subnet: Subnet) {
  const { id, name, networkId, cidr, gatewayAddress, dnsServers, allocationPools, hostRoutes, hasDhcp, tags } = subnet;
  return {
    id,
    name,
    cidr,
    tags,
    ...owned(subnet),
    description: '',
    network_id: networkId,
    ip_version: familyOf(cidr),
    enable_dhcp: hasDhcp,
    gateway_ip: gatewayAddress,
    dns_nameservers: dnsServers,
    allocation_pools: allocationPools.map(({ first, last }) => ({ start: first, end: last })),
    host_routes: hostRoutes.map(({ destination, nextHop }) => ({ destination, nexthop: nextHop })),
    ipv6_address_mode: subnet.ipv6Mode,
    ipv6_ra_mode: subnet.ipv6Mode,
    subnetpool_id: subnet.subnetPoolId,
  };
}

/** The names by which it is found in its network; hosts for those who may know of them (`isOperator`). */
function bindingView({ addresses }: Port, { guestName, hostName }: PortBinding, isOperator: boolean) {
  const name = guestName ?? '';
  const assigned = guestName === null ? [] : addresses.map(({ address }) => address);
  return {
    dns_name: name,
    dns_assignment: assigned.map((ip_address) => ({ hostname: name, ip_address, fqdn: `${name}.${guestDomain}.` })),
    ...(isOperator && {
      'binding:host_id': hostName ?? '',
      'binding:vif_type': hostName === null ? 'unbound' : 'ovs',
      'binding:vif_details': {},
      'binding:profile': {},
    }),
  };
}

const guestDomain = 'novalocal';

/** What no server and no router has. */
export const unbound: PortBinding = { guestName: null, hostName: null };

export function portView({ actor }: Call, port: Port, binding: PortBinding) {
  const { id, networkId, serverId, routerId, deviceOwner, name, description, tags, macAddress, addresses } = port;
  const { securityGroupIds } = port;
  return {
    id,
    name,
    description,
    tags,
    ...owned(port),
    network_id: networkId,
    mac_address: macAddress,
    fixed_ips: addresses.map(({ subnetId, address }) => ({ subnet_id: subnetId, ip_address: address })),
    device_id: serverId ?? routerId ?? '',
    device_owner: serverId === null ? deviceOwner : 'compute:nova',
    status: port.isEnabled && (serverId !== null || routerId !== null) ? 'ACTIVE' : 'DOWN',
    admin_state_up: port.isEnabled,
    port_security_enabled: port.hasPortSecurity,
    allowed_address_pairs: port.allowedAddressPairs.map((pair) => ({
      ip_address: pair.prefix,
      mac_address: pair.macAddress ?? macAddress,
    })),
    extra_dhcp_opts: port.dhcpOptions.map(({ family, name: option, value }) => ({
      ip_version: family,
      opt_name: option,
      opt_value: value,
    })),
    qos_policy_id: port.qosPolicyId,
    'binding:vnic_type': 'normal',
    ...bindingView(port, binding, allows(actor, 'host:read', null)),
    security_groups: securityGroupIds,
  };
}

export function groupView(group: SecurityGroup) {
  const { id, name, description, tags, rules } = group;
  return {
    id,
    name,
    description,
    tags,
    ...owned(group),
    stateful: true,
    shared: group.isShared,
    security_group_rules: rules.map((rule) => ruleView(rule, group)),
  };
}

/** As Neutron names it: ICMP of IPv6 has a name of its own. */
function protocolWord({ protocol, family }: Rule): string | null {
  if (protocol === 'any') return null;
  return protocol === 'icmp' && family === 6 ? 'ipv6-icmp' : String(protocol);
}

export function ruleView(rule: Rule, { id, projectId }: Pick<SecurityGroup, 'id' | 'projectId'>) {
  return {
    id: rule.id,
    security_group_id: id,
    tenant_id: projectId,
    project_id: projectId,
    direction: rule.direction,
    ethertype: `IPv${rule.family}`,
    protocol: protocolWord(rule),
    // Of ICMP these are the type and the code.
    port_range_min: rule.icmpType ?? rule.portMin,
    port_range_max: rule.icmpCode ?? rule.portMax,
    remote_ip_prefix: rule.remotePrefix,
    remote_group_id: rule.remoteGroupId,
    description: rule.description,
  };
}
