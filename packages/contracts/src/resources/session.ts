import { z } from 'zod';
import { roleName } from '../permissions.ts';
import { id, isoTime } from '../primitives.ts';
import { oneTimeCode } from './totp.ts';
import { password } from './user.ts';

export const sessionCreate = z.strictObject({
  /** The name in the domain, or an e-mail address that its owner has shown to be theirs. */
  username: z.string().min(1).max(255),
  password: z.string().min(1).max(512),
  domain: z.string().min(1).max(255).default('Default'),
  /** Asked for, once the password was right, of those who turned one-time codes on. */
  code: oneTimeCode.optional(),
  /** Instead of a password that has expired, and only then. */
  newPassword: password.optional(),
});

export const currentUser = z.object({
  id,
  name: z.string(),
  domainId: id,
  domainName: z.string(),
  email: z.string().nullable(),
  description: z.string(),
  /** Who has none signs in another way, such as with an OpenID provider. */
  hasPassword: z.boolean(),
  /** After it the password no longer signs in; null for one that lasts. */
  passwordExpiresAt: isoTime.nullable(),
  /** The role on the whole installation: operators have one, tenants do not. */
  systemRole: roleName.nullable(),
  /** Where this request came from, as the API saw it; null when it did not see. */
  address: z.string().nullable(),
  /** Those that the caller can work in. `parentId` may be one that is not among them. */
  projects: z.array(
    z.object({
      id,
      name: z.string(),
      parentId: id.nullable(),
      domainId: id,
      domainName: z.string(),
      role: roleName,
    }),
  ),
  /** Those whose users, groups and projects the caller sees or manages. */
  domains: z.array(z.object({ id, name: z.string(), role: roleName })),
});
export type CurrentUser = z.infer<typeof currentUser>;

/** The token is shown once, here. Prefix `uks_`. */
export const sessionCreated = z.object({ id, token: z.string(), expiresAt: isoTime, user: currentUser });

export const session = z.object({
  id,
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  isCurrent: z.boolean(),
  createdAt: isoTime,
  lastUsedAt: isoTime,
  expiresAt: isoTime,
});
export type Session = z.infer<typeof session>;
