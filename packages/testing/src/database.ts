import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { inject } from 'vitest';
import './global-setup.ts';

/** A database that nobody else uses. `await using` closes it too. */
export type EmptyDatabase = AsyncDisposable & {
  databaseUrl: string;
  /** Drops it, with whoever is still connected. */
  close: () => Promise<void>;
};

export type FreshDatabase = EmptyDatabase & {
  /** The same database for who may change its tables; `databaseUrl` is for the programs' role, as in an installation. */
  ownerUrl: string;
  /** Statements that the programs may not make, such as those about tables. */
  asOwner: (sql: string) => Promise<void>;
  /**
   * A numbered Redis database of its own. Keys are apart from those of other tests; channels (PUBLISH) and ACL users are
   * not, so name them by an id.
   */
  redisUrl: string;
};

/**
 * A migrated, empty Postgres database and an empty Redis database, both real; takes about 30 ms. For projects that have
 * `globalSetup: packages/testing/src/global-setup.ts`.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { redisUrl, templateDatabase } = inject('services');
  const [database, keys] = await Promise.all([createDatabase(templateDatabase), takeRedisDatabase(redisUrl)]);
  const close = async () => {
    await Promise.all([database.close(), keys.flush()]);
  };
  const ownerUrl = database.databaseUrl;
  const url = new URL(inject('services').applicationUrl);
  url.pathname = new URL(ownerUrl).pathname;
  const asOwner = (statements: string) => runOnce(ownerUrl, statements);
  return { databaseUrl: url.href, ownerUrl, asOwner, redisUrl: keys.url, close, [Symbol.asyncDispose]: close };
}

/** A Postgres database without a single table, for tests of the migrations themselves. */
export function emptyDatabase(): Promise<EmptyDatabase> {
  return createDatabase('template0');
}

async function createDatabase(template: string): Promise<EmptyDatabase> {
  const name = `test_${randomUUID()}`;
  const { databaseUrl } = inject('services');
  // Copying files instead of logging each page suits a server that never syncs.
  await runOnce(databaseUrl, `CREATE DATABASE "${name}" TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const close = () => dropDatabase(databaseUrl, name);
  return { databaseUrl: url.href, close, [Symbol.asyncDispose]: close };
}

/**
 * Harmless twice. WITH (FORCE) would be shorter, but it also tries to end the autovacuum worker that may be there, which
 * only a superuser may; a plain DROP asks that one to leave and waits.
 */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) return;
    // Nobody comes back before it is gone.
    await client.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = $1 AND pg_has_role(current_user, usesysid, 'MEMBER')`,
      [name],
    );
    await client.query(`DROP DATABASE "${name}"`);
  });
}

async function runOnce(url: string, sql: string): Promise<void> {
  await withClient(url, async (client) => void (await client.query(sql)));
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The numbers are dealt out by a counter in database 0, which no test gets. */
async function takeRedisDatabase(serverUrl: string): Promise<{ url: string; flush: () => Promise<void> }> {
  const counter = new Redis(serverUrl);
  const [, databases] = await counter.config('GET', 'databases').then(pairOf);
  const number = 1 + (((await counter.incr('taken')) - 1) % (Number(databases) - 1));
  counter.disconnect();
  const url = new URL(serverUrl);
  url.pathname = `/${number}`;
  const flush = async () => {
    const client = new Redis(url.href);
    await client.flushdb();
    client.disconnect();
  };
  await flush();
  return { url: url.href, flush };
}

function pairOf(answer: unknown): readonly unknown[] {
  return Array.isArray(answer) ? answer : [];
}
