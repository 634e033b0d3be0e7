import { UnkaiError } from '@unkai/contracts/errors';
import type { Prisma } from '@unkai/prisma/client';
import { anonymousActor } from './actor.ts';
import type { Call } from './call.ts';
import { verifyPassword } from './credentials.ts';
import { beginSignIn } from './sign-in-limits.ts';

export type DomainReference = { readonly id: string } | { readonly name: string };
export type UserReference = { readonly id: string } | { readonly name: string; readonly domain: DomainReference };

/** Somebody who has shown who they are, as they were when it was looked up. */
export interface ProvenUser {
  readonly id: string;
  readonly name: string;
  readonly tokenGeneration: number;
  readonly defaultProjectId: string | null;
}

export const provenColumns = { id: true, name: true, tokenGeneration: true, defaultProjectId: true } as const;

/** Longer ones are refused before any work (A14). */
const longestPassword = 512;

/**
 * Who signs in with a password. An unknown name, a disabled or locked user, a password that is wrong or has expired:
 * all take the same work and get the same answer (A12). Throws `wrong_credentials`, `rate_limited`, and `invalid_input`
 * for a password that nobody can have.
 */
export async function checkPassword(call: Call, who: UserReference, password: string): Promise<ProvenUser> {
  if (password.length > longestPassword) {
    throw new UnkaiError('invalid_input', `password: must have at most ${longestPassword} characters.`, {
      errors: [{ field: 'password', message: `must have at most ${longestPassword} characters` }],
    });
  }
  const attempt = await beginSignIn(call, JSON.stringify(who));
  const user = await call.core.database.prisma.user.findFirst({
    where: { ...whereUser(who), isEnabled: true, domain: { ...whereDomain(who), isEnabled: true } },
    select: { ...provenColumns, passwordHash: true, passwordExpiresAt: true },
  });
  const account = user?.id ?? JSON.stringify(who);
  const [isLocked, fits] = await Promise.all([
    attempt.isLocked(account),
    verifyPassword(user?.passwordHash ?? null, password),
  ]);
  const hasExpired = (user?.passwordExpiresAt ?? null) !== null && Number(user?.passwordExpiresAt) <= Date.now();
  if (user === null || !fits || isLocked || hasExpired) throw await wrongCredentials(call);
  await attempt.forgive(account);
  return user;
}

function whereUser(who: UserReference): Prisma.UserWhereInput {
  return 'id' in who ? { id: who.id } : { name: who.name };
}

function whereDomain(who: UserReference): Prisma.DomainWhereInput {
  if ('id' in who) return {};
  return 'id' in who.domain ? { id: who.domain.id } : { name: { equals: who.domain.name, mode: 'insensitive' } };
}

/** The one answer to whoever did not show who they are; it is in the audit log before it is given. */
export async function wrongCredentials(call: Call, detail = 'wrong name or password'): Promise<UnkaiError> {
  await recordRefusal(call, detail);
  return new UnkaiError('wrong_credentials', 'Name or password is wrong.');
}

/** Writes down that somebody did not get in. What was typed as a name is not kept: people type their password there. */
export async function recordRefusal({ core, address, requestId }: Call, detail: string): Promise<void> {
  await core.database.prisma.auditLine.create({
    data: {
      actorName: anonymousActor.name,
      actorKind: anonymousActor.kind,
      address,
      requestId,
      action: 'session:create',
      noun: 'session',
      outcome: 'refused',
      detail,
    },
  });
}
