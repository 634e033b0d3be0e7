import { z } from 'zod';
import { id, isoTime, pageQuery } from '../primitives.ts';

/** Who a user is at an OpenID provider: whoever the provider says this is signs in as the user. */
export const identityLinkCreate = z.strictObject({
  userId: id,
  issuer: z.url().max(255),
  /** What the provider calls them, `sub`: never their e-mail, which passes from one person to another. */
  subject: z.string().min(1).max(255),
});
export const identityLinkQuery = pageQuery.extend({ userId: id.optional() });

export const identityLink = z.object({
  id,
  userId: id,
  userName: z.string(),
  issuer: z.string(),
  subject: z.string(),
  createdAt: isoTime,
});
export type IdentityLink = z.infer<typeof identityLink>;
