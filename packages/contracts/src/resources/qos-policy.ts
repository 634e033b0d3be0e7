import { z } from 'zod';
import type { FieldError } from '../errors.ts';
import { fieldRule, refusing, sizeRule } from '../field-rule.ts';
import { description, displayName, id, isoTime, tags } from '../primitives.ts';

/** Every kind of rule, with what it does to a guest. */
export const qosRuleKinds = {
  'bandwidth-limit': 'No more than so much, in one direction.',
  'dscp-marking': 'What the guest sends carries the mark, for the network of the data centre to look at.',
  'minimum-bandwidth': 'How much is meant for it. It is kept and shown, and no host sees to it.',
} as const satisfies Record<string, string>;
export const qosRuleKind = z.enum(['bandwidth-limit', 'dscp-marking', 'minimum-bandwidth']);
export type QosRuleKind = z.infer<typeof qosRuleKind>;

/** Seen from the guest: egress is what it sends. */
export const qosDirection = z.enum(['egress', 'ingress']);
export type QosDirection = z.infer<typeof qosDirection>;

/** A terabit a second, which is more than any port of a host takes. */
export const mostKilobits = 1_000_000_000;
const kilobitsPerSecond = z.number().int().min(1).max(mostKilobits);
/** What may pass at once before the limit holds; 0: what the host finds best. */
const burstKilobits = z.number().int().min(0).max(mostKilobits);

/** The code points that have a meaning: default, class selectors, assured forwarding, voice admit, expedited forwarding. */
export const dscpMarks = [
  ...[0, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 44, 46, 48, 56],
] as const;
const dscpMark = z
  .number()
  .int()
  .refine(
    (mark) => dscpMarks.some((known) => known === mark),
    fieldRule(`must be one of ${dscpMarks.join(', ')}`, `Send one of ${dscpMarks.join(', ')}.`),
  );

/** What a rule of each kind needs, and what it may say besides. */
const fieldsOf = {
  'bandwidth-limit': { needs: 'kilobitsPerSecond', may: ['direction', 'burstKilobits'] },
  'dscp-marking': { needs: 'dscpMark', may: [] },
  'minimum-bandwidth': { needs: 'kilobitsPerSecond', may: ['direction'] },
} as const satisfies Record<QosRuleKind, { needs: keyof QosRuleSaid; may: ReadonlyArray<keyof QosRuleSaid> }>;

const ruleFields = {
  /** Of limits and minimums. Default: egress. */
  direction: qosDirection.optional(),
  kilobitsPerSecond: kilobitsPerSecond.optional(),
  /** Of limits. Default: 0. */
  burstKilobits: burstKilobits.optional(),
  dscpMark: dscpMark.optional(),
};

/** What fits the rule's kind; the kind itself stays. */
export const qosRuleUpdate = z.strictObject(ruleFields);
export type QosRuleSaid = z.infer<typeof qosRuleUpdate>;

/** The fields that a rule of the kind does not have, or lacks, each with what is wrong. */
export function qosRuleFaults(kind: QosRuleKind, rule: QosRuleSaid): Array<FieldError> {
  const { needs, may } = fieldsOf[kind];
  const allowed: readonly string[] = [needs, ...may];
  const given = qosRuleUpdate.keyof().options.filter((field) => rule[field] !== undefined);
  const foreign = given.filter((field) => !allowed.includes(field));
  return [
    ...(given.includes(needs) ? [] : [{ field: needs, message: `is needed by a rule of ${kind}`, fix: 'Give it.' }]),
    ...foreign.map((field) => ({ field, message: `is nothing that a rule of ${kind} has`, fix: 'Remove it.' })),
  ];
}

/** One rule. A policy has each kind once, and those of a direction once for each. */
export const qosRuleCreate = z
  .strictObject({ kind: qosRuleKind, ...ruleFields })
  .superRefine(({ kind, ...rule }, context) => {
    const refuse = refusing(context);
    for (const { field, message, fix } of qosRuleFaults(kind, rule)) refuse(field, message, fix);
  });
export type QosRuleCreate = z.infer<typeof qosRuleCreate>;

const mostRules = 5;

export const qosPolicyCreate = z.strictObject({
  name: displayName,
  description: description.default(''),
  /** New networks of the project get it, instead of the one that was the default before. */
  isDefault: z.boolean().default(false),
  /** By operators: every project may use it. */
  isShared: z.boolean().default(false),
  rules: z.array(qosRuleCreate).max(mostRules, sizeRule).default([]),
});
export type QosPolicyCreate = z.infer<typeof qosPolicyCreate>;

export const qosPolicyUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  isDefault: z.boolean().optional(),
  /** By operators. */
  isShared: z.boolean().optional(),
  tags: tags.optional(),
});
export type QosPolicyUpdate = z.infer<typeof qosPolicyUpdate>;

export const qosRule = z.object({
  id,
  kind: qosRuleKind,
  /** Of limits and minimums. */
  direction: qosDirection.nullable(),
  kilobitsPerSecond: z.number().int().nullable(),
  /** Of limits. */
  burstKilobits: z.number().int().nullable(),
  /** Of marks: the differentiated services code point (RFC 2474). */
  dscpMark: z.number().int().nullable(),
});
export type QosRule = z.infer<typeof qosRule>;

export const qosPolicy = z.object({
  id,
  projectId: id,
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  /** Whether others than its own project may use it: all, or that of the caller. */
  isShared: z.boolean(),
  rules: z.array(qosRule),
  /** How many networks have it; null to others than its own project. */
  networkCount: z.number().int().nullable(),
  /** How many ports name it themselves; null to others than its own project. */
  portCount: z.number().int().nullable(),
  tags: z.array(z.string()),
  createdAt: isoTime,
  updatedAt: isoTime,
  /** How often it was changed: two answers with the same number are the same. */
  revision: z.number().int(),
});
export type QosPolicy = z.infer<typeof qosPolicy>;
