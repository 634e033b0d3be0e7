import { z } from 'zod';
import { failure } from '../errors.ts';
import { fieldRule } from '../field-rule.ts';
import { description, displayName, flag, id, ipAddress, isoTime, pageQuery, tags } from '../primitives.ts';
import { hostRoute } from './subnet.ts';

/** So many addresses a router has outside at most. */
export const mostGatewayAddresses = 8;

/**
 * The way out, through an external network. Addresses are chosen by whoever manages that network; for all others it is the
 * next free one of each family that the network has.
 */
export const routerGatewayWanted = z.strictObject({
  networkId: id,
  addresses: z
    .array(z.strictObject({ subnetId: id.optional(), address: ipAddress.optional() }))
    .min(1, fieldRule('must name an address', 'Name an address or a subnet, or leave addresses out.'))
    .max(
      mostGatewayAddresses,
      fieldRule(
        `must name at most ${mostGatewayAddresses} addresses`,
        `Name at most ${mostGatewayAddresses} addresses.`,
      ),
    )
    .optional(),
  /** Whether what leaves there has the gateway's address. Without it the data centre must know the way back. */
  hasSnat: z.boolean().optional(),
});

/** What the least of hosts keeps in one namespace without being asked twice. */
export const mostRoutes = 30;

export const routerCreate = z.strictObject({
  name: displayName,
  description: description.default(''),
  tags: tags.default([]),
  isEnabled: z.boolean().default(true),
  gateway: routerGatewayWanted.nullable().default(null),
});

export const routerUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  tags: tags.optional(),
  isEnabled: z.boolean().optional(),
  /** Null: none. What is not said of it stays, unless it is on another network. */
  gateway: routerGatewayWanted.nullable().optional(),
  /** Instead of those there are; each next hop is on a network of the router. */
  routes: z.array(hostRoute).max(mostRoutes).optional(),
});

/** By its subnet, whose gateway address it takes, or with a port that nobody has. */
export const routerInterfaceAdd = z
  .strictObject({ subnetId: id.optional(), portId: id.optional() })
  .refine(({ subnetId, portId }) => (subnetId === undefined) !== (portId === undefined), {
    ...fieldRule('give either subnetId or portId', 'Send subnetId or portId, and not both.'),
    path: ['subnetId'],
  });

/** The states of a router, each with a sentence for people. */
export const routerStates = {
  building: 'Its host is making what was asked for.',
  active: 'It forwards.',
  down: 'It is switched off.',
  error: 'It does not forward as it should; the reason is told with it.',
} as const satisfies Record<string, string>;
export type RouterState = keyof typeof routerStates;
export const routerState = z.enum(['building', 'active', 'down', 'error']);

const routerAddress = z.object({ subnetId: id, address: z.string() });

export const routerInterface = z.object({
  portId: id,
  networkId: id,
  macAddress: z.string(),
  addresses: z.array(routerAddress),
});

export const router = z.object({
  id,
  projectId: id,
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  isEnabled: z.boolean(),
  state: routerState,
  failure: failure.nullable(),
  interfaces: z.array(routerInterface),
  gateway: routerInterface.extend({ hasSnat: z.boolean() }).nullable(),
  routes: z.array(hostRoute),
  /** For operators; null for others, and while no host carries it. */
  hostName: z.string().nullable(),
  createdAt: isoTime,
  updatedAt: isoTime,
  /** How often it was changed. */
  revision: z.number().int(),
});
export type Router = z.infer<typeof router>;

export const routerQuery = pageQuery.extend({ projectId: id, hasGateway: flag.optional() });
