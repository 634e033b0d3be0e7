import { z } from 'zod';
import { description, displayName, id, isoTime, namePart, pageQuery } from '../primitives.ts';

export const groupCreate = z.strictObject({
  domainId: id,
  name: displayName,
  description: description.default(''),
});
export const groupUpdate = z.strictObject({ name: displayName.optional(), description: description.optional() });
export const groupQuery = pageQuery.extend({
  name: displayName.optional(),
  nameContains: namePart.optional(),
  domainId: id.optional(),
  /** Those that this user is in. */
  userId: id.optional(),
});
export const groupMember = z.strictObject({ id, userId: id });

export const group = z.object({
  id,
  domainId: id,
  name: z.string(),
  description: z.string(),
  createdAt: isoTime,
});
export type Group = z.infer<typeof group>;
