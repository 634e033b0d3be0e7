import { UnkaiError } from '@unkai/contracts/errors';
import type { Call, Core } from '../call.ts';
import { openRateLimiter, type RateLimit, type RateLimiter } from '../rate-limit.ts';

// Guessing one name from one address is slow, and guessing many names from one address (A12, A14). Who guesses one
// account from many addresses meets the third limit: then even the right password is wrong, and nothing says so.
const perName: RateLimit = { name: 'sign-in-name', attempts: 10, seconds: 300 };
const perAddress: RateLimit = { name: 'sign-in-address', attempts: 100, seconds: 300 };
const perAccount: RateLimit = { name: 'sign-in-account', attempts: 50, seconds: 900 };
// Six digits, three of which fit at any moment. Only who has the password gets here.
const perCode: RateLimit = { name: 'one-time-code', attempts: 10, seconds: 300 };
const perProviderAddress: RateLimit = { name: 'openid-address', attempts: 60, seconds: 300 };

// By the connection and not by the core, which a request may have a copy of: what is counted while Redis is away is here.
const limiters = new WeakMap<Core['queues']['redis'], RateLimiter>();
/** The one limiter of an installation's connection to Redis. */
export function limiterOf({ queues: { redis } }: Core): RateLimiter {
  const made = limiters.get(redis) ?? openRateLimiter(redis);
  limiters.set(redis, made);
  return made;
}

/** One try to sign in, as it is counted. */
export interface SignInTry {
  /** Counts against the account, there or not; tells whether it is locked. */
  isLocked(account: string): Promise<boolean>;
  /** It turned out well: only failures count. */
  forgive(account: string): Promise<void>;
}

/** Counts a try, whoever it is for. Throws `rate_limited` for the next one too many from this address. */
export async function beginSignIn({ core, address }: Call, who: string): Promise<SignInTry> {
  const limiter = limiterOf(core);
  const nameKey = JSON.stringify([address, who]);
  await limiter.attemptAll([
    { limit: perAddress, key: address ?? '' },
    { limit: perName, key: nameKey },
  ]);
  return {
    async isLocked(account) {
      try {
        await limiter.attempt(perAccount, account);
        return false;
      } catch (error) {
        if (error instanceof UnkaiError && error.code === 'rate_limited') return true;
        throw error;
      }
    },
    async forgive(account) {
      await Promise.all([
        limiter.refund(perAddress, address ?? ''),
        limiter.forgive(perName, nameKey),
        limiter.forgive(perAccount, account),
      ]);
    },
  };
}

/** Counts a browser that comes back from an OpenID provider, which costs us requests to it. Throws `rate_limited`. */
export async function countProviderTry({ core, address }: Call): Promise<void> {
  await limiterOf(core).attempt(perProviderAddress, address ?? '');
}

/** Counts a one-time code of a user. Throws `rate_limited`. */
export async function countCodeTry({ core }: Call, userId: string): Promise<void> {
  await limiterOf(core).attempt(perCode, userId);
}

export async function forgiveCodeTries({ core }: Call, userId: string): Promise<void> {
  await limiterOf(core).forgive(perCode, userId);
}
