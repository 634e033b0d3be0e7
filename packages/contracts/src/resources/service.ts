import { z } from 'zod';
import { description, displayName, id, isoTime, pageQuery } from '../primitives.ts';

export const serviceCreate = z.strictObject({
  /** What clients look for, such as `compute`. */
  type: displayName,
  name: displayName,
  description: description.default(''),
  isEnabled: z.boolean().default(true),
});
export const serviceUpdate = serviceCreate.extend({ description, isEnabled: z.boolean() }).partial();
export const serviceQuery = pageQuery.extend({ type: displayName.optional(), name: displayName.optional() });

export const service = z.object({
  id,
  type: z.string(),
  name: z.string(),
  description: z.string(),
  isEnabled: z.boolean(),
  createdAt: isoTime,
});
export type Service = z.infer<typeof service>;
