import { readFile } from 'node:fs/promises';
import { freshDatabase } from '@unkai/testing/database';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { commit, openDatabase } from '../src/database/database.ts';
import { isDatabaseAway } from '../src/database/database-away.ts';
import { lossyPostgres } from './lossy-postgres.ts';

// That the process goes on is shown by the absence of an uncaught error, which fails the run.
test('H16: connections that Postgres ends while they are held fail what is under way, and nothing else', async () => {
  await using services = await freshDatabase();
  const database = openDatabase(services.databaseUrl);
  const sleeping = sql`SELECT pg_sleep(60)`.execute(database.kysely);
  const inTransaction = commit(database, async ({ tx }) => {
    await tx.$executeRaw`SELECT pg_sleep(60)`;
  });
  const held = await database.pool.connect();
  const outcomes = Promise.allSettled([sleeping, inTransaction]);
  const other = openDatabase(services.databaseUrl, 1);
  await expect.poll(() => endTheRest(other)).toBe(3);
  expect((await outcomes).map(readsAsAway)).toEqual([true, true]);
  expect(isDatabaseAway(await held.query('SELECT 1').catch((error: unknown) => error))).toBe(true);
  held.release();
  // One that is just ending may be dealt out once more.
  await expect
    .poll(() =>
      sql`SELECT 1`.execute(database.kysely).then(
        () => 'answered',
        () => 'failed',
      ),
    )
    .toBe('answered');
  await Promise.all([database.close(), other.close()]);
});

function readsAsAway(outcome: PromiseSettledResult<unknown>): boolean {
  return outcome.status === 'rejected' && isDatabaseAway(outcome.reason);
}

/** Ends the three connections once two of them are busy sleeping; gives how many it ended. */
async function endTheRest({ pool }: ReturnType<typeof openDatabase>): Promise<number> {
  const { rows } = await pool.query(
    `SELECT count(*) FILTER (WHERE query LIKE '%pg_sleep%' AND state = 'active')::int AS busy
     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  if (rows[0].busy !== 2) return 0;
  const ended = await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
  );
  return ended.rowCount ?? 0;
}

test('a transaction whose process has fallen silent is ended by Postgres, with its locks', async () => {
  await using services = await freshDatabase();
  const database = openDatabase(services.databaseUrl);
  const { rows } = await database.pool.query('SHOW idle_in_transaction_session_timeout');
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '30s' }]);
  await database.close();
});

describe('an error tells whether Postgres is away', () => {
  test('however it is asked while it cannot be reached, and when it goes at a commit', async () => {
    await using services = await freshDatabase();
    await using lossy = await lossyPostgres(services.databaseUrl);
    const { prisma, kysely, pool, ...database } = openDatabase(lossy.url);
    const write = () => commit({ prisma, kysely, pool, ...database }, ({ tx }) => tx.$executeRaw`SELECT 1`);
    lossy.lose('commit is lost', { isAway: true });
    const atCommit = await Promise.allSettled([write()]);
    const afterwards = await Promise.allSettled([
      write(),
      prisma.project.count(),
      kysely.selectFrom('project').select('id').execute(),
      pool.query('SELECT 1'),
    ]);
    expect([...atCommit, ...afterwards].map(readsAsAway)).toEqual([true, true, true, true, true]);
    await database.close();
  });

  test('also where its unix socket is not there, and not for another file that is missing', async () => {
    await using services = await freshDatabase();
    const url = new URL(services.databaseUrl);
    url.searchParams.set('host', '/nowhere');
    const { prisma, kysely, pool, close } = openDatabase(url.href);
    const outcomes = await Promise.allSettled([
      prisma.project.count(),
      kysely.selectFrom('project').select('id').execute(),
      pool.query('SELECT 1'),
    ]);
    expect(outcomes.map(readsAsAway)).toEqual([true, true, true]);
    expect(isDatabaseAway(await readFile('/nowhere').catch((error: unknown) => error))).toBe(false);
    await close();
  });

  test('and not when it only refuses', async () => {
    await using services = await freshDatabase();
    const { prisma, kysely, close } = openDatabase(services.databaseUrl);
    const twice = [1, 2].map(() => prisma.domain.create({ data: { name: 'one' } }));
    const wrong = sql`SELECT * FROM nothing`.execute(kysely);
    const outcomes = await Promise.allSettled([...twice, wrong]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    expect(outcomes.map(readsAsAway)).toEqual([false, false, false]);
    expect([undefined, null, 'ECONNREFUSED', new Error('Connection is fine')].map(isDatabaseAway)).not.toContain(true);
    await close();
  });
});
