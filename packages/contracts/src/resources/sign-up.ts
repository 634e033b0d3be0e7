import { z } from 'zod';
import { fieldRule, sizeRule } from '../field-rule.ts';
import { displayName } from '../primitives.ts';
import { email, password } from './user.ts';

/** Who may make an account for themselves. */
export const signUpModes = {
  off: 'Nobody: accounts are made by operators and managers of domains.',
  open: 'Everybody who has an e-mail address.',
  domains: 'Who has an e-mail address at one of the domains below.',
} as const satisfies Record<string, string>;
export type SignUpMode = keyof typeof signUpModes;
export const signUpMode = z.enum(['off', 'open', 'domains']);

/** What follows the @, whole: an address at a name below it is another. */
const emailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?!-)([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/,
    fieldRule('must be a domain such as example.org', 'Send what follows the @ of an address, such as example.org.'),
  );

export const signUpPolicy = z.object({ mode: signUpMode, emailDomains: z.array(z.string()) });
export type SignUpPolicy = z.infer<typeof signUpPolicy>;

export const signUpPolicyUpdate = z
  .strictObject({
    mode: signUpMode,
    emailDomains: z.array(emailDomain).max(100, sizeRule).default([]),
  })
  .refine(({ mode, emailDomains }) => mode !== 'domains' || emailDomains.length > 0, {
    ...fieldRule(
      'must name at least one domain in the mode "domains"',
      'Send at least one domain such as example.org, or choose another mode.',
    ),
    path: ['emailDomains'],
  });

/** An address as accounts are found by it. */
export const accountEmail = email.toLowerCase();

export const signUpCreate = z.strictObject({ email: accountEmail });

/** Whether there is an account of that address already is told only in the letter. */
export const signUpCreated = z.object({ email: z.string() });

/** The secret of a link in a letter. */
export const linkToken = z
  .string()
  .min(1, sizeRule)
  .max(100, fieldRule('is too long for one of ours', 'Open the link of the letter as it stands there.'));

export const signUpVerify = z.strictObject({
  token: linkToken,
  password,
  /** What the new domain is called; the e-mail address where nothing is said. */
  domainName: displayName.optional(),
});

/** What to sign in with, and where to make the first server. */
export const signUpVerified = z.object({ username: z.string(), domainName: z.string(), projectId: z.string() });
