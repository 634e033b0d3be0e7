import { z } from 'zod';
import { fieldRule, sizeRule } from '../field-rule.ts';
import { description, displayName, flag, id, isoTime, namePart, options, pageQuery } from '../primitives.ts';

/** 8 to 512 characters. The upper bound is checked before anything is hashed (A14). */
export const password = z.string().min(8, sizeRule).max(512, sizeRule);

export const email = z
  .email(
    fieldRule('must be an e-mail address such as you@example.org', 'Send an e-mail address such as you@example.org.'),
  )
  .max(254);

export const userCreate = z.strictObject({
  domainId: id,
  name: displayName,
  /** Without one the user cannot sign in by password. */
  password: password.optional(),
  email: email.optional(),
  description: description.default(''),
  defaultProjectId: id.optional(),
  isEnabled: z.boolean().default(true),
  options: options.default({}),
});
/** Null takes away what may be missing. */
export const userUpdate = z.strictObject({
  name: displayName.optional(),
  isEnabled: z.boolean().optional(),
  password: password.optional(),
  /**
   * When the password expires: whoever signs in after that chooses another. Null for never, which a new password that
   * comes without it means too.
   */
  passwordExpiresAt: isoTime.nullable().optional(),
  email: email.nullable().optional(),
  description: description.optional(),
  defaultProjectId: id.nullable().optional(),
  options: options.optional(),
});
export const userQuery = pageQuery.extend({
  name: displayName.optional(),
  /** A part of the name or of the address. */
  nameContains: namePart.optional(),
  domainId: id.optional(),
  isEnabled: flag.optional(),
  groupId: id.optional(),
});
/**
 * What users change of their own account. Their name is their domain's matter, and so is their address: by it somebody may
 * be let in (`UNKAI_OIDC_LINK_BY_EMAIL`), and nobody lets others into their account by claiming theirs.
 */
export const profileUpdate = z.strictObject({ description });
export const passwordChange = z.strictObject({
  currentPassword: z.string().min(1).max(512, sizeRule),
  newPassword: password,
});

export const user = z.object({
  id,
  domainId: id,
  name: z.string(),
  email: z.string().nullable(),
  description: z.string(),
  defaultProjectId: id.nullable(),
  isEnabled: z.boolean(),
  options,
  passwordExpiresAt: isoTime.nullable(),
  createdAt: isoTime,
});
export type User = z.infer<typeof user>;
