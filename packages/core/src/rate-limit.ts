import { createHash } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Redis } from 'ioredis';
import { z } from 'zod';

export interface RateLimit {
  /** What is counted, such as `sign-in`; part of the key. */
  readonly name: string;
  readonly attempts: number;
  readonly seconds: number;
}

/** Counts for each key in windows of fixed length; in Redis, or while that is away in this process. */
export interface RateLimiter {
  /** Counts one attempt. Throws `rate_limited` when there were too many; `next` says how long to wait. */
  attempt(limit: RateLimit, key: string): Promise<void>;
  /** Takes one attempt back that turned out well, where others of the same key go on counting. */
  refund(limit: RateLimit, key: string): Promise<void>;
  /** Forgets the attempts of a key that turned out well. */
  forgive(limit: RateLimit, key: string): Promise<void>;
}

interface Window {
  count: number;
  endsAt: number;
}

// Bounded, so that made-up keys cannot fill the memory: past it the oldest window is forgotten.
const mostWindows = 10_000;
const prefix = 'unkai:rate:';

export function openRateLimiter(redis: Redis): RateLimiter {
  const windows = new Map<string, Window>();
  return {
    async attempt(limit, key) {
      const place = placeOf(limit, key);
      const { count, secondsLeft } = await countInRedis(redis, limit, place).catch(() =>
        countHere(windows, limit, place),
      );
      if (count <= limit.attempts) return;
      throw new UnkaiError(
        'rate_limited',
        `Too many attempts: at most ${limit.attempts} in ${limit.seconds} seconds.`,
        {
          next: `Wait ${secondsLeft} seconds, then try again.`,
          retryAfterSeconds: secondsLeft,
        },
      );
    },
    async refund(limit, key) {
      const place = placeOf(limit, key);
      const window = windows.get(place);
      if (window !== undefined && window.count > 0) window.count -= 1;
      await refundInRedis(redis, place).catch(() => {});
    },
    async forgive(limit, key) {
      const place = placeOf(limit, key);
      windows.delete(place);
      await redis.del(place).catch(() => {});
    },
  };
}

/** The key is hashed: what people type as a name may be anything, a password too. */
function placeOf({ name }: RateLimit, key: string): string {
  return `${prefix}${name}:${createHash('sha256').update(key).digest('base64url')}`;
}

/** In one go: begins the window where there is none, counts, and asks how long it lasts. */
async function countInRedis(redis: Redis, { seconds }: RateLimit, place: string) {
  const told = await redis.pipeline().set(place, 0, 'EX', seconds, 'NX').incr(place).ttl(place).exec();
  const [, [, count], [, secondsLeft]] = counted.parse(told);
  return { count, secondsLeft: Math.max(1, secondsLeft) };
}

// What ioredis gives of a pipeline: an error or null, and what was answered, of each.
const number = z.tuple([z.null(), z.number()]);
const counted = z.tuple([z.tuple([z.null(), z.unknown()]), number, number]);

/** A window that ended meanwhile begins with nothing, not with less. */
async function refundInRedis(redis: Redis, place: string): Promise<void> {
  if ((await redis.decr(place)) <= 0) await redis.del(place);
}

function countHere(windows: Map<string, Window>, { seconds }: RateLimit, place: string) {
  const now = Date.now();
  const found = windows.get(place);
  const current = found && found.endsAt > now ? found : { count: 0, endsAt: now + seconds * 1000 };
  current.count += 1;
  windows.set(place, current);
  const oldest = windows.size > mostWindows ? windows.keys().next().value : undefined;
  if (oldest !== undefined) windows.delete(oldest);
  return { count: current.count, secondsLeft: Math.ceil((current.endsAt - now) / 1000) };
}
