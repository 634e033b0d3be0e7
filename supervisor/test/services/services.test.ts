import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngine } from '@unkai/testing/engine';
import { freePort, type Services, startServices } from '@unkai/testing/services';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationRole, preparePostgres } from '../../src/services/postgres.ts';

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

test('our roles in Postgres are no superusers and can run no program', async () => {
  for (const url of [services.databaseUrl, services.applicationUrl]) {
    const client = new pg.Client(url);
    await client.connect();
    await expect(client.query("COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toThrow('permission denied');
    await client.end();
  }
});

test('a cluster of before the programs had a role of their own gets it at its next start', async () => {
  const folder = await mkdtemp('/tmp/unkai-cluster-');
  await chmod(folder, 0o711);
  const prepare = async () => preparePostgres({ folder: join(folder, 'pg'), port: await freePort(), durable: false });
  try {
    await prepare();
    await rm(join(folder, 'pg', 'application-role'));
    await rm(join(folder, 'pg', 'application-password'));
    const { process: described, url } = await prepare();
    const engine = await startEngine(described, join(folder, 'log'));
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query('SELECT current_user AS role');
    expect(rows).toEqual([{ role: applicationRole }]);
    await client.end();
    await engine.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
