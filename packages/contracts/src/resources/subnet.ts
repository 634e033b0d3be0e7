import { z } from 'zod';
import { familyOf } from '../address-form.ts';
import type { FieldError } from '../errors.ts';
import { refusing } from '../field-rule.ts';
import { cidr, displayName, id, ipAddress, isoTime, tags } from '../primitives.ts';

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

type Fault = FieldError;
type SubnetTold = Parameters<typeof addressesOf>[0] & {
  readonly cidr: string;
  readonly ipv6Mode?: string | null | undefined;
  readonly hasDhcp?: boolean | undefined;
};

/** What does not go together in a subnet of a range: each fault with its field. */
export function subnetFaults(subnet: SubnetTold): Fault[] {
  const family = familyOf(subnet.cidr);
  const faults = Object.entries(addressesOf(subnet)).flatMap(([field, addresses]): Fault[] => {
    const other = addresses.find((address) => familyOf(address) !== family);
    if (other === undefined) return [];
    const message = `${other} is not IPv${family}, as ${subnet.cidr} is`;
    return [{ field, message, fix: `Send addresses of IPv${family}, the family of the range.` }];
  });
  return [...faults, ...modeFaults(subnet)];
}

function modeFaults({ cidr: range, ipv6Mode: mode = null, allocationPools = [], hasDhcp = true }: SubnetTold): Fault[] {
  if (mode === null) return [];
  const faults: Fault[] = [];
  const refuse = (field: string, message: string, fix: string) => faults.push({ field, message, fix });
  if (familyOf(range) !== 6) refuse('ipv6Mode', 'goes with an IPv6 range', 'Leave it out.');
  const isSelfMade = mode !== 'dhcpv6-stateful';
  if (isSelfMade && !range.endsWith('/64')) {
    refuse('cidr', `must be a /64 with ${mode}`, 'Send a prefix that ends in /64, or choose dhcpv6-stateful.');
  }
  if (isSelfMade && allocationPools.length > 0) {
    const why = `guests make their addresses themselves with ${mode}`;
    refuse('allocationPools', why, 'Leave them out, or choose dhcpv6-stateful.');
  }
  if (!hasDhcp) {
    const why = 'must be true: hosts tell guests by it what ipv6Mode says';
    refuse('hasDhcp', why, 'Leave it out, or leave ipv6Mode out.');
  }
  return faults;
}

/** Throughout a subnet there are addresses of one family. */
export const subnetCreate = subnetFields.superRefine((subnet, context) => {
  const refuse = refusing(context);
  const { cidr: range, subnetPoolId, prefixLength } = subnet;
  if (range === undefined && subnetPoolId === undefined)
    refuse(
      'cidr',
      'is needed without subnetPoolId',
      'Send a prefix such as 10.0.0.0/24, or the id of a pool as subnetPoolId.',
    );
  if (prefixLength !== undefined && (range !== undefined || subnetPoolId === undefined)) {
    refuse(
      'prefixLength',
      'goes with subnetPoolId, and without cidr',
      'Leave it out, or send subnetPoolId and no cidr.',
    );
  }
  if (range === undefined) return;
  for (const { field, message, fix } of subnetFaults({ ...subnet, cidr: range })) refuse(field, message, fix);
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
