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
