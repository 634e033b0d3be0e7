import { z } from 'zod';
import { familyOf } from '../address-form.ts';
import { cidr, description, displayName, id, ipAddress, isoTime, tags } from '../primitives.ts';

/** How packets travel between hosts: in a tunnel, on a network of the data centre, or not at all. */
export const networkType = z.enum(['vxlan', 'gre', 'vlan', 'flat', 'local']);
export type NetworkType = z.infer<typeof networkType>;

/** A network of the data centre, by the name that hosts give it. */
export const physicalNetworkName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.-]+$/, 'must consist of letters, digits, ".", "_" and "-"');

const highestVlan = 4094;
const highestTunnelKey = 2 ** 24 - 1;

/**
 * Where a network is, which only operators say. `segmentationId` is the VXLAN network identifier, the GRE key or the
 * 802.1Q identifier; none: a free one, of a VLAN from the ranges of its physical network.
 */
export const networkProvider = z
  .strictObject({
    type: networkType.default('vxlan'),
    physicalNetwork: physicalNetworkName.optional(),
    segmentationId: z.number().int().min(1).max(highestTunnelKey).optional(),
  })
  .superRefine(({ type, physicalNetwork, segmentationId }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const isPhysical = type === 'vlan' || type === 'flat';
    if (isPhysical && physicalNetwork === undefined) refuse('physicalNetwork', `is needed by a ${type} network`);
    if (!isPhysical && physicalNetwork !== undefined) refuse('physicalNetwork', `goes with vlan and flat, not ${type}`);
    const hasSegment = segmentationId !== undefined;
    if (hasSegment && (type === 'flat' || type === 'local')) refuse('segmentationId', `${type} networks have none`);
    if (hasSegment && type === 'vlan' && segmentationId > highestVlan) refuse('segmentationId', 'must be 1 to 4094');
  });
export type NetworkProvider = z.infer<typeof networkProvider>;

/** IPv6 needs 1280; the most is what every host on the network's way carries, which is the default. */
const mtu = z.number().int().min(1280, 'must be 1280 or more').max(65_535);

export const networkCreate = z.strictObject({
  name: displayName,
  description: description.default(''),
  /** One that is not enabled carries nothing. */
  isEnabled: z.boolean().default(true),
  /** What its ports have that say nothing themselves. */
  hasPortSecurity: z.boolean().default(true),
  /** The largest packet, in bytes, that its guests are told of. Default: the most. */
  mtu: mtu.optional(),
  tags: tags.default([]),
  /** By operators: how it travels. Default: a VXLAN of its own. */
  provider: networkProvider.optional(),
  /** By operators: routers have their way out through it, and floating IPs come from it. */
  isExternal: z.boolean().default(false),
  /** By operators: every project may use it. */
  isShared: z.boolean().default(false),
  /** Of its ports that have none of their own. Default: the project's default one; null: none. */
  qosPolicyId: id.nullable().optional(),
});
export type NetworkCreate = z.infer<typeof networkCreate>;
export const networkUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  tags: tags.optional(),
  isEnabled: z.boolean().optional(),
  /** Ports that are there keep what they have. */
  hasPortSecurity: z.boolean().optional(),
  mtu: mtu.optional(),
  /** By operators. */
  isExternal: z.boolean().optional(),
  /** By operators. */
  isShared: z.boolean().optional(),
  /** Null: none. */
  qosPolicyId: id.nullable().optional(),
});

const dnsServers = z.array(ipAddress).max(5);
/** Addresses from the first to the last, both included. */
export const addressRange = z.strictObject({ first: ipAddress, last: ipAddress });
const allocationPools = z.array(addressRange).max(20);
/** A way to further addresses, which guests hear of by DHCP (RFC 3442). */
export const hostRoute = z.strictObject({ destination: cidr, nextHop: ipAddress });
export type HostRoute = z.infer<typeof hostRoute>;
// As many as fit the one DHCP option that carries them, with the metadata service and the gateway.
const hostRoutes = z.array(hostRoute).max(20);

/**
 * How guests of an IPv6 subnet come by their address: they make it themselves from router advertisements (slaac), that and
 * ask DHCP for the rest (dhcpv6-stateless), or are given it by DHCP (dhcpv6-stateful).
 */
export const ipv6Mode = z.enum(['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless']);

const subnetFields = z.strictObject({
  networkId: id,
  name: displayName,
  /** A range of either family. May be left out where it comes from a pool. */
  cidr: cidr.optional(),
  /** The pool that the range is taken from; with a range, that one. */
  subnetPoolId: id.optional(),
  /** How large a range of the pool is wanted. Default: as the pool says. */
  prefixLength: z.number().int().min(1).max(126).optional(),
  /** Null, the default: nobody tells guests, who are given an address all the same. */
  ipv6Mode: ipv6Mode.nullable().default(null),
  /** Default: the first address of the range. Null: guests are told of no gateway. */
  gatewayAddress: ipAddress.nullable().optional(),
  dnsServers: dnsServers.default([]),
  /** Where addresses that nobody chose come from; default: the whole range. */
  allocationPools: allocationPools.default([]),
  hostRoutes: hostRoutes.default([]),
  /** Without it guests are told nothing by DHCP, and hear of their addresses from the metadata service at most. */
  hasDhcp: z.boolean().default(true),
});

/** What does not go together in a subnet of a range: each fault with its field. */
export function subnetFaults(
  subnet: Parameters<typeof addressesOf>[0] & {
    readonly cidr: string;
    readonly ipv6Mode?: string | null | undefined;
    readonly hasDhcp?: boolean | undefined;
  },
): Array<{ field: string; message: string }> {
  const { cidr: range, ipv6Mode: mode = null, allocationPools: pools = [], hasDhcp = true } = subnet;
  const family = familyOf(range);
  const faults = Object.entries(addressesOf(subnet)).flatMap(([field, addresses]) => {
    const other = addresses.find((address) => familyOf(address) !== family);
    return other === undefined ? [] : [{ field, message: `${other} is not IPv${family}, as ${range} is` }];
  });
  if (mode === null) return faults;
  const isSelfMade = mode !== 'dhcpv6-stateful';
  const rules: ReadonlyArray<readonly [boolean, string, string]> = [
    [family !== 6, 'ipv6Mode', 'goes with an IPv6 range'],
    [isSelfMade && !range.endsWith('/64'), 'cidr', `must be a /64 with ${mode}`],
    [isSelfMade && pools.length > 0, 'allocationPools', `guests make their addresses themselves with ${mode}`],
    [!hasDhcp, 'hasDhcp', 'must be true: hosts tell guests by it what ipv6Mode says'],
  ];
  return [...faults, ...rules.flatMap(([isBroken, field, message]) => (isBroken ? [{ field, message }] : []))];
}

/** Throughout a subnet there are addresses of one family. */
export const subnetCreate = subnetFields.superRefine((subnet, context) => {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { cidr: range, subnetPoolId, prefixLength } = subnet;
  if (range === undefined && subnetPoolId === undefined) refuse('cidr', 'is needed without subnetPoolId');
  if (prefixLength !== undefined && (range !== undefined || subnetPoolId === undefined)) {
    refuse('prefixLength', 'goes with subnetPoolId, and without cidr');
  }
  if (range === undefined) return;
  for (const { field, message } of subnetFaults({ ...subnet, cidr: range })) refuse(field, message);
});

/** The addresses of a subnet by the field that names them. */
export function addressesOf(subnet: {
  readonly gatewayAddress?: string | null | undefined;
  readonly dnsServers?: readonly string[] | undefined;
  readonly allocationPools?: ReadonlyArray<{ readonly first: string; readonly last: string }> | undefined;
  readonly hostRoutes?: readonly HostRoute[] | undefined;
}): Record<'gatewayAddress' | 'dnsServers' | 'allocationPools' | 'hostRoutes', string[]> {
  const { gatewayAddress, dnsServers: servers = [], allocationPools: pools = [], hostRoutes: routes = [] } = subnet;
  return {
    gatewayAddress: gatewayAddress ? [gatewayAddress] : [],
    dnsServers: [...servers],
    allocationPools: pools.flatMap(({ first, last }) => [first, last]),
    hostRoutes: routes.flatMap(({ destination, nextHop }) => [destination, nextHop]),
  };
}

export const subnetUpdate = z.strictObject({
  name: displayName.optional(),
  gatewayAddress: ipAddress.nullable().optional(),
  dnsServers: dnsServers.optional(),
  /** Instead of those there are; none: the whole range. */
  allocationPools: allocationPools.optional(),
  hostRoutes: hostRoutes.optional(),
  hasDhcp: z.boolean().optional(),
  tags: tags.optional(),
});

export const subnet = z.object({
  id,
  networkId: id,
  projectId: id,
  name: z.string(),
  cidr: z.string(),
  ipv6Mode: ipv6Mode.nullable(),
  /** The pool that its range is from. */
  subnetPoolId: id.nullable(),
  /** The scope of that pool. */
  addressScopeId: id.nullable(),
  gatewayAddress: z.string().nullable(),
  /** Where DHCP and DNS answer on every host of the network. */
  dhcpAddress: z.string(),
  dnsServers: z.array(z.string()),
  /** Where addresses that nobody chose come from, without the gateway's and the one of DHCP. */
  allocationPools: z.array(addressRange),
  hostRoutes: z.array(hostRoute),
  hasDhcp: z.boolean(),
  tags: z.array(z.string()),
  createdAt: isoTime,
  updatedAt: isoTime,
  /** How often it was changed. */
  revision: z.number().int(),
});
export type Subnet = z.infer<typeof subnet>;

export const network = z.object({
  id,
  projectId: id,
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  isEnabled: z.boolean(),
  hasPortSecurity: z.boolean(),
  isExternal: z.boolean(),
  /** Whether others than its own project may use it: all, or that of the caller. */
  isShared: z.boolean(),
  /** Shown to operators; null to others. */
  provider: z
    .object({
      type: networkType,
      physicalNetwork: z.string().nullable(),
      segmentationId: z.number().int().nullable(),
    })
    .nullable(),
  /** Largest packet, in bytes, that guests may send: the underlay's MTU less the tunnel's header. */
  mtu: z.number().int(),
  qosPolicyId: id.nullable(),
  subnets: z.array(subnet),
  portCount: z.number().int(),
  tags: z.array(z.string()),
  createdAt: isoTime,
  updatedAt: isoTime,
  /** How often it was changed. */
  revision: z.number().int(),
});
export type Network = z.infer<typeof network>;
