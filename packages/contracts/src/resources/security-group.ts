import { z } from 'zod';
import { familyOf } from '../address-form.ts';
import { fieldRule, refusing } from '../field-rule.ts';
import { cidr, description, displayName, id, ipFamily, isoTime, portNumber, tags } from '../primitives.ts';

export const direction = z.enum(['ingress', 'egress']);
export const namedProtocol = z.enum(['tcp', 'udp', 'icmp', 'any']);
/** By name, or any other by its number in the IP header; `icmp` of IPv6 is ICMPv6. */
export const protocol = z.union(
  [namedProtocol, z.number().int().min(0).max(255)],
  fieldRule(
    'must be tcp, udp, icmp, any or a number to 255',
    'Send "tcp", "udp", "icmp", "any", or the number of another protocol, from 0 to 255.',
  ),
);
export type Protocol = z.infer<typeof protocol>;
const icmpNumber = z.number().int().min(0).max(255);

/** One allow rule. Ports are inclusive and only for tcp and udp; neither prefix nor group means from or to anywhere. */
export const securityGroupRuleCreate = z
  .strictObject({
    direction,
    /** IPv4 or IPv6. Default: that of the prefix, or IPv4. */
    family: ipFamily.optional(),
    protocol,
    portMin: portNumber.optional(),
    portMax: portNumber.optional(),
    /** Of icmp: the kind of message, and which of that kind; none is all. */
    icmpType: icmpNumber.optional(),
    icmpCode: icmpNumber.optional(),
    remotePrefix: cidr.optional(),
    /** A group of the same project: the addresses that its ports have on the same network, as they come and go. */
    remoteGroupId: id.optional(),
    description: description.default(''),
  })
  .superRefine((rule, context) => {
    const hasPorts = rule.portMin !== undefined || rule.portMax !== undefined;
    const refuse = refusing(context);
    if (hasPorts && rule.protocol !== 'tcp' && rule.protocol !== 'udp')
      refuse('portMin', 'ports go only with tcp and udp', 'Leave portMin and portMax out, or choose tcp or udp.');
    if ((rule.portMin === undefined) !== (rule.portMax === undefined))
      refuse(
        'portMax',
        'give both portMin and portMax, or neither',
        'Send both, the same number twice for a single port, or neither.',
      );
    if (rule.portMin !== undefined && rule.portMax !== undefined && rule.portMin > rule.portMax)
      refuse('portMax', 'must not be below portMin', 'Send the lower number as portMin and the higher one as portMax.');
    if (rule.icmpType !== undefined && rule.protocol !== 'icmp')
      refuse('icmpType', 'goes only with icmp', 'Leave it out, or choose the protocol icmp.');
    if (rule.icmpCode !== undefined && rule.icmpType === undefined)
      refuse('icmpCode', 'goes only with icmpType', 'Leave it out, or send icmpType too.');
    const isOther = rule.family !== undefined && rule.remotePrefix !== undefined;
    if (isOther && familyOf(rule.remotePrefix ?? '') !== rule.family)
      refuse(
        'remotePrefix',
        `is not IPv${rule.family}`,
        'Send a prefix of that family, or leave family out: it is then that of the prefix.',
      );
    if (rule.remotePrefix !== undefined && rule.remoteGroupId !== undefined)
      refuse(
        'remoteGroupId',
        'give remotePrefix or remoteGroupId, not both',
        'Leave one of them out; make a second rule for the other.',
      );
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
  family: ipFamily,
  protocol,
  icmpType: z.number().nullable(),
  icmpCode: z.number().nullable(),
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
  /** Whether a policy lets others use it: all, or a project of the caller's. */
  isShared: z.boolean(),
  tags: z.array(z.string()),
  rules: z.array(securityGroupRule),
  /** How many ports have it; null for those that it is shared with. */
  portCount: z.number().int().nullable(),
  createdAt: isoTime,
  updatedAt: isoTime,
  /** How often it was changed. */
  revision: z.number().int(),
});
export type SecurityGroup = z.infer<typeof securityGroup>;
