import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { parseIp } from '../ip-address.ts';
import { id } from '../primitives.ts';
import { securityGroupRule } from './security-group.ts';

/** One end of a path: the id of a port or of a server, an address, or `internet`. */
const end = z
  .string()
  .max(64)
  .refine(
    (text) => text === 'internet' || parseIp(text) !== undefined || id.safeParse(text).success,
    fieldRule(
      'must be the id of a port or a server, an IP address, or "internet"',
      'Send the id of a port or a server, an address such as 192.0.2.10, or "internet".',
    ),
  );

export const pathProtocol = z.enum(['tcp', 'udp', 'icmp']);
export type PathProtocol = z.infer<typeof pathProtocol>;

/** What is asked: nothing is sent, the answer comes from what the control plane knows. */
export const pathCheckQuery = z.strictObject({
  projectId: id,
  from: end,
  to: end,
  /** `icmp` stands for ping. */
  protocol: pathProtocol.default('tcp'),
  /** The port that is asked for; none: any. Only with tcp and udp. */
  port: z.coerce.number().int().min(1).max(65_535).optional(),
});
export type PathCheckQuery = z.infer<typeof pathCheckQuery>;

/** What a step is about, to be looked at. */
const concerned = z.object({
  noun: z.enum(['server', 'port', 'network', 'security-group', 'router', 'floating-ip']),
  id,
  name: z.string(),
});

const missingRule = securityGroupRule
  .pick({ direction: true, protocol: true })
  .extend({ portMin: z.number().optional(), portMax: z.number().optional(), remotePrefix: z.string().optional() });
export type MissingRule = z.infer<typeof missingRule>;

/** What would take the obstacle away. */
const mend = z.discriminatedUnion('kind', [
  /** A rule to add, as `POST /security-groups/{id}/rules` takes it. */
  z.object({ kind: z.literal('rule'), securityGroupId: id, name: z.string(), rule: missingRule }),
  /** Something to be done with what the step is about: see `next`. */
  z.object({ kind: z.literal('visit') }),
  /** Nothing that the project itself could do. */
  z.object({ kind: z.literal('wait') }),
]);

/** One thing that the packet meets, in its order. */
const pathStep = z.object({
  /** A few words: "Security groups of web-1". */
  title: z.string(),
  verdict: z.enum(['passes', 'stops', 'unknown']),
  /** What is so, in a sentence. */
  detail: z.string(),
  concerned: concerned.nullable(),
  /** What to do about it, in a sentence; null for what passes. */
  next: z.string().nullable(),
  mend: mend.nullable(),
});
export type PathStep = z.infer<typeof pathStep>;

const shownEnd = z.object({ label: z.string(), address: z.string().nullable() });
export type PathEnd = z.infer<typeof shownEnd>;

export const pathCheck = z.object({
  from: shownEnd,
  to: shownEnd,
  /** Whether nothing that is known stands in the way. */
  isOpen: z.boolean(),
  /** In the order in which a packet meets them; what stops it first is the first that does not pass. */
  steps: z.array(pathStep),
});
export type PathCheck = z.infer<typeof pathCheck>;
