import { z } from 'zod';
import { roleName } from '../permissions.ts';
import { displayName, id, isoTime } from '../primitives.ts';

/** 8 to 512 characters. The upper bound is checked before anything is hashed (A14). */
export const password = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(512, 'must have at most 512 characters');

export const userCreate = z.strictObject({
  domainId: id,
  name: displayName,
  password,
  email: z.email().max(254).optional(),
});
export const userUpdate = z.strictObject({
  isEnabled: z.boolean().optional(),
  password: password.optional(),
  email: z.email().max(254).optional(),
});

export const user = z.object({
  id,
  domainId: id,
  name: z.string(),
  email: z.string().nullable(),
  isEnabled: z.boolean(),
  createdAt: isoTime,
});
export type User = z.infer<typeof user>;

export const roleAssignmentCreate = z.strictObject({ userId: id, role: roleName, projectId: id.optional() });
export const roleAssignment = z.object({
  id,
  userId: id,
  userName: z.string(),
  role: roleName,
  projectId: id.nullable(),
});
