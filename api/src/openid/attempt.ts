import { hkdfSync } from 'node:crypto';
import { safeNext } from '@unkai/contracts/safe-next';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { z } from 'zod';

const attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  /** Of PKCE (RFC 7636): only the browser that began can end it. */
  verifier: z.string(),
  /** The page to open afterwards; safe. */
  next: z.string(),
});
/** One try to sign in with a provider. */
export type SignInAttempt = z.infer<typeof attempt>;

export const attemptSeconds = 600;

export function newAttempt(next: string | null): SignInAttempt {
  return {
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    next: safeNext(next),
  };
}

/**
 * Keeps a try with the browser that makes it, encrypted: nothing is kept here before anybody is known (A42). After ten
 * minutes it opens no more.
 */
export function attemptSeal(secret: string) {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'unkai openid sign-in', 32));
  return {
    seal: (made: SignInAttempt) =>
      new EncryptJWT({ ...made })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(`${attemptSeconds} s`)
        .encrypt(key),
    /** Null for what we did not seal, or too long ago. */
    async open(sealed: string): Promise<SignInAttempt | null> {
      try {
        return attempt.parse((await jwtDecrypt(sealed, key)).payload);
      } catch {
        return null;
      }
    },
  };
}
