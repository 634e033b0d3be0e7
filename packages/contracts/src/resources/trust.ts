import { z } from 'zod';
import { id, isoTime } from '../primitives.ts';

/** You (the trustor) let another user (the trustee) act with roles of yours on a project. */
export const trustCreate = z.strictObject({
  trusteeId: id,
  projectId: id,
  /** Some of the roles that you have on the project. */
  roleIds: z.array(id).min(1).max(50),
  /** Whether the trustee acts under your name. */
  isImpersonating: z.boolean(),
  expiresAt: isoTime.optional(),
  /** How many tokens it is good for; without it any number. */
  uses: z.number().int().min(1).max(1_000_000).optional(),
  /** How many times it may be lent on, one after the other; `most` for as many as there may be. */
  redelegationCount: z.union([z.number().int().min(0).max(3), z.literal('most')]).default(0),
});

export const trust = z.object({
  id,
  trustorId: id,
  trusteeId: id,
  projectId: id,
  roles: z.array(z.object({ id, name: z.string() })),
  isImpersonating: z.boolean(),
  remainingUses: z.number().int().nullable(),
  redelegationCount: z.number().int(),
  /** The trust that it was lent on from. */
  redelegatedTrustId: id.nullable(),
  createdAt: isoTime,
  expiresAt: isoTime.nullable(),
});
export type Trust = z.infer<typeof trust>;
