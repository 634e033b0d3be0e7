import { z } from 'zod';
import { cidrv4, description, displayName, id, ipv4, isoTime } from '../primitives.ts';

export const networkCreate = z.strictObject({ name: displayName, description: description.default('') });
export const networkUpdate = z.strictObject({ name: displayName.optional(), description: description.optional() });

export const subnetCreate = z.strictObject({
  networkId: id,
  name: displayName,
  cidr: cidrv4,
  /** Default: the first address of the range. */
  gatewayAddress: ipv4.optional(),
  dnsServers: z.array(ipv4).max(5).default([]),
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
  createdAt: isoTime,
});
export type Network = z.infer<typeof network>;
