import { z } from 'zod';
import { roleName } from '../permissions.ts';
import { description, displayName, id, isoTime } from '../primitives.ts';

export const projectCreate = z.strictObject({ domainId: id, name: displayName, description: description.default('') });
export const projectUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  isEnabled: z.boolean().optional(),
});

export const project = z.object({
  id,
  domainId: id,
  domainName: z.string(),
  name: z.string(),
  description: z.string(),
  isEnabled: z.boolean(),
  /** The caller's role on it. */
  role: roleName,
  createdAt: isoTime,
});
export type Project = z.infer<typeof project>;
