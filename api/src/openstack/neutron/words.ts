/** Our fields as Neutron's clients know them. What is not here has the same name there, or none. */
const words: Readonly<Record<string, string>> = {
  isEnabled: 'admin_state_up',
  isShared: 'shared',
  isExternal: 'router:external',
  hasPortSecurity: 'port_security_enabled',
  provider: 'provider:network_type',
  'provider.type': 'provider:network_type',
  'provider.physicalNetwork': 'provider:physical_network',
  'provider.segmentationId': 'provider:segmentation_id',
  projectId: 'project_id',
  networkId: 'network_id',
  gatewayAddress: 'gateway_ip',
  dnsServers: 'dns_nameservers',
  dnsName: 'dns_name',
  allocationPools: 'allocation_pools',
  hostRoutes: 'host_routes',
  hasDhcp: 'enable_dhcp',
  'gateway.networkId': 'external_gateway_info.network_id',
  'gateway.addresses': 'external_gateway_info.external_fixed_ips',
  subnetId: 'subnet_id',
  portId: 'port_id',
  fixedAddress: 'fixed_ip_address',
  macAddress: 'mac_address',
  addresses: 'fixed_ips',
  securityGroupIds: 'security_groups',
  allowedAddressPairs: 'allowed_address_pairs',
  dhcpOptions: 'extra_dhcp_opts',
  subnetPoolId: 'subnetpool_id',
  addressScopeId: 'address_scope_id',
  prefixLength: 'prefixlen',
  minPrefixLength: 'min_prefixlen',
  maxPrefixLength: 'max_prefixlen',
  defaultPrefixLength: 'default_prefixlen',
  quota: 'default_quota',
  objectId: 'object_id',
  targetProjectId: 'target_tenant',
  qosPolicyId: 'qos_policy_id',
  kilobitsPerSecond: 'max_kbps',
  burstKilobits: 'max_burst_kbps',
  dscpMark: 'dscp_mark',
  isDefault: 'is_default',
  portMin: 'port_range_min',
  portMax: 'port_range_max',
  remotePrefix: 'remote_ip_prefix',
  remoteGroupId: 'remote_group_id',
  icmpType: 'port_range_min',
  icmpCode: 'port_range_max',
  ipv6Mode: 'ipv6_address_mode',
  family: 'ethertype',
};

/** Sentences by which clients of Neutron tell faults apart. */
const phrases = [
  ['overlaps the subnet', 'overlaps with another subnet,'],
  ['The network is still in use.', 'There are one or more ports still in use on the network.'],
] as const;

function inPhrases(message: string): string {
  return phrases.reduce((text, [ours, theirs]) => text.replace(ours, theirs), message);
}

const field = /(^|[\s,])([A-Za-z]+(?:\.\w+)*)(?=: |, )/g;
/** Within a sentence only what can be no word of English: `subnetId`, not `family`. */
const fieldWithin = /\b[a-z]+[A-Z]\w*/g;

/** A sentence that names fields, with the names that the request had. */
export function inNeutronWords(message: string): string {
  const told = inPhrases(message).replaceAll(field, (whole, before: string, name: string) => {
    const [first = '', ...rest] = name.split('.');
    const word = words[name] ?? words[first];
    if (word === undefined) return whole;
    return `${before}${[word, ...(words[name] === undefined ? rest : [])].join('.')}`;
  });
  return told.replaceAll(fieldWithin, (name) => words[name] ?? name);
}

const wantedOf = /([A-Z][A-Za-z ]+): needs/g;

/** As Neutron's clients look for it: which quota is spent, by its name there, before what of it is used. */
export function quotaWords(message: string): string {
  const spent = [...message.matchAll(wantedOf)].map(([, label = '']) => label.toLowerCase().replaceAll(' ', '_'));
  const names = spent.map((label) => (label === 'floating_ips' ? 'floatingip' : label.replace(/s$/, '')));
  return `Quota exceeded for resources: [${names.map((name) => `'${name}'`).join(', ')}]. ${message}`;
}

const takenAddress = /^(?:\w+\.\d+: )?fixed_ips\S*: .* already in use/;

/** Kinds of faults that clients tell apart and we do not. */
export function neutronType(message: string): string | null {
  return takenAddress.test(message) ? 'IpAddressAlreadyAllocated' : null;
}

const inUseTypes: Readonly<Record<string, string>> = {
  networks: 'NetworkInUse',
  subnets: 'SubnetInUse',
  ports: 'PortInUse',
  routers: 'RouterInUse',
  'security-groups': 'SecurityGroupInUse',
  'rbac-policies': 'RbacPolicyInUse',
  'address-scopes': 'AddressScopeInUse',
  'qos/policies': 'QosPolicyInUse',
};

/** What clients call it that the thing at this path is still in use; null where they have no word for it. */
export function inUseType(path: string): string | null {
  const collection = /\/v2\.0\/((?:qos\/)?[\w-]+)/.exec(path)?.[1];
  return inUseTypes[collection ?? ''] ?? null;
}
