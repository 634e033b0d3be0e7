import { UnkaiError } from '@unkai/contracts/errors';
import type { Actor } from '@unkai/core/call';
import type { RequestLimit, Standing } from '@unkai/core/request-limit';
import type { MiddlewareHandler } from 'hono';
import type { CallOf } from './doors/call-of.ts';

export interface LimitedRequests {
  /** As the one that was given; throws `rate_limited` when the caller has made too many requests. */
  readonly callOf: CallOf;
  /** Tells callers where they stand, with every answer. */
  readonly tellStanding: MiddlewareHandler;
}

/** Counts each request once, by who makes it; `null` counts nothing. */
export function limitRequests(callOf: CallOf, limit: RequestLimit | null): LimitedRequests {
  const standings = new WeakMap<Request, Standing>();
  return {
    async callOf(context) {
      const call = await callOf(context);
      const { raw } = context.req;
      const key = keyOf(call.actor);
      // Streams and uploads look again and again whether their caller may still: that is one request.
      if (limit === null || key === null || standings.has(raw)) return call;
      const standing = limit.count(key);
      standings.set(raw, standing);
      if (standing.isOver) throw tooMany(standing);
      return call;
    },
    async tellStanding(context, next) {
      await next();
      const standing = standings.get(context.req.raw);
      if (standing === undefined) return;
      for (const [name, value] of Object.entries(rateLimitHeaders(standing))) context.res.headers.set(name, value);
    },
  };
}

/**
 * Each API token by itself, so that one program cannot use up what another needs; sessions by their user. Who is nobody
 * reaches nothing but the sign-in, which has limits of its own, and pages that cost nothing.
 */
function keyOf({ kind, userId, credentialId }: Actor): string | null {
  if (kind === 'api-token') return `token:${credentialId}`;
  return userId === null ? null : `user:${userId}`;
}

/**
 * Where a caller stands, as draft-ietf-httpapi-ratelimit-headers says it: the three fields of its revision 06, which
 * most clients read, and the two of revision 11, which replace them.
 */
function rateLimitHeaders({ requests, seconds, remaining, resetSeconds }: Standing): Record<string, string> {
  return {
    'ratelimit-limit': String(requests),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
    'ratelimit-policy': `"requests";q=${requests};w=${seconds}`,
    ratelimit: `"requests";r=${remaining};t=${resetSeconds}`,
  };
}

function tooMany({ requests, seconds, resetSeconds }: Standing): UnkaiError {
  return new UnkaiError('rate_limited', `Too many requests: at most ${requests} in ${seconds} seconds.`, {
    next: `Wait ${resetSeconds} s (Retry-After). Each answer tells in RateLimit-Remaining how many are left; an operator can raise UNKAI_RATE_LIMIT.`,
    retryAfterSeconds: resetSeconds,
  });
}
