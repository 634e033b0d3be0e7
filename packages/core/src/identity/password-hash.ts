import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// What libsodium calls "interactive": 64 MiB, two passes, one lane. OWASP's profiles are the least that is to be chosen, and
// take a core of today 10 ms. @node-rs/argon2 hashes with argon2id unless told otherwise.
const cost = { memoryCost: 65_536, timeCost: 2, parallelism: 1 };
/** Argon2's own lower limit for one lane, in KiB. */
const leastMemory = 8;

/** argon2id (RFC 9106) in the encoded form that carries its own salt and cost. Callers bound the length first (A14). */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Whether a hash was made at a lower cost than passwords are hashed with now. */
export function isOutdated(encoded: string): boolean {
  return missingWork(encoded) > 0;
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits. For an unknown user (`encoded` null) the same work is done against a decoy, and what a hash of
 * an earlier, lower cost saves is worked off, so that the time tells nothing about who exists (A12).
 */
export async function verifyPassword(encoded: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const held = encoded ?? (await decoy);
  const fits = await verify(held, password);
  const missing = missingWork(held);
  if (missing > 0) {
    const memoryCost = Math.max(leastMemory, Math.round(missing / cost.timeCost));
    await hash(password, { ...cost, memoryCost });
  }
  return fits && encoded !== null;
}

/** By how much a hash took less work than it would now, in KiB of memory times passes over it; below zero for more. */
function missingWork(encoded: string): number {
  const { memory, passes } = /\$m=(?<memory>\d+),t=(?<passes>\d+),/.exec(encoded)?.groups ?? {};
  return cost.memoryCost * cost.timeCost - Number(memory) * Number(passes);
}
