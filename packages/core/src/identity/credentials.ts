import { hash as digest, randomBytes } from 'node:crypto';

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
