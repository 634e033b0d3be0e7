import { fieldRule } from '@unkai/contracts/field-rule';
import type { Redis } from 'ioredis';
import { z } from 'zod';

/** So many requests in each window of so many seconds. */
export interface RequestQuota {
  readonly requests: number;
  readonly seconds: number;
}

/** Where a caller stands in the present window. */
export interface Standing extends RequestQuota {
  /** Requests left in it, never below 0. */
  readonly remaining: number;
  /** Whole seconds until the next window, at least 1. */
  readonly resetSeconds: number;
  /** Whether this very request was one too many. */
  readonly isOver: boolean;
}

/** Counts requests of callers. The answer is there at once: no request waits for Redis. */
export interface RequestLimit {
  count(key: string): Standing;
}

interface Count {
  /** What this process has seen in the window, and of that what Redis has been told. */
  here: number;
  told: number;
  /** What the other processes have told. */
  elsewhere: number;
  isTelling: boolean;
}

const prefix = 'unkai:requests:';
// Between two words of one process about one caller: its peers are at most this late, a busy caller costs little.
const quietMs = 50;

/**
 * Counts in this process, and shares what it counted with its peers through Redis behind the requests: one process is
 * exact, several let a caller through for as long as the word of it takes. While Redis is away each counts alone. Windows
 * begin at multiples of their length by the clock, so that processes agree on them without asking.
 */
export function openRequestLimit(redis: Redis, { requests, seconds }: RequestQuota): RequestLimit {
  const windowMs = seconds * 1000;
  let window = -1;
  let counts = new Map<string, Count>();

  const tell = async (key: string, count: Count, toldIn: number) => {
    const news = count.here - count.told;
    if (news === 0 || count.isTelling || toldIn !== window || redis.status !== 'ready') return;
    count.isTelling = true;
    count.told = count.here;
    const total = await addInRedis(redis, `${prefix}${key}:${toldIn}`, { news, keepMs: 2 * windowMs }).catch(
      () => null,
    );
    if (total === null) count.told -= news;
    else count.elsewhere = total - count.told;
    setTimeout(() => {
      count.isTelling = false;
      void tell(key, count, toldIn);
    }, quietMs).unref();
  };

  return {
    count(key) {
      const now = Date.now();
      const current = Math.floor(now / windowMs);
      if (current !== window) {
        window = current;
        counts = new Map();
      }
      const count = counts.get(key) ?? { here: 0, told: 0, elsewhere: 0, isTelling: false };
      counts.set(key, count);
      count.here += 1;
      void tell(key, count, window);
      const used = count.here + count.elsewhere;
      const resetSeconds = Math.max(1, Math.ceil(((current + 1) * windowMs - now) / 1000));
      return { requests, seconds, remaining: Math.max(0, requests - used), resetSeconds, isOver: used > requests };
    },
  };
}

/** Gives what all processes have told, this news included. */
async function addInRedis(redis: Redis, place: string, { news, keepMs }: { news: number; keepMs: number }) {
  const answers = await redis.multi().incrby(place, news).pexpire(place, keepMs).exec();
  const total = Number(answers?.[0]?.[1]);
  if (Number.isNaN(total)) throw new Error('Redis did not count.');
  return total;
}

/** A quota as operators write it: `600/10` is 600 requests in 10 seconds; `off` is none, and read as null. */
export const requestQuota = z
  .string()
  .regex(
    /^([1-9]\d{0,6}\/[1-9]\d{0,4}|off)$/,
    fieldRule('must be requests/seconds, such as 600/10, or off', 'Write requests/seconds, such as 600/10, or off.'),
  )
  .transform((text): RequestQuota | null => {
    const [requests = 0, seconds = 0] = text.split('/').map(Number);
    return text === 'off' ? null : { requests, seconds };
  });
