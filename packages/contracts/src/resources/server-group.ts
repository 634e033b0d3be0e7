import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { displayName, id, isoTime } from '../primitives.ts';

/** Every policy, with what it means to the owner of the servers. */
export const serverGroupPolicies = {
  affinity: 'All on one host; where it has no room, a server is not made.',
  'anti-affinity': 'Each on another host; where none is left, a server is not made.',
  'soft-affinity': 'On one host as far as there is room.',
  'soft-anti-affinity': 'Spread over the hosts as far as there are enough.',
} as const satisfies Record<string, string>;

export const serverGroupPolicy = z.enum(['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity']);
export type ServerGroupPolicy = z.infer<typeof serverGroupPolicy>;

const mostPerHost = 1000;

export const serverGroupCreate = z
  .strictObject({
    name: displayName,
    policy: serverGroupPolicy,
    /** How many of its servers one host may have; only with anti-affinity, where it is 1 unless given. */
    maxServersPerHost: z.number().int().min(1).max(mostPerHost).optional(),
  })
  .refine(({ policy, maxServersPerHost }) => maxServersPerHost === undefined || policy === 'anti-affinity', {
    ...fieldRule(
      'can be given only with the policy anti-affinity',
      'Leave it out, or choose the policy anti-affinity.',
    ),
    path: ['maxServersPerHost'],
  });

export const serverGroup = z.object({
  id,
  projectId: id,
  userId: id.nullable(),
  name: z.string(),
  policy: serverGroupPolicy,
  maxServersPerHost: z.number().int().nullable(),
  servers: z.array(z.object({ id, name: z.string() })),
  createdAt: isoTime,
});
export type ServerGroup = z.infer<typeof serverGroup>;
