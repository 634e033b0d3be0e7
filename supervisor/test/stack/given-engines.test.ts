// The operator's own Postgres and Redis, with no more rights than are needed: `up` comes to its end on them, starts none of
// its own, and leaves them alone.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cloud } from './cloud.ts';
import { type GivenEngines, passwordSpellings, startGivenEngines } from './given-engines.ts';
import { Installation } from './installation.ts';

let engines: GivenEngines;
/** Told of the owner of the database alone, as who begins with one role does. */
let simple: Installation;
/** The same installation, told of a role for the programs too. */
let installation: Installation;

beforeAll(async () => {
  engines = await startGivenEngines();
  const { ownerUrl, programsUrl, redisUrl } = engines;
  simple = await Installation.prepare({ sim: true, variables: { DATABASE_URL: ownerUrl, REDIS_URL: redisUrl } });
  installation = simple.with({ DATABASE_URL: programsUrl, UNKAI_OWNER_DATABASE_URL: ownerUrl });
});
afterAll(async () => {
  await installation?.remove();
  await engines?.[Symbol.asyncDispose]();
});

const programsOf = async (of: Installation) => (await of.status()).programs.map(({ name, pid }) => ({ name, pid }));

/** All that it keeps and tells: no password is in it. */
async function expectNoPassword(told: string): Promise<void> {
  const { home } = installation;
  const folder = join(home, 'log');
  const files = [...(await readdir(folder)).map((name) => join(folder, name)), join(home, 'settings.json')];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const pids = (await programsOf(installation)).map(({ pid }) => pid);
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')));
  for (const text of [told, ...texts, ...lines]) for (const each of passwordSpellings) expect(text).not.toContain(each);
}

test('up comes to its end on them and starts neither; a server runs, and a second up finds all as it is', async () => {
  const first = await simple.up();
  expect(first.stderr).toMatch(/i Postgres +that of DATABASE_URL, 127\.0\.0\.1:\d+$/m);
  expect(first.stderr).toMatch(/i Redis +that of REDIS_URL, 127\.0\.0\.1:\d+$/m);
  const programs = await programsOf(simple);
  expect(programs.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['api', 'workers', 'edge', 'hostagent-sim-1']),
  );
  expect(programs.map(({ name }) => name).filter((name) => name === 'postgres' || name === 'redis')).toEqual([]);
  for (const name of ['postgres', 'redis']) expect(existsSync(join(simple.home, name))).toBe(false);
  const cloud = await Cloud.of(simple);
  await cloud.untilState(await cloud.createServer('on-given-engines'), 'running');
  const second = await simple.up();
  expect(second.stderr).toMatch(/✓ Start the programs .* already running$/m);
  expect(await programsOf(simple)).toEqual(programs);
  await expectNoPassword(first.stdout + first.stderr + second.stdout + second.stderr);
});

test('what hosts may do in that Redis is theirs alone, and was not more than the operator gave', async () => {
  const url = new URL(engines.redisUrl);
  const redis = new Redis(url.href);
  const hosts = await simple.api.GET('/hosts');
  for (const { id } of hosts.data?.items ?? []) {
    expect(await redis.call('ACL', 'GETUSER', `unkai-host-${id}`)).not.toBeNull();
  }
  expect(hosts.data?.items).toHaveLength(3);
  await expect(redis.call('CONFIG', 'GET', 'dir')).rejects.toThrow('NOPERM');
  await expect(redis.get('somebody-elses')).rejects.toThrow('NOPERM');
  redis.disconnect();
});

test('with a role for the programs beside the owner it goes on, and they can write no line of the audit log anew', async () => {
  const told = await installation.up();
  expect(told.stderr).toMatch(/✓ Start the programs .* restarted: something has changed$/m);
  const programs = new pg.Client(engines.programsUrl);
  await programs.connect();
  await expect(programs.query('DELETE FROM audit_line')).rejects.toThrow('permission denied');
  await programs.end();
  const cloud = await Cloud.of(installation);
  expect((await cloud.servers()).map(({ name, state }) => [name, state])).toEqual([['on-given-engines', 'running']]);
  await expectNoPassword(told.stdout + told.stderr);
});

test('down leaves them running, with all that they hold', async () => {
  await installation.down();
  const programs = new pg.Client(engines.programsUrl);
  await programs.connect();
  const { rows } = await programs.query('SELECT name, state FROM server');
  await programs.end();
  expect(rows).toEqual([{ name: 'on-given-engines', state: 'running' }]);
  const redis = new Redis(engines.redisUrl);
  expect(await redis.ping()).toBe('PONG');
  redis.disconnect();
});
