// Who a provider sends: found by the issuer and its own name for them, and by nothing else unless the operator said so.
import type { OpenidRefusal } from '@unkai/contracts/openid';
import type { sessionCreated } from '@unkai/contracts/resources/session';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { commit } from '../database/database.ts';
import { createIdentityLink } from '../store/identity-link.ts';
import { openSession } from '../store/session.ts';
import { createUser } from '../store/user.ts';
import { systemActor } from './actor.ts';
import { placedRoles } from './effective-roles.ts';
import { asksForCode } from './one-time-code.ts';
import { followRules, type GroupRule } from './openid-roles.ts';
import { recordRefusal } from './password-check.ts';

/** What a provider said of somebody, after its word was proven. */
export interface ShownIdentity {
  readonly issuer: string;
  /** What the provider calls them, for ever and nobody else. */
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly isEmailVerified: boolean;
  readonly groups: readonly string[];
  /** The provider asked for more than one factor (`mfa` of RFC 8176). */
  readonly hasSecondFactor: boolean;
}

/** Whom an operator lets in by the provider. */
export interface IdentityPolicy {
  /** Name of the domain that such users are in. */
  readonly domain: string;
  /** Whether strangers become users; else somebody links them first. */
  readonly createsUsers: boolean;
  /** Whether an e-mail that the provider verified may link a user who has it and was never linked. */
  readonly linksByEmail: boolean;
  /** Only those with a verified e-mail there get in; null for all. */
  readonly emailDomain: string | null;
  readonly rules: readonly GroupRule[];
}

type Refusal = OpenidRefusal['why'];
type SignedIn = z.infer<typeof sessionCreated>;
type Outcome = { readonly session: SignedIn } | { readonly refused: Refusal };

interface FoundUser {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly domain: { readonly id: string; readonly isEnabled: boolean };
}
const columns = { id: true, name: true, isEnabled: true, domain: { select: { id: true, isEnabled: true } } } as const;

/** Opens a session for whoever the provider sent, or says why not; every refusal is in the audit log. */
export async function signInByIdentity(
  call: Call,
  shown: ShownIdentity,
  policy: IdentityPolicy,
  userAgent: string | null,
): Promise<Outcome> {
  const found = isOutside(shown, policy) ? 'outside' : await userOf(call, shown, policy);
  const refused = typeof found === 'string' ? found : await obstacle(call, found, shown);
  if (typeof found === 'string' || refused !== null) {
    await recordRefusal(call, `${refused}: ${shown.subject} of ${shown.issuer}`);
    return { refused: refused ?? 'unknown' };
  }
  await followRules(bySystem(call), found, shown.groups, policy.rules);
  return { session: await openSession(call, found, userAgent) };
}

function isOutside(shown: ShownIdentity, { emailDomain }: IdentityPolicy): boolean {
  return emailDomain !== null && !verifiedEmail(shown)?.toLowerCase().endsWith(`@${emailDomain}`);
}

function verifiedEmail({ email, isEmailVerified }: ShownIdentity): string | null {
  return isEmailVerified ? email : null;
}

/** Why somebody who has a user here stays out all the same. */
async function obstacle(call: Call, user: FoundUser, shown: ShownIdentity): Promise<Refusal | null> {
  if (!user.isEnabled || !user.domain.isEnabled) return 'disabled';
  // Who turned one-time codes on here is not let in by less, such as a stolen password of the provider's (A13).
  return !shown.hasSecondFactor && (await asksForCode(call, user.id)) ? 'second_factor' : null;
}

async function userOf(call: Call, shown: ShownIdentity, policy: IdentityPolicy): Promise<FoundUser | Refusal> {
  const { issuer, subject } = shown;
  const { prisma } = call.core.database;
  const where = { issuer_subject: { issuer, subject } };
  const link = await prisma.identityLink.findUnique({ where, select: { user: { select: columns } } });
  if (link !== null) return link.user;
  const byEmail = policy.linksByEmail ? await userByEmail(call, shown, policy.domain) : null;
  if (byEmail !== null) {
    await commit(call.core.database, (unit) => createIdentityLink(unit, bySystem(call), byEmail, shown));
    return byEmail;
  }
  return policy.createsUsers ? newUser(call, shown, policy.domain) : 'unknown';
}

/**
 * The one user of the domain with the verified e-mail. Never one who is known to the provider as somebody else, since
 * addresses pass from one person to the next, and never one with a role on the system: those an operator links.
 */
async function userByEmail(call: Call, shown: ShownIdentity, domain: string): Promise<FoundUser | null> {
  const email = verifiedEmail(shown);
  if (email === null) return null;
  const found = await call.core.database.prisma.user.findMany({
    where: { email: { equals: escaped(email), mode: 'insensitive' }, domain: named(domain) },
    select: { ...columns, identityLinks: { where: { issuer: shown.issuer }, select: { subject: true } } },
    take: 2,
  });
  const [only, another] = found;
  if (only === undefined || another !== undefined || only.identityLinks.length > 0) return null;
  const placed = await placedRoles(call.core.database, [only.id]);
  return placed.some(({ projectId, domainId }) => projectId === null && domainId === null) ? null : only;
}

/** Prisma compares without regard to case by ILIKE, to which some letters are signs. */
function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

const named = (domain: string) => ({ name: { equals: domain, mode: 'insensitive' as const } });

/** A user of the stranger's own. A name that somebody has is never taken over, nor shared. */
async function newUser(call: Call, shown: ShownIdentity, domainName: string): Promise<FoundUser | Refusal> {
  const { prisma } = call.core.database;
  const domain = await prisma.domain.findFirst({ where: named(domainName), select: columns.domain.select });
  if (domain === null) {
    call.log.error({ domain: domainName }, 'the domain for users of the OpenID provider is not there');
    return 'unknown';
  }
  const name = nameOf(shown);
  if (
    (await prisma.user.count({
      where: { domainId: domain.id, name: { equals: escaped(name), mode: 'insensitive' } },
    })) > 0
  ) {
    return 'name_taken';
  }
  const system = bySystem(call);
  const email = verifiedEmail(shown);
  return commit(call.core.database, async (unit) => {
    const given = { domainId: domain.id, name, description: '', isEnabled: true, options: {} };
    const user = await createUser(unit, system, { ...given, ...(email !== null && { email }) });
    await createIdentityLink(unit, system, user, shown);
    return { ...user, domain };
  });
}

/** Printable, and never empty: what the provider calls people is its own affair. */
function nameOf({ name, email, subject }: ShownIdentity): string {
  const clean = (text: string | null) => (text ?? '').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  return clean(name) || clean(email) || clean(subject);
}

/** What follows from an operator's settings is nobody's own deed. */
function bySystem(call: Call): Call {
  return { ...call, actor: { ...systemActor, name: 'OpenID sign-in' } };
}
