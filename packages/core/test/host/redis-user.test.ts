import { randomUUID } from 'node:crypto';
import { type HostJob, hostQueueName, queuePrefix } from '@unkai/contracts/host/job';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ensureHostRedisUser,
  ensureHostRedisUserExists,
  hostRedisUsername,
  redisPasswordHash,
  removeHostRedisUser,
} from '../../src/host/redis-user.ts';
import { openTestCore, type TestCore } from '../workflow-core.ts';

let fixture: TestCore;
let hostId: string;
let otherId: string;
const password = 'a-long-random-password';
const clients: Redis[] = [];

beforeEach(async () => {
  fixture = await openTestCore();
  hostId = randomUUID();
  otherId = randomUUID();
  await ensureHostRedisUser(fixture.core.queues.redis, hostId, redisPasswordHash(password));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await removeHostRedisUser(fixture.core.queues.redis, hostId);
  await fixture.close();
});

/** A connection as a host makes it. */
function connect(id = hostId, secret = password): Redis {
  const url = new URL(fixture.services.redisUrl);
  url.username = '';
  url.password = '';
  const client = new Redis(url.href, {
    username: hostRedisUsername(id),
    password: secret,
    maxRetriesPerRequest: null,
    retryStrategy: null,
  });
  client.on('error', () => {});
  clients.push(client);
  return client;
}

const job = (id: string): HostJob => ({ noun: 'server', id, requestId: 'req' });

test('a worker of the host takes the jobs of its own queue, failing ones too', async () => {
  const { queues } = fixture.core;
  const seen: string[] = [];
  const worker = new Worker<HostJob>(
    hostQueueName(hostId),
    async ({ data, attemptsMade }) => {
      seen.push(data.id);
      if (data.id === 'fails' && attemptsMade === 0) throw new Error('once');
    },
    { connection: connect(), prefix: queuePrefix, concurrency: 4, stalledInterval: 500, lockDuration: 1000 },
  );
  const errors: Error[] = [];
  worker.on('error', (error) => errors.push(error));
  await worker.waitUntilReady();
  const ids = Array.from({ length: 20 }, () => randomUUID());
  for (const id of ids) await queues.hintHost(hostId, job(id));
  await queues.hintHost(hostId, job('fails'));
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(21);
  expect(new Set(seen)).toEqual(new Set([...ids, 'fails']));
  // Long enough for the worker's own rounds: looking for stalled jobs, renewing locks.
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await worker.close();
  expect(errors).toEqual([]);
  expect(await denials()).toEqual([]);
});

test('A62: the host reads and writes no key but its own, and runs no command that reaches further', async () => {
  await fixture.core.queues.hintHost(otherId, job(randomUUID()));
  const theirs = `${queuePrefix}:${hostQueueName(otherId)}:wait`;
  const client = connect();
  const forbidden = [
    ['LRANGE', theirs, '0', '-1'],
    ['LPUSH', theirs, 'x'],
    ['DEL', theirs],
    ['EVAL', `return redis.call('LRANGE', '${theirs}', 0, -1)`, '0'],
    ['EVAL', `return redis.call('FLUSHALL')`, '0'],
    ['GET', `${queuePrefix}:${hostQueueName(hostId)}`],
    ['HGETALL', `${queuePrefix}:workflow:meta`],
    ['LPUSH', `${queuePrefix}:workflow:wait`, 'x'],
    ['KEYS', '*'],
    ['SCAN', '0'],
    ['FLUSHALL'],
    ['FLUSHDB'],
    ['CONFIG', 'GET', '*'],
    ['ACL', 'LIST'],
    ['ACL', 'SETUSER', hostRedisUsername(hostId), '~*'],
    ['CLIENT', 'LIST'],
    ['MONITOR'],
    ['DEBUG', 'SLEEP', '0'],
    ['SHUTDOWN'],
    ['PUBLISH', 'channel', 'x'],
    ['SUBSCRIBE', 'channel'],
    ['SCRIPT', 'FLUSH'],
    ['SWAPDB', '0', '1'],
  ] as const;
  for (const [command, ...given] of forbidden) {
    const answer = await client.call(command, ...given).then(
      () => 'allowed',
      (error: Error) => error.message,
    );
    expect([command, answer]).toEqual([
      command,
      expect.stringMatching(/NOPERM|The user executing the script can't|not allowed/),
    ]);
  }
  expect(await fixture.core.queues.redis.llen(theirs)).toBe(1);
});

test('a new password ends the old one; a user that Redis lost is made again', async () => {
  const { redis } = fixture.core.queues;
  await ensureHostRedisUser(redis, hostId, redisPasswordHash('another'));
  await expect(connect().ping()).rejects.toThrow(/WRONGPASS|closed/);
  expect(await connect(hostId, 'another').ping()).toBe('PONG');

  await redis.call('ACL', 'DELUSER', hostRedisUsername(hostId));
  await ensureHostRedisUserExists(redis, hostId, redisPasswordHash(password));
  expect(await connect().ping()).toBe('PONG');
  await removeHostRedisUser(redis, hostId);
  await expect(connect().ping()).rejects.toThrow(/WRONGPASS|closed/);
});

/** What Redis refused this host, from its own log. */
async function denials(): Promise<string[]> {
  const log = await fixture.core.queues.redis.call('ACL', 'LOG', '100');
  return JSON.stringify(log).includes(hostRedisUsername(hostId)) ? [JSON.stringify(log)] : [];
}
