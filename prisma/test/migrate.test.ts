import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MigrationError, migrateDeploy } from '@unkai/prisma/migrate';
import { emptyDatabase } from '@unkai/testing/database';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ownMigrations = join(dirname(import.meta.dirname), 'migrations');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-migrations-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function query(databaseUrl: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('an empty database gets every migration, and a second run has nothing to do', async () => {
  await using database = await emptyDatabase();
  const entries = await readdir(ownMigrations, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(await migrateDeploy(database.databaseUrl)).toEqual(names.toSorted());
  expect(await migrateDeploy(database.databaseUrl)).toEqual([]);
});

test('processes that migrate at the same time wait for each other', async () => {
  await using database = await emptyDatabase();
  await cp(ownMigrations, folder, { recursive: true });
  await addMigration('99990101000000_slow', 'SELECT pg_sleep(0.2); CREATE TABLE made_once ();');
  const runs = await Promise.all([1, 2, 3].map(() => migrateDeploy(database.databaseUrl, { folder })));
  expect(runs.flat().filter((name) => name === '99990101000000_slow')).toHaveLength(1);
});

test('a migration may hold function bodies with semicolons', async () => {
  await using database = await emptyDatabase();
  await addMigration('1_function', 'CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$BEGIN RETURN 2; END;$$;');
  await migrateDeploy(database.databaseUrl, { folder });
  expect(await query(database.databaseUrl, 'SELECT two()')).toEqual([{ two: 2 }]);
});

test('a migration that fails leaves nothing behind, and those before it stay', async () => {
  await using database = await emptyDatabase();
  await addMigration('1_good', 'CREATE TABLE good (id int);');
  await addMigration('2_bad', 'CREATE TABLE bad (id int); SELECT 1 / 0;');
  const refusal = expect(migrateDeploy(database.databaseUrl, { folder })).rejects;
  await refusal.toThrow(new MigrationError('The migration 2_bad failed and was undone: division by zero'));
  const tables = await query(
    database.databaseUrl,
    "SELECT tablename FROM pg_tables WHERE tablename IN ('good', 'bad')",
  );
  expect(tables).toEqual([{ tablename: 'good' }]);
  await addMigration('2_bad', 'CREATE TABLE bad (id int);');
  expect(await migrateDeploy(database.databaseUrl, { folder })).toEqual(['2_bad']);
});

test('a migration that was changed after it had been applied is refused by name', async () => {
  await using database = await emptyDatabase();
  await addMigration('1_table', 'CREATE TABLE one (id int);');
  await migrateDeploy(database.databaseUrl, { folder });
  await addMigration('1_table', 'CREATE TABLE one (id bigint);');
  await expect(migrateDeploy(database.databaseUrl, { folder })).rejects.toThrow(/1_table was changed after/);
});

test('a database of a newer version is refused', async () => {
  await using database = await emptyDatabase();
  await addMigration('1_table', 'CREATE TABLE one (id int);');
  await migrateDeploy(database.databaseUrl, { folder });
  await rm(join(folder, '1_table'), { recursive: true });
  await expect(migrateDeploy(database.databaseUrl, { folder })).rejects.toThrow(
    /1_table, which this version does not know/,
  );
});

describe('the catalog of an installation of before there was a block storage door', () => {
  const door = '20261122130000_volume_catalog';
  const volumeServices = `SELECT type, count(endpoint.id)::int AS endpoints FROM service
    LEFT JOIN endpoint ON endpoint.service_id = service.id
    WHERE type LIKE '%volume%' OR type = 'block-storage' GROUP BY type ORDER BY type`;

  /** As it was one migration before. */
  async function before() {
    const database = await emptyDatabase();
    const entries = await readdir(ownMigrations, { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isDirectory() && entry.name < door)) {
      await cp(join(ownMigrations, name), join(folder, name), { recursive: true });
    }
    await migrateDeploy(database.databaseUrl, { folder });
    return database;
  }

  test('gets it under both of its types', async () => {
    await using database = await before();
    await migrateDeploy(database.databaseUrl);
    expect(await query(database.databaseUrl, volumeServices)).toEqual([
      { type: 'block-storage', endpoints: 3 },
      { type: 'volumev3', endpoints: 3 },
    ]);
  });

  test('keeps the entry that its operator made for volumes, alone', async () => {
    await using database = await before();
    await query(database.databaseUrl, "INSERT INTO service (type, name) VALUES ('volumev3', 'cinder elsewhere')");
    await migrateDeploy(database.databaseUrl);
    expect(await query(database.databaseUrl, volumeServices)).toEqual([{ type: 'volumev3', endpoints: 0 }]);
  });
});
