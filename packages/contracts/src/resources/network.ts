import { z } from 'zod';
import { fieldRule, refusing } from '../field-rule.ts';
import { description, displayName, id, isoTime, tags } from '../primitives.ts';
import { subnet } from './subnet.ts';

/** How packets travel between hosts: in a tunnel, on a network of the data centre, or not at all. */
export const networkType = z.enum(['vxlan', 'gre', 'vlan', 'flat', 'local']);
export type NetworkType = z.infer<typeof networkType>;

/** A network of the data centre, by the name that hosts give it. */
export const physicalNetworkName = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[\w.-]+$/,
    fieldRule(
      'must consist of letters, digits, ".", "_" and "-"',
      'Use nothing but letters without accents, digits, ".", "_" and "-".',
    ),
  );

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
    const refuse = refusing(context);
    const isPhysical = type === 'vlan' || type === 'flat';
    if (isPhysical && physicalNetwork === undefined)
      refuse(
        'physicalNetwork',
        `is needed by a ${type} network`,
        'Send the name that hosts give to a network of the data centre.',
      );
    if (!isPhysical && physicalNetwork !== undefined)
      refuse(
        'physicalNetwork',
        `goes with vlan and flat, not ${type}`,
        'Leave it out, or choose the type vlan or flat.',
      );
    const hasSegment = segmentationId !== undefined;
    if (hasSegment && (type === 'flat' || type === 'local'))
      refuse('segmentationId', `${type} networks have none`, 'Leave it out, or choose the type vxlan, gre or vlan.');
    if (hasSegment && type === 'vlan' && segmentationId > highestVlan)
      refuse(
        'segmentationId',
        `must be 1 to ${highestVlan}`,
        `Send a number from 1 to ${highestVlan}, or leave it out for a free one.`,
      );
  });
export type NetworkProvider = z.infer<typeof networkProvider>;

/** IPv6 needs 1280; the most is what every host on the network's way carries, which is the default. */
const mtu = z
  .number()
  .int()
  .min(1280, fieldRule('must be 1280 or more', 'Send at least 1280, which IPv6 needs.'))
  .max(65_535);

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
