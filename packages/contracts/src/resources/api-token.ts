import { z } from 'zod';
import { permission } from '../permissions.ts';
import { displayName, id, isoTime } from '../primitives.ts';

export const apiTokenCreate = z.strictObject({
  name: displayName,
  /** What the token may do at most; without it everything its user may. */
  permissions: z.array(permission).max(200).optional(),
  /** Confines the token to one project. */
  projectId: id.optional(),
  expiresInDays: z.number().int().min(1).max(3650).default(90),
});

export const apiToken = z.object({
  id,
  name: z.string(),
  /** The first characters, to recognise it by. */
  prefix: z.string(),
  permissions: z.array(permission).nullable(),
  projectId: id.nullable(),
  createdAt: isoTime,
  expiresAt: isoTime,
  lastUsedAt: isoTime.nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;

/** `token` is shown once, here. Prefix `unk_`. */
export const apiTokenCreated = apiToken.extend({ token: z.string() });
