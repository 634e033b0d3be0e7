import { UnkaiError } from '@unkai/contracts/errors';
import { writeAuditLine } from './audit.ts';
import type { Call } from './call.ts';
import { verifyPassword } from './credentials.ts';
import type { Database } from './database.ts';
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

/** As the password showed them: with it was read whether a one-time code is asked for too. */
export interface CheckedUser extends ProvenUser {
  readonly asksForCode: boolean;
}

export const provenColumns = { id: true, name: true, tokenGeneration: true, defaultProjectId: true } as const;

/** Longer ones are refused before any work (A14). */
const longestPassword = 512;

/**
 * Who signs in with a password. An unknown name, a disabled or locked user, a password that is wrong or has expired:
 * all take the same work and get the same answer (A12). Throws `wrong_credentials`, `rate_limited`, and `invalid_input`
 * for a password that nobody can have.
 */
export async function checkPassword(
  call: Call,
  who: UserReference,
  password: string,
  meanwhile?: Meanwhile,
): Promise<CheckedUser> {
  const user = await checkPasswordOfAnyAge(call, who, password, meanwhile);
  if (user.hasExpired) throw await wrongCredentials(call);
  return user;
}

/**
 * What may begin while the password is held against its hash, which takes longer than anything else: reading, and nothing
 * that anybody notices when the password turns out to be wrong. It neither waits nor throws.
 */
export type Meanwhile = (user: ProvenUser) => void;

/** As `checkPassword`, for who may be told that a right password has expired. */
export async function checkPasswordOfAnyAge(
  call: Call,
  who: UserReference,
  password: string,
  meanwhile?: Meanwhile,
): Promise<CheckedUser & { readonly hasExpired: boolean }> {
  if (password.length > longestPassword) {
    throw new UnkaiError('invalid_input', `password: must have at most ${longestPassword} characters.`, {
      errors: [{ field: 'password', message: `must have at most ${longestPassword} characters` }],
    });
  }
  const [attempt, user] = await Promise.all([
    beginSignIn(call, JSON.stringify(who)),
    findEnabled(call.core.database, who),
  ]);
  const account = user?.id ?? JSON.stringify(who);
  const checks = Promise.all([attempt.isLocked(account), verifyPassword(user?.passwordHash ?? null, password)]);
  if (user !== null) meanwhile?.(user);
  const [isLocked, fits] = await checks;
  if (user === null || !fits || isLocked) throw await wrongCredentials(call);
  // Counting goes to Redis in order: whoever asks next is counted after this, so nobody waits for it.
  setImmediate(() => void attempt.forgive(account));
  const { passwordExpiresAt: expiry } = user;
  const hasExpired = expiry !== null && Number(expiry) <= Date.now();
  return { ...user, asksForCode: user.codesSince !== null, hasExpired };
}

async function findEnabled({ kysely }: Database, who: UserReference) {
  const enabled = kysely
    .selectFrom('user')
    .innerJoin('domain', 'domain.id', 'user.domain_id')
    .leftJoin('user_totp', 'user_totp.user_id', 'user.id')
    .where('user.is_enabled', '=', true)
    .where('domain.is_enabled', '=', true)
    .select(['user.id', 'user.name', 'user.token_generation as tokenGeneration'])
    .select(['user.default_project_id as defaultProjectId', 'user.password_hash as passwordHash'])
    .select('user.password_expires_at as passwordExpiresAt')
    .select('user_totp.confirmed_at as codesSince');
  if ('id' in who) return (await enabled.where('user.id', '=', who.id).executeTakeFirst()) ?? null;
  const named = enabled.where('user.name', '=', who.name);
  const { domain } = who;
  const inDomain =
    'id' in domain
      ? named.where('domain.id', '=', domain.id)
      : named.where(({ eb, fn, val }) => eb(fn('lower', ['domain.name']), '=', fn('lower', [val(domain.name)])));
  return (await inDomain.executeTakeFirst()) ?? null;
}

/** The one answer to whoever did not show who they are; it is in the audit log before it is given. */
export async function wrongCredentials(call: Call, detail = 'wrong name or password'): Promise<UnkaiError> {
  await recordRefusal(call, detail);
  return new UnkaiError('wrong_credentials', 'Name or password is wrong.');
}

/**
 * Writes down that somebody did not get in, or not further with what they are signed in by. What was typed as a name is
 * not kept: people type their password there.
 */
export async function recordRefusal(call: Call, detail: string): Promise<void> {
  const about = { action: 'session:create', id: null, name: null, projectId: null, detail } as const;
  await writeAuditLine(call.core.database.prisma, call, { ...about, outcome: 'refused' });
}
