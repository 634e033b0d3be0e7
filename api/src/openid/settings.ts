import { readFileSync } from 'node:fs';
import { fieldRule, refusing } from '@unkai/contracts/field-rule';
import type { IdentityPolicy } from '@unkai/core/identity/openid-sign-in';
import { z } from 'zod';

/** How people sign in with an OpenID provider of the operator's. */
export interface OpenidSettings {
  readonly issuer: URL;
  readonly clientId: string;
  /** Null for a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  readonly scopes: string;
  readonly claims: { readonly name: string; readonly email: string; readonly groups: string };
  /** Where the API may ask for documents, keys and tokens: the issuer's own origin, and those that were named. */
  readonly origins: ReadonlySet<string>;
  /** Whether who signs out here is sent to sign out there. */
  readonly signsOut: boolean;
  readonly policy: IdentityPolicy;
}

const yesOrNo = z.enum(['yes', 'no']).transform((word) => word === 'yes');
const loopback = ['127.0.0.1', '[::1]', 'localhost'];

/** https, or http on this very machine, as in a test. */
const providerUrl = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine(
    ({ protocol, hostname }) => protocol === 'https:' || loopback.includes(hostname),
    fieldRule('must begin with https://', 'Use https, or http on this machine alone.'),
  );

const words = z.string().transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));

/** `group=role@project`, several with `;` between them. A group's name may hold `=`, as those of LDAP do. */
const rules = z.string().transform((text, context) => {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.map((part) => {
    const { group, role, project } = /^(?<group>.+)=(?<role>[^=@]+)@(?<project>[^@]+)$/.exec(part)?.groups ?? {};
    if (group !== undefined && role !== undefined && project !== undefined) return { group, role, project };
    refusing(context)(
      null,
      `"${part}" must read group=role@project`,
      'Write such as staff=member@web, several with ";" between.',
    );
    return z.NEVER;
  });
});

const environment = z.object({
  UNKAI_OIDC_ISSUER: providerUrl,
  UNKAI_OIDC_CLIENT_ID: z.string().min(1),
  UNKAI_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  UNKAI_OIDC_CLIENT_SECRET_FILE: z.string().min(1).optional(),
  UNKAI_OIDC_SCOPES: z.string().default('openid profile email'),
  UNKAI_OIDC_ORIGINS: words.pipe(z.array(providerUrl)).default([]),
  UNKAI_OIDC_NAME_CLAIM: z.string().min(1).default('preferred_username'),
  UNKAI_OIDC_EMAIL_CLAIM: z.string().min(1).default('email'),
  UNKAI_OIDC_GROUPS_CLAIM: z.string().min(1).default('groups'),
  UNKAI_OIDC_SIGN_OUT: yesOrNo.default(true),
  UNKAI_OIDC_DOMAIN: z.string().min(1).default('Default'),
  UNKAI_OIDC_CREATE_USERS: yesOrNo.default(false),
  UNKAI_OIDC_LINK_BY_EMAIL: yesOrNo.default(false),
  UNKAI_OIDC_EMAIL_DOMAIN: z.string().toLowerCase().optional(),
  UNKAI_OIDC_ROLES: rules.default([]),
});

/**
 * Reads the settings from environment variables `UNKAI_OIDC_…`; null where there is no issuer. Throws a ZodError that
 * names the variable at fault.
 */
export function openidSettings(env: Readonly<Record<string, string | undefined>>): OpenidSettings | null {
  if (!env['UNKAI_OIDC_ISSUER']) return null;
  // An empty variable is one that is not set.
  const given = environment.parse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  const issuer = given.UNKAI_OIDC_ISSUER;
  const secretFile = given.UNKAI_OIDC_CLIENT_SECRET_FILE;
  return {
    issuer,
    clientId: given.UNKAI_OIDC_CLIENT_ID,
    clientSecret: given.UNKAI_OIDC_CLIENT_SECRET ?? (secretFile ? readFileSync(secretFile, 'utf8').trim() : null),
    scopes: given.UNKAI_OIDC_SCOPES,
    claims: {
      name: given.UNKAI_OIDC_NAME_CLAIM,
      email: given.UNKAI_OIDC_EMAIL_CLAIM,
      groups: given.UNKAI_OIDC_GROUPS_CLAIM,
    },
    origins: new Set([issuer.origin, ...given.UNKAI_OIDC_ORIGINS.map(({ origin }) => origin)]),
    signsOut: given.UNKAI_OIDC_SIGN_OUT,
    policy: {
      domain: given.UNKAI_OIDC_DOMAIN,
      createsUsers: given.UNKAI_OIDC_CREATE_USERS,
      linksByEmail: given.UNKAI_OIDC_LINK_BY_EMAIL,
      emailDomain: given.UNKAI_OIDC_EMAIL_DOMAIN ?? null,
      rules: given.UNKAI_OIDC_ROLES,
    },
  };
}
