import { hash as digest, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Kinds of bearer credential, told apart by their first characters. */
export const credentialPrefixes = {
  session: 'uks_',
  apiToken: 'unk_',
  host: 'ukh_',
  join: 'ukj_',
  console: 'ukc_',
  invite: 'uki_',
  signUp: 'ukv_',
  passwordReset: 'ukp_',
} as const;
export type CredentialKind = keyof typeof credentialPrefixes;

/** A new credential: 256 random bits behind its prefix. It is shown once; only its hash is kept. */
export function newCredential(kind: CredentialKind): { secret: string; hash: Uint8Array<ArrayBuffer> } {
  const secret = credentialPrefixes[kind] + randomBytes(32).toString('base64url');
  return { secret, hash: credentialHash(secret) };
}

/** SHA-256 of a credential. Random 256-bit secrets need no slow hash, and the lookup by hash leaks no timing. */
export function credentialHash(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(digest('sha256', secret, 'buffer'));
}

/** The same hash as text, by which a credential is known in memory. */
export function credentialKey(secret: string): string {
  return digest('sha256', secret, 'base64');
}

// OWASP's second recommended profile for argon2id: 19 MiB, two passes, one lane. @node-rs/argon2 hashes with argon2id
// unless told otherwise.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id (RFC 9106) in the encoded form that carries its own salt and cost. Callers bound the length first (A14). */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits. For an unknown user (`encoded` null) the same work is done against a decoy, so that the
 * time tells nothing about who exists (A12).
 */
export async function verifyPassword(encoded: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const fits = await verify(encoded ?? (await decoy), password);
  return fits && encoded !== null;
}
