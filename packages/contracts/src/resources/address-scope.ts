import { z } from 'zod';
import { displayName, id, ipFamily, isoTime } from '../primitives.ts';

export const addressScopeCreate = z.strictObject({
  name: displayName,
  /** IPv4 or IPv6. */
  family: ipFamily,
  /** By operators: every project may have pools in it. */
  isShared: z.boolean().default(false),
});
export type AddressScopeCreate = z.infer<typeof addressScopeCreate>;

export const addressScopeUpdate = z.strictObject({
  name: displayName.optional(),
  /** By operators. */
  isShared: z.boolean().optional(),
});
export type AddressScopeUpdate = z.infer<typeof addressScopeUpdate>;

/** A scope in which every range is there once: pools of one scope never overlap. */
export const addressScope = z.object({
  id,
  projectId: id,
  name: z.string(),
  family: ipFamily,
  /** Whether others than its own project may use it: all, or that of the caller. */
  isShared: z.boolean(),
  createdAt: isoTime,
});
export type AddressScope = z.infer<typeof addressScope>;
