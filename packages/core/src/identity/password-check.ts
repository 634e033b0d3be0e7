import { setTimeout as sleep } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { writeAuditLine } from '../audit/audit.ts';
import type { Call } from '../call.ts';
import { ask, type Database } from '../database/database.ts';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';
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
  const begunAt = performance.now();
  const user = await checkPasswordOfAnyAge(call, who, password, meanwhile);
  if (user.hasExpired) throw await wrongInTime(call, begunAt);
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
      errors: [
        {
          field: 'password',
          message: `must have at most ${longestPassword} characters`,
          fix: `Use at most ${longestPassword} characters.`,
        },
      ],
    });
  }
  const begunAt = performance.now();
  const [attempt, user] = await Promise.all([
    beginSignIn(call, JSON.stringify(who)),
    findEnabled(call.core.database, who),
  ]);
  const account = user?.id ?? JSON.stringify(who);
  const checks = Promise.all([attempt.isLocked(account), verifyPassword(user?.passwordHash ?? null, password)]);
  if (user !== null) meanwhile?.(user);
  const [isLocked, fits] = await checks;
  if (user === null || !fits || isLocked) throw await wrongInTime(call, begunAt);
  // Counting goes to Redis in order: whoever asks next is counted after this, so nobody waits for it.
  setImmediate(() => void attempt.forgive(account));
  await renewHash(call.core.database, user, password);
  const { passwordExpiresAt: expiry } = user;
  const hasExpired = expiry !== null && Number(expiry) <= Date.now();
  return { ...user, asksForCode: user.codesSince !== null, hasExpired };
}

/**
 * Hashes a password that was just shown to be right at the cost of today. It is the same password: sessions and tokens go on,
 * which the database is told for this one statement.
 */
async function renewHash(
  database: Database,
  { id, passwordHash }: z.output<typeof enabledUser>,
  password: string,
): Promise<void> {
  if (passwordHash === null || !isOutdated(passwordHash)) return;
  await ask(
    database,
    Prisma.sql`
    WITH said AS MATERIALIZED (SELECT set_config('unkai.renews_password_hash', 'yes', true))
    UPDATE "user" SET password_hash = ${await hashPassword(password)}
    FROM said WHERE "user".id = ${id}::uuid AND password_hash = ${passwordHash}`,
  );
}

// What is done meanwhile for a user who is there takes processors from the hash: measured, 0.4 to 3 ms. Nobody learns of it
// when every wrong answer waits for the next beat since it was asked for (A12).
const beatMs = 100;

async function wrongInTime(call: Call, begunAt: number): Promise<UnkaiError> {
  const wrong = await wrongCredentials(call);
  await sleep(beatMs - ((performance.now() - begunAt) % beatMs));
  return wrong;
}

const enabledUser = z.object({
  id: z.string(),
  name: z.string(),
  tokenGeneration: z.number(),
  defaultProjectId: z.string().nullable(),
  passwordHash: z.string().nullable(),
  passwordExpiresAt: z.date().nullable(),
  codesSince: z.date().nullable(),
});

async function findEnabled(database: Database, who: UserReference): Promise<z.output<typeof enabledUser> | null> {
  const [row] = await ask(
    database,
    Prisma.sql`
    SELECT person.id, person.name, person.token_generation AS "tokenGeneration",
      person.default_project_id AS "defaultProjectId", person.password_hash AS "passwordHash",
      person.password_expires_at AS "passwordExpiresAt", totp.confirmed_at AS "codesSince"
    FROM "user" AS person
    JOIN domain ON domain.id = person.domain_id
    LEFT JOIN user_totp AS totp ON totp.user_id = person.id
    WHERE person.is_enabled AND domain.is_enabled AND ${isMeant(who)}`,
  );
  return row === undefined ? null : enabledUser.parse(row);
}

function isMeant(who: UserReference): Prisma.Sql {
  if ('id' in who) return Prisma.sql`person.id = ${who.id}::uuid`;
  const { name, domain } = who;
  if ('id' in domain) return Prisma.sql`person.name = ${name} AND domain.id = ${domain.id}::uuid`;
  return Prisma.sql`person.name = ${name} AND lower(domain.name) = lower(${domain.name})`;
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
