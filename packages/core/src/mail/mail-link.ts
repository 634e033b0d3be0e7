import { UnkaiError } from '@unkai/contracts/errors';
import type { MailLink } from '@unkai/prisma/client';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Transaction } from '../database/database.ts';
import { credentialHash, newCredential } from '../identity/credentials.ts';
import { limiterOf } from '../identity/sign-in-limits.ts';
import type { RateLimit } from '../rate-limit.ts';

export type MailPurpose = 'sign-up' | 'password-reset';

// Whoever types the address of another fills their mailbox: a few an hour are enough for who lost one.
const perEmail: RateLimit = { name: 'mail-request-email', attempts: 5, seconds: 3_600 };
const perAddress: RateLimit = { name: 'mail-request-address', attempts: 30, seconds: 3_600 };
// Nobody guesses 256 bits; but each try that fits costs a password's hash.
const linksPerAddress: RateLimit = { name: 'mail-link-address', attempts: 60, seconds: 300 };

/**
 * Notes that somebody wants a letter. Whose address it is, is not even looked up here: known and unknown ones get the same
 * answer after the same work (A12), and the letter is written by a worker. Throws `rate_limited`, for both alike too.
 */
export async function requestMail(call: Call, purpose: MailPurpose, email: string): Promise<void> {
  const limiter = limiterOf(call.core);
  await limiter.attempt(perAddress, call.address ?? '');
  await limiter.attempt(perEmail, `${purpose} ${email}`);
  await commit(call.core.database, async (unit) => {
    const { id } = await unit.tx.mailRequest.create({ data: { purpose, email }, select: { id: true } });
    await recordChange(unit, call, { action: `${purpose}:create`, kind: 'created', id, name: email, projectId: null });
  });
}

const lifetimeMinutes = { 'sign-up': 24 * 60, 'password-reset': 60 } as const;
const credentialKinds = { 'sign-up': 'signUp', 'password-reset': 'passwordReset' } as const;

interface NewLink {
  readonly purpose: MailPurpose;
  readonly email: string;
  readonly userId: string | null;
}

/** Makes the secret of a link, which is shown here only. */
export async function makeLink(tx: Transaction, { purpose, email, userId }: NewLink) {
  const { secret, hash } = newCredential(credentialKinds[purpose]);
  const expiresAt = new Date(Date.now() + lifetimeMinutes[purpose] * 60_000);
  await tx.mailLink.create({ data: { purpose, email, userId, tokenHash: hash, expiresAt } });
  return { secret, expiresAt: expiresAt.toISOString() };
}

/** What a link is for, without using it up. Throws `rate_limited`, and `invalid_input` for one that is of no use. */
export async function findLink(call: Call, purpose: MailPurpose, token: string): Promise<MailLink> {
  await limiterOf(call.core).attempt(linksPerAddress, call.address ?? '');
  const row = await call.core.database.prisma.mailLink.findFirst({ where: usable(purpose, token) });
  if (row === null) throw uselessLink();
  return row;
}

/**
 * Uses a link up, and with it all others that were sent for the same; of two who come with it one is too late. Throws
 * `invalid_input`.
 */
export async function useLink(tx: Transaction, { id, purpose, email, userId }: MailLink): Promise<void> {
  const { count } = await tx.mailLink.deleteMany({ where: { id, expiresAt: { gt: new Date() } } });
  if (count === 0) throw uselessLink();
  await tx.mailLink.deleteMany({ where: { purpose, ...(userId === null ? { email } : { userId }) } });
}

function usable(purpose: MailPurpose, token: string) {
  return { purpose, tokenHash: credentialHash(token), expiresAt: { gt: new Date() } };
}

function uselessLink(): UnkaiError {
  const message = 'is of a link that was used, has expired, or is not whole';
  const fix = 'Ask for a new letter, and open the link of the newest one.';
  return new UnkaiError('invalid_input', `token: ${message}.`, {
    next: fix,
    errors: [{ field: 'token', message, fix }],
  });
}
