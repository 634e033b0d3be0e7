import { z } from 'zod';
import { description, displayName, id, isoTime } from '../primitives.ts';
import { accessRule, accessRuleGiven } from './access-rule.ts';

export const applicationCredentialCreate = z.strictObject({
  name: displayName,
  description: description.default(''),
  projectId: id,
  /** Some of the roles that you have on the project; without it all of them. */
  roleIds: z.array(id).min(1).max(50).optional(),
  expiresAt: isoTime.optional(),
  /** Lets it make and remove credentials, as you may. Leave it off unless the program's work is just that. */
  isUnrestricted: z.boolean().default(false),
  /** The only requests that it is good for; without it all that its roles permit. */
  accessRules: z.array(accessRuleGiven).min(1).max(50).optional(),
});

const namedRole = z.object({ id, name: z.string() });
export const lendableRoles = z.object({ items: z.array(namedRole) });

export const applicationCredential = z.object({
  id,
  userId: id,
  projectId: id,
  name: z.string(),
  description: z.string(),
  roles: z.array(namedRole),
  isUnrestricted: z.boolean(),
  /** Empty where it is good for any request. */
  accessRules: z.array(accessRule),
  createdAt: isoTime,
  expiresAt: isoTime.nullable(),
});
export type ApplicationCredential = z.infer<typeof applicationCredential>;

/** `secret` is shown once, here. */
export const applicationCredentialCreated = applicationCredential.extend({ secret: z.string() });
