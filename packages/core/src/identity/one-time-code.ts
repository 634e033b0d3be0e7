import { randomBytes } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import { Secret, TOTP } from 'otpauth';
import { type Call, keysOf } from '../call.ts';
import type { Transaction } from '../database/database.ts';
import { seal, unseal } from '../sealed.ts';
import { credentialHash } from './credentials.ts';
import { countCodeTry, forgiveCodeTries } from './sign-in-limits.ts';

// What every authenticator app takes (RFC 6238 with SHA-1, six digits, 30 seconds): many ignore anything else.
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** RFC 4226 recommends 160 bits. */
const secretBytes = 20;
/** A clock may be one step early or late. */
const driftSteps = 1;

/** A new seed for an authenticator app, and how it is kept. */
export function newTotp(call: Call, userId: string, label: string) {
  const secret = new Secret({ size: secretBytes });
  const uri = new TOTP({ ...shape, issuer: 'Unkai', label, secret }).toString();
  return { secret: secret.base32, uri, sealed: seal(secret.base32, sealedFor(userId), keysOf(call.core).atRest) };
}

function sealedFor(userId: string): string {
  return `totp ${userId}`;
}

/** Whether the user is asked for a one-time code. */
export async function asksForCode({ core }: Call, userId: string): Promise<boolean> {
  const row = await core.database.kysely
    .selectFrom('user_totp')
    .select('confirmed_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined && row.confirmed_at !== null;
}

/**
 * Takes a user's one-time or recovery code, which counts once (A13). To be asked only after the password was right.
 * Throws `second_factor_needed` for one that does not count and `rate_limited` for the next one too many.
 */
export async function useCode(call: Call, userId: string, code: string): Promise<void> {
  await countCodeTry(call, userId);
  const { prisma } = call.core.database;
  const counts = (await useTotp(call, prisma, userId, code)) || (await useRecoveryCode(prisma, userId, code));
  if (!counts) throw new UnkaiError('second_factor_needed', 'The one-time code is wrong, or was used before.');
  await forgiveCodeTries(call, userId);
}

/** Whether the code fits the seed, confirmed or not, and is newer than every code that was used. Marks it as used. */
export async function useTotp({ core }: Call, tx: Transaction, userId: string, code: string): Promise<boolean> {
  const row = await tx.userTotp.findUnique({ where: { userId } });
  if (row === null) return false;
  const secret = Secret.fromBase32(unseal(row.sealedSecret, sealedFor(userId), keysOf(core).atRest));
  const totp = new TOTP({ ...shape, secret });
  const token = code.replaceAll(' ', '');
  const timestamp = Date.now();
  const drift = totp.validate({ token, timestamp, window: driftSteps });
  if (drift === null) return false;
  const lastStep = totp.counter({ timestamp }) + drift;
  // The condition is in the write: of two that come with the same code, one is too late.
  const { count } = await tx.userTotp.updateMany({ where: { userId, lastStep: { lt: lastStep } }, data: { lastStep } });
  return count === 1;
}

async function useRecoveryCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.deleteMany({ where: { userId, codeHash: recoveryHash(code) } });
  return count === 1;
}

const recoveryCodes = 10;
const recoveryBytes = 10;

/** Ten codes of 80 random bits, as people write them down; only their hashes are kept. */
export function newRecoveryCodes(): Array<{ code: string; hash: Uint8Array<ArrayBuffer> }> {
  return Array.from({ length: recoveryCodes }, () => {
    const text = new Secret({ buffer: new Uint8Array(randomBytes(recoveryBytes)).buffer }).base32;
    const code = text.match(/.{4}/g)?.join('-') ?? text;
    return { code, hash: recoveryHash(code) };
  });
}

/** Random secrets need no slow hash. People leave the dashes out, or write small letters. */
function recoveryHash(code: string): Uint8Array<ArrayBuffer> {
  return credentialHash(code.toUpperCase().replaceAll(/[ -]/g, ''));
}
