// A Postgres and a Redis as an operator runs them for many: with an administrator, roles of their own for each tenant of
// theirs, and no more rights for Unkai than it needs.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { startEngine } from '@unkai/testing/engine';
import { freePort } from '@unkai/testing/services';
import { Redis } from 'ioredis';
import pg from 'pg';
import { ensureFolders, identityOf, serviceAccount, writeReadable } from '../../src/services/account.ts';
import { reachablePrograms } from '../../src/services/postgres.ts';
import { prepareRedis } from '../../src/services/redis.ts';
import type { ServiceProcess } from '../../src/services/service.ts';

/** With the characters that an address must spell otherwise. */
const password = 'p@ss:w/rd %41?#&+';
/** The ways in which it could show somewhere. */
export const passwordSpellings = [password, encodeURIComponent(password)];

export interface GivenEngines extends AsyncDisposable {
  /** As the role that owns the database. */
  readonly ownerUrl: string;
  /** As a role that may connect to it, and nothing else. */
  readonly programsUrl: string;
  readonly redisUrl: string;
}

const database = 'cloud';
/** What Unkai needs of Redis, and nothing that reaches other tenants' keys or the server's settings. */
const redisRights = [
  '~unkai:*',
  '&unkai:*',
  '+@all -@admin -@dangerous',
  '+info +acl|setuser +acl|getuser +acl|deluser +acl|save',
].join(' ');

/** Starts both on free ports of 127.0.0.1. */
export async function startGivenEngines(): Promise<GivenEngines> {
  const folder = await mkdtemp('/tmp/unkai-given-');
  await chmod(folder, 0o711);
  const [postgres, redis] = await Promise.all([startPostgres(folder), startRedis(folder)]);
  const url = (user: string) =>
    `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${postgres.port}/${database}`;
  return {
    ownerUrl: url('cloud_owner'),
    programsUrl: url('cloud'),
    redisUrl: redis.url,
    async [Symbol.asyncDispose]() {
      await Promise.all([postgres.engine.stop(), redis.engine.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A cluster with a superuser, as a distribution makes it; Unkai's own has none that could be reached. */
async function startPostgres(folder: string) {
  const port = await freePort();
  const account = await serviceAccount('postgres');
  const place = join(folder, 'postgres');
  const state = await ensureFolders(place, account);
  const programs = await reachablePrograms(place, account);
  const data = join(state, 'data');
  const secret = join(place, 'superuser');
  await writeReadable(account, secret, `${password}\n`);
  const manner = ['--auth=scram-sha-256', `--pwfile=${secret}`, '--no-sync', '--encoding=UTF8', '--locale=C'];
  const identity = { ...identityOf(account), cwd: state };
  const init = [join(programs, 'initdb'), '-D', data, '-U', 'postgres', ...manner] as const;
  await run(init, { ...identity, timeoutMs: 120_000 });
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${state}`, 'fsync=off'];
  const superuser = `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  const described: ServiceProcess = {
    name: 'postgres',
    argv: [join(programs, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    env: {},
    ...identity,
    stopSignal: 'SIGINT',
    stopGraceMs: 20_000,
    isReady: () => isDone(asRole(superuser, [])),
  };
  const engine = await startEngine(described, join(folder, 'postgres.log'));
  await asRole(superuser, [
    ...['cloud_owner', 'cloud'].map((role) => `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`),
    `CREATE DATABASE ${database} OWNER cloud_owner`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${database} TO cloud`,
  ]);
  return { engine, port };
}

function isDone(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

async function asRole(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Without a file for its users, as the packages of Redis set it up. */
async function startRedis(folder: string) {
  const port = await freePort();
  const place = join(folder, 'redis');
  const { process: own } = await prepareRedis({ folder: place, port, durable: false });
  const configuration = join(place, 'given.conf');
  const user = `user cloud on ${JSON.stringify(`>${password}`)} ${redisRights}`;
  const lines = [`port ${port}`, 'bind 127.0.0.1', 'save ""', 'user default off', user];
  await writeReadable(await serviceAccount('redis'), configuration, `${lines.join('\n')}\n`);
  const url = `redis://cloud:${encodeURIComponent(password)}@127.0.0.1:${port}/3`;
  const isReady = () => isDone(ping(url));
  const engine = await startEngine({ ...own, argv: [own.argv[0], configuration], isReady }, join(folder, 'redis.log'));
  return { engine, url };
}

async function ping(url: string): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => null, lazyConnect: true });
  // Said by `connect` too.
  redis.on('error', () => {});
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}
