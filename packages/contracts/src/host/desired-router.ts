import { z } from 'zod';
import { id } from '../primitives.ts';

/** A port of a router, on one of its networks. The network is on the host as well, as the noun `network`. */
const routerPort = z.object({
  portId: id,
  networkId: id,
  tunnelKey: z.number().int(),
  macAddress: z.string(),
  mtu: z.number().int(),
  addresses: z.array(
    z.object({
      address: z.string(),
      prefixLength: z.number().int(),
      /** Of the subnet; for the gateway it is the next hop to everywhere else. */
      gatewayAddress: z.string().nullable(),
    }),
  ),
});
export type DesiredRouterPort = z.infer<typeof routerPort>;

/** A router on the host that carries it: a network namespace that forwards between its ports. */
export const desiredRouterSpec = z.object({
  id,
  projectId: id,
  name: z.string(),
  isEnabled: z.boolean(),
  interfaces: z.array(routerPort),
  /** Its port on an external network. With `hasSnat` what leaves there has the first IPv4 address of that port. */
  gateway: routerPort.extend({ hasSnat: z.boolean() }).nullable(),
  routes: z.array(z.object({ destination: z.string(), nextHop: z.string() })),
  floatingIps: z.array(z.object({ id, address: z.string(), fixedAddress: z.string() })),
  /** One port of a floating IP to one of a guest; both ranges are of the same length. */
  portForwardings: z.array(
    z.object({
      id,
      address: z.string(),
      protocol: z.enum(['tcp', 'udp']),
      externalPortMin: z.number().int(),
      externalPortMax: z.number().int(),
      fixedAddress: z.string(),
      internalPortMin: z.number().int(),
      internalPortMax: z.number().int(),
    }),
  ),
});
export type DesiredRouterSpec = z.infer<typeof desiredRouterSpec>;

/**
 * What a router does on a host that is not its own, for the floating IPs of guests there: their packets go to the external
 * network and come from it right there. Everything else of the router is done where it is.
 */
export const desiredRouterBranchSpec = z.object({
  /** Of the router. */
  id,
  projectId: id,
  name: z.string(),
  /** The router's own ports on the networks of these guests, with its IPv4 addresses: what they take for their gateway. */
  interfaces: z.array(routerPort),
  /** A place of this host's own on the external network. */
  gateway: z.object({
    /** Of the router's port there. */
    portId: id,
    macAddress: z.string(),
    mtu: z.number().int(),
    physicalNetwork: z.string(),
    /** The 802.1Q identifier; null for a flat network. */
    vlan: z.number().int().nullable(),
    prefixLength: z.number().int(),
    nextHop: z.string().nullable(),
  }),
  /** Where the router itself leads to by its other ports and routes: not by way of here. */
  otherPrefixes: z.array(z.string()),
  floatingIps: z.array(z.object({ id, address: z.string(), fixedAddress: z.string(), networkId: id })),
});
export type DesiredRouterBranchSpec = z.infer<typeof desiredRouterBranchSpec>;
