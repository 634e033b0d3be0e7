import { emptyDatabase, freshDatabase } from '@unkai/testing/database';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, test } from 'vitest';

async function tables(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
  );
  await client.end();
  return rows.map((row) => row.tablename);
}

test('a fresh database is migrated, an empty one has no table', async () => {
  await using fresh = await freshDatabase();
  await using empty = await emptyDatabase();
  expect(await tables(fresh.databaseUrl)).toContain('server');
  expect(await tables(empty.databaseUrl)).toEqual([]);
});

test('what one test writes, another does not see', async () => {
  await using one = await freshDatabase();
  await using other = await freshDatabase();
  const client = new pg.Client(one.ownerUrl);
  await client.connect();
  await client.query('CREATE TABLE mine ()');
  await client.end();
  expect(await tables(other.databaseUrl)).not.toContain('mine');

  const [ours, theirs] = [new Redis(one.redisUrl), new Redis(other.redisUrl)];
  await ours.set('key', 'mine');
  expect(await theirs.get('key')).toBeNull();
  expect(await ours.get('key')).toBe('mine');
  ours.disconnect();
  theirs.disconnect();
});

test('a closed database is gone, even when somebody was still connected', async () => {
  const fresh = await freshDatabase();
  const client = new pg.Client(fresh.databaseUrl);
  client.on('error', () => undefined);
  await client.connect();
  await fresh.close();
  await expect(client.query('SELECT 1')).rejects.toThrow();
  await expect(tables(fresh.databaseUrl)).rejects.toThrow('does not exist');
});
