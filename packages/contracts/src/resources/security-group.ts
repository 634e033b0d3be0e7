import { z } from 'zod';
import { cidrv4, description, displayName, id, isoTime, tags } from '../primitives.ts';

export const direction = z.enum(['ingress', 'egress']);
export const protocol = z.enum(['tcp', 'udp', 'icmp', 'any']);

/** One allow rule. Ports are inclusive and only for tcp and udp; neither prefix nor group means from or to anywhere. */
export const securityGroupRuleCreate = z
  .strictObject({
    direction,
    protocol,
    portMin: z.number().int().min(1).max(65_535).optional(),
    portMax: z.number().int().min(1).max(65_535).optional(),
    remotePrefix: cidrv4.optional(),
    /** A group of the same project: the addresses that its ports have on the same network, as they come and go. */
    remoteGroupId: id.optional(),
    description: description.default(''),
  })
  .superRefine((rule, context) => {
    const hasPorts = rule.portMin !== undefined || rule.portMax !== undefined;
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (hasPorts && rule.protocol !== 'tcp' && rule.protocol !== 'udp')
      refuse('portMin', 'ports go only with tcp and udp');
    if ((rule.portMin === undefined) !== (rule.portMax === undefined))
      refuse('portMax', 'give both portMin and portMax, or neither');
    if (rule.portMin !== undefined && rule.portMax !== undefined && rule.portMin > rule.portMax)
      refuse('portMax', 'must not be below portMin');
    if (rule.remotePrefix !== undefined && rule.remoteGroupId !== undefined)
      refuse('remoteGroupId', 'give remotePrefix or remoteGroupId, not both');
  });

export const securityGroupCreate = z.strictObject({ name: displayName, description: description.default('') });
export const securityGroupUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  tags: tags.optional(),
});

export const securityGroupRule = z.object({
  id,
  direction,
  protocol,
  portMin: z.number().nullable(),
  portMax: z.number().nullable(),
  remotePrefix: z.string().nullable(),
  remoteGroupId: id.nullable(),
  description: z.string(),
});

export type SecurityGroupRule = z.infer<typeof securityGroupRule>;
export type SecurityGroupRuleCreate = z.input<typeof securityGroupRuleCreate>;

export const securityGroup = z.object({
  id,
  projectId: id,
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  tags: z.array(z.string()),
  rules: z.array(securityGroupRule),
  /** How many ports have it. */
  portCount: z.number().int(),
  createdAt: isoTime,
});
export type SecurityGroup = z.infer<typeof securityGroup>;
