import { safeNext } from '@unkai/contracts/safe-next';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { z } from 'zod';
import { type CookieSeal, cookieSeal } from './cookie-seal.ts';

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
export function attemptSeal(secret: string): CookieSeal<SignInAttempt> {
  return cookieSeal({ secret, label: 'unkai openid sign-in', schema: attempt, seconds: attemptSeconds });
}
