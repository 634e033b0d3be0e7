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
  /** Counts one attempt for each of several keys in one go. Throws as `attempt`, for the first with too many. */
  attemptAll(counted: ReadonlyArray<Counted>): Promise<void>;
  /** Takes one attempt back that turned out well, where others of the same key go on counting. */
  refund(limit: RateLimit, key: string): Promise<void>;
  /** Forgets the attempts of a key that turned out well. */
  forgive(limit: RateLimit, key: string): Promise<void>;
}

export interface Counted {
  readonly limit: RateLimit;
  readonly key: string;
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
  const attemptAll = async (tries: readonly Counted[]) => {
    const places = tries.map(({ limit, key }) => ({ limit, place: placeOf(limit, key) }));
    const told = await countInRedis(redis, places).catch(() =>
      places.map(({ limit, place }) => countHere(windows, limit, place)),
    );
    for (const [index, { limit }] of places.entries()) refuseOver(limit, told[index]);
  };
  return {
    attempt: (limit, key) => attemptAll([{ limit, key }]),
    attemptAll,
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

interface Count {
  readonly count: number;
  readonly secondsLeft: number;
}

function refuseOver(limit: RateLimit, told: Count | undefined): void {
  if (told === undefined || told.count <= limit.attempts) return;
  const { secondsLeft } = told;
  const most = `at most ${limit.attempts} in ${limit.seconds} seconds`;
  throw new UnkaiError('rate_limited', `Too many attempts: ${most}.`, {
    next: `Wait ${secondsLeft} seconds, then try again.`,
    retryAfterSeconds: secondsLeft,
  });
}

/** In one go: begins each window that is not there, counts, and asks how long it lasts. */
async function countInRedis(
  redis: Redis,
  places: ReadonlyArray<{ readonly limit: RateLimit; readonly place: string }>,
): Promise<Count[]> {
  const asked = redis.pipeline();
  for (const { limit, place } of places) asked.set(place, 0, 'EX', limit.seconds, 'NX').incr(place).ttl(place);
  const told = answers.parse(await asked.exec());
  return places.map((_, index) => {
    const [count, secondsLeft] = countAndTtl.parse([told[index * 3 + 1], told[index * 3 + 2]]);
    return { count, secondsLeft: Math.max(1, secondsLeft) };
  });
}

// What ioredis gives of a pipeline: an error or null, and what was answered, of each.
const answers = z.array(z.tuple([z.null(), z.unknown()]).transform(([, answer]) => answer));
const countAndTtl = z.tuple([z.number(), z.number()]);

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
