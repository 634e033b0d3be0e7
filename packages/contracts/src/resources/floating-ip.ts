import { z } from 'zod';
import { failure } from '../errors.ts';
import { description, id, ipv4, isoTime, portNumber, tags } from '../primitives.ts';

const target = {
  /** Whom it reaches: a port on a network of a router that has its gateway on the floating IP's network. */
  portId: id.nullable().optional(),
  /** Of a port with several addresses, which. */
  fixedAddress: ipv4.optional(),
};

export const floatingIpCreate = z.strictObject({
  /** An external network. */
  networkId: id,
  /** Of its subnets, the one to take the next free address of. */
  subnetId: id.optional(),
  /** A chosen address, for who manages the network; default: the next free one. */
  address: ipv4.optional(),
  description: description.default(''),
  tags: tags.default([]),
  ...target,
});

export const floatingIpUpdate = z.strictObject({
  description: description.optional(),
  tags: tags.optional(),
  ...target,
});

const portRanges = {
  protocol: z.enum(['tcp', 'udp']),
  externalPortMin: portNumber,
  /** Default: the one port. */
  externalPortMax: portNumber.optional(),
  portId: id,
  /** Of a port with several addresses, which. */
  fixedAddress: ipv4.optional(),
  internalPortMin: portNumber,
  internalPortMax: portNumber.optional(),
};

/** Ports of a floating IP that lead to a guest's; both ranges are of one length. */
export const portForwardingCreate = z.strictObject({
  floatingIpId: id,
  description: description.default(''),
  ...portRanges,
});

export const portForwardingUpdate = z.strictObject({
  floatingIpId: id,
  id,
  description: description.optional(),
  protocol: portRanges.protocol.optional(),
  externalPortMin: portNumber.optional(),
  externalPortMax: portNumber.optional(),
  portId: id.optional(),
  fixedAddress: ipv4.optional(),
  internalPortMin: portNumber.optional(),
  internalPortMax: portNumber.optional(),
});

export const portForwarding = z.object({
  id,
  floatingIpId: id,
  description: z.string(),
  protocol: z.enum(['tcp', 'udp']),
  externalPortMin: z.number().int(),
  externalPortMax: z.number().int(),
  portId: id,
  fixedAddress: z.string(),
  internalPortMin: z.number().int(),
  internalPortMax: z.number().int(),
  createdAt: isoTime,
});
export type PortForwarding = z.infer<typeof portForwarding>;

/**
 * What a floating IP does. `waiting`: the host that had it before has not let go of it yet, or no host can have it, and it
 * passes nowhere meanwhile. `error`: the host that has it cannot let it pass. `down`: it is to reach nobody.
 */
export const floatingIpState = z.enum(['down', 'active', 'waiting', 'error']);
export type FloatingIpState = z.infer<typeof floatingIpState>;

export const floatingIp = z.object({
  id,
  projectId: id,
  networkId: id,
  address: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  portId: id.nullable(),
  fixedAddress: z.string().nullable(),
  /** The server that has the port, with its name. */
  server: z.object({ id, name: z.string() }).nullable(),
  /** The router that it reaches its port, or those of its forwardings, through. */
  routerId: id.nullable(),
  forwardings: z.array(portForwarding),
  state: floatingIpState,
  /** Why it passes nowhere, of one that waits or does not pass at the host of its server; else null. */
  failure: failure.nullable(),
  createdAt: isoTime,
  updatedAt: isoTime,
  /** How often it was changed. */
  revision: z.number().int(),
});
export type FloatingIp = z.infer<typeof floatingIp>;
