import { createHash } from 'node:crypto';
import { hostQueueName, queuePrefix } from '@unkai/contracts/host/job';
import type { Redis } from 'ioredis';
import { hostRedisPassword } from './credential.ts';

// What a BullMQ worker sends, and no more: scripts, and the commands inside them, which Redis checks one by one against
// the same list. A stolen host can spoil its own queue and nothing else: no other host's keys, no KEYS, FLUSHALL,
// CONFIG or ACL, no channel.
const commands = [
  ...['hello', 'auth', 'ping', 'quit', 'info', 'select', 'client|setname', 'client|id'],
  ...['eval', 'evalsha', 'script|load', 'script|exists', 'bzpopmin', 'time'],
  ...['get', 'set', 'del', 'exists', 'incr', 'incrby', 'decr', 'pexpire', 'expire', 'pttl', 'type'],
  ...['hget', 'hgetall', 'hmget', 'hset', 'hsetnx', 'hmset', 'hdel', 'hexists', 'hincrby', 'hlen', 'hscan'],
  ...['lpush', 'rpush', 'lpop', 'rpop', 'rpoplpush', 'lmove', 'lrange', 'lrem', 'llen', 'lindex', 'lpos', 'ltrim'],
  ...['zadd', 'zrem', 'zcard', 'zcount', 'zscore', 'zrange', 'zrangebyscore', 'zrevrange', 'zrevrangebyscore'],
  ...['zpopmin', 'zremrangebyrank', 'zremrangebyscore', 'sadd', 'srem', 'smembers', 'scard', 'sismember'],
  ...['xadd', 'xtrim', 'xlen'],
] as const;

export const hostRedisUsername = (hostId: string) => `unkai-host-${hostId}`;

/** SHA-256 of the password in hexadecimal, the form that ACL SETUSER takes and `host.redis_password_hash` keeps. */
export function redisPasswordHash(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}

/** The address of Redis for hosts, with the user and password of this one. */
export function hostRedisAccess(redisUrl: string, hostId: string, credential: string) {
  const url = new URL(redisUrl);
  url.username = '';
  url.password = '';
  return { url: url.href, username: hostRedisUsername(hostId), password: hostRedisPassword(credential) };
}

/**
 * Makes the Redis user of a host exactly what it should be: this password and no other, its own queue's keys, the
 * commands above. Harmless to repeat. Redis forgets its users with a restart unless it has an aclfile (ours has), so the
 * reconciler and each heartbeat see to it again. Throws when Redis does not answer.
 */
export async function ensureHostRedisUser(redis: Redis, hostId: string, passwordHash: string): Promise<void> {
  const rules = [
    ...['reset', 'on', `#${passwordHash}`, `~${queuePrefix}:${hostQueueName(hostId)}:*`],
    ...commands.map((command) => `+${command}`),
  ];
  await redis.call('ACL', 'SETUSER', hostRedisUsername(hostId), ...rules);
  await saveUsers(redis);
}

/** As `ensureHostRedisUser`, when the user is missing or has another password; else one cheap question. */
export async function ensureHostRedisUserExists(redis: Redis, hostId: string, passwordHash: string): Promise<void> {
  const user = await redis.call('ACL', 'GETUSER', hostRedisUsername(hostId));
  if (JSON.stringify(user ?? null).includes(passwordHash)) return;
  await ensureHostRedisUser(redis, hostId, passwordHash);
}

/** Ends the access of a removed host; its open connections are cut. */
export async function removeHostRedisUser(redis: Redis, hostId: string): Promise<void> {
  await redis.call('ACL', 'DELUSER', hostRedisUsername(hostId));
  await saveUsers(redis);
}

/** A Redis without an aclfile refuses to save; then the users live as long as its process. */
async function saveUsers(redis: Redis): Promise<void> {
  await redis.call('ACL', 'SAVE').catch(() => {});
}
