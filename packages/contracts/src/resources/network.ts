import { z } from 'zod';
import { cidrv4, description, displayName, id, ipv4, isoTime, tags } from '../primitives.ts';

export const networkCreate = z.strictObject({ name: displayName, description: description.default('') });
export const networkUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  tags: tags.optional(),
});

const dnsServers = z.array(ipv4).max(5);
/** Addresses from the first to the last, both included. */
export const addressRange = z.strictObject({ first: ipv4, last: ipv4 });
const allocationPools = z.array(addressRange).max(20);
/** A way to further addresses, which guests hear of by DHCP (RFC 3442). */
export const hostRoute = z.strictObject({ destination: cidrv4, nextHop: ipv4 });
export type HostRoute = z.infer<typeof hostRoute>;
// As many as fit the one DHCP option that carries them, with the metadata service and the gateway.
const hostRoutes = z.array(hostRoute).max(20);

export const subnetCreate = z.strictObject({
  networkId: id,
  name: displayName,
  cidr: cidrv4,
  /** Default: the first address of the range. Null: guests are told of no gateway. */
  gatewayAddress: ipv4.nullable().optional(),
  dnsServers: dnsServers.default([]),
  /** Where addresses that nobody chose come from; default: the whole range. */
  allocationPools: allocationPools.default([]),
  hostRoutes: hostRoutes.default([]),
  /** Without it guests are told nothing by DHCP, and hear of their addresses from the metadata service at most. */
  hasDhcp: z.boolean().default(true),
});

export const subnetUpdate = z.strictObject({
  name: displayName.optional(),
  gatewayAddress: ipv4.nullable().optional(),
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
});
export type Subnet = z.infer<typeof subnet>;

export const network = z.object({
  id,
  projectId: id,
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  /** Largest packet, in bytes, that guests may send: the underlay's MTU less the tunnel's header. */
  mtu: z.number().int(),
  subnets: z.array(subnet),
  portCount: z.number().int(),
  tags: z.array(z.string()),
  createdAt: isoTime,
});
export type Network = z.infer<typeof network>;
