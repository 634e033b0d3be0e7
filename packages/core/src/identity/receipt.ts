import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Call, keysOf } from '../call.ts';
import type { ProvenUser } from './password-check.ts';

/** Says that somebody's password was right, so that they need not send it again with their one-time code. */
const receipt = z.object({
  userId: z.string(),
  /** The user's token generation then: a new password, or being disabled, ends the receipt too. */
  generation: z.number().int(),
  /** Milliseconds of the epoch. */
  issuedAt: z.number().int(),
  expiresAt: z.number().int(),
});
type Receipt = z.infer<typeof receipt>;

const receiptMs = 5 * 60_000;
const prefix = 'ukr_';
const longestReceipt = 512;

/** A receipt for a user whose password was right, with what Keystone's clients are told of it. */
export async function giveReceipt({ core }: Call, { id, name, tokenGeneration }: ProvenUser) {
  const issuedAt = Date.now();
  const expiresAt = issuedAt + receiptMs;
  const { domain } = await core.database.prisma.user.findUniqueOrThrow({ where: { id }, select: { domain: true } });
  const receipt = signReceipt({ userId: id, generation: tokenGeneration, issuedAt, expiresAt }, keysOf(core).tokens);
  return { receipt, issuedAt, expiresAt, user: { id, name, domain } };
}

/** It opens no door: with it only the one-time code is missing. */
function signReceipt(facts: Receipt, key: KeyObject): string {
  const text = Buffer.from(JSON.stringify(facts)).toString('base64url');
  return `${prefix}${text}.${macOf(text, key).toString('base64url')}`;
}

/** What a receipt says, when this installation signed it and its time has not come; else null. */
export function verifyReceipt(given: string, key: KeyObject, now = Date.now()): Receipt | null {
  if (given.length > longestReceipt || !given.startsWith(prefix)) return null;
  const [text = '', mac = ''] = given.slice(prefix.length).split('.');
  const bytes = Buffer.from(mac, 'base64url');
  const expected = macOf(text, key);
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return null;
  const facts = receipt.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  return facts.expiresAt > now ? facts : null;
}

/** The same key signs tokens, whose records never begin with these words. */
function macOf(text: string, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(`receipt ${text}`).digest();
}
