import { z } from 'zod';
import { cidrv4, description, displayName, id, ipv4, isoTime, tags } from '../primitives.ts';

export const networkCreate = z.strictObject({ name: displayName, description: description.default('') });
export const networkUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  tags: tags.optional(),
});

const dnsServers = z.array(ipv4).max(5);

export const subnetCreate = z.strictObject({
  networkId: id,
  name: displayName,
  cidr: cidrv4,
  /** Default: the first address of the range. Null: guests are told of no gateway. */
  gatewayAddress: ipv4.nullable().optional(),
  dnsServers: dnsServers.default([]),
});

export const subnetUpdate = z.strictObject({
  name: displayName.optional(),
  gatewayAddress: ipv4.nullable().optional(),
  dnsServers: dnsServers.optional(),
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
