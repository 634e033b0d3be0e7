import { readFile, stat } from 'node:fs/promises';
import { type Services, startServices } from '@unkai/testing/services';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

const isRoot = process.getuid?.() === 0;

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.stop());

async function status(pid: number, field: string): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8');
  return text.match(new RegExp(`^${field}:\\s*(\\d+)`, 'm'))?.[1];
}

test('the engines do not run as root, and no secret is in their arguments or environment', async () => {
  const { postgres, redis, databaseUrl, redisUrl } = services;
  for (const [pid, url] of [
    [postgres.pid(), databaseUrl],
    [redis.pid(), redisUrl],
  ] as const) {
    if (isRoot) expect(await status(pid, 'Uid')).not.toBe('0');
    const seen = await Promise.all(['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')));
    expect(seen.join()).not.toContain(new URL(url).password);
  }
});

test('neither engine answers without its password', async () => {
  const { databaseUrl, redisUrl } = services;
  const wrong = new URL(databaseUrl);
  wrong.password = 'guessed';
  await expect(new pg.Client(wrong.href).connect()).rejects.toThrow('password authentication failed');
  const stranger = new Redis(redisUrl.replace(/\/\/.*@/, '//'), { retryStrategy: () => null, enableReadyCheck: false });
  stranger.on('error', () => undefined);
  await expect(stranger.ping()).rejects.toThrow('NOAUTH');
  stranger.disconnect();
});

test('our role in Postgres is no superuser and can run no program', async () => {
  const { databaseUrl } = services;
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await expect(client.query("COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toThrow('permission denied');
  await client.end();
});

test("a host's Redis user survives a restart, and its list is readable by Redis alone", async () => {
  const redis = new Redis(services.redisUrl);
  await redis.call('ACL', 'SETUSER', 'host-1', 'on', '>secret', '~host-1:*', '+get');
  await redis.call('ACL', 'SAVE');
  const [, folder] = listOf(await redis.config('GET', 'dir'));
  redis.disconnect();
  await services.redis.stop();
  await services.redis.start();
  const url = new URL(services.redisUrl);
  url.username = 'host-1';
  url.password = 'secret';
  const host = new Redis(url.href, { enableReadyCheck: false });
  expect(await host.get('host-1:x')).toBeNull();
  await expect(host.get('host-2:x')).rejects.toThrow('NOPERM');
  host.disconnect();
  expect((await stat(String(folder))).mode & 0o077).toBe(0);
});

function listOf(answer: unknown): readonly unknown[] {
  return Array.isArray(answer) ? answer : [];
}
