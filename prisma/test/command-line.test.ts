// The unmodified Prisma CLI on our schema engine, without a network.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type RunResult, run } from '@unkai/hostagent/tools/run';
import { migrateDeploy } from '@unkai/prisma/migrate';
import { type EmptyDatabase, emptyDatabase } from '@unkai/testing/database';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = dirname(import.meta.dirname);
const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
const everyCode = [0, 1, 2];

let database: EmptyDatabase;
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(() => database.close());

function prisma(...args: readonly string[]): Promise<RunResult> {
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`;
  const env = { PATH: path, DATABASE_URL: database.databaseUrl, HOME: tmpdir() };
  return run([process.execPath, cli, ...args], { cwd: root, env, okCodes: everyCode, timeoutMs: 60_000 });
}

const diff = ['migrate', 'diff', '--from-migrations', 'migrations', '--exit-code'] as const;

test('the CLI agrees that a database migrated by us is up to date', async () => {
  expect((await prisma('migrate', 'status')).stdout).toContain('have not yet been applied');
  await migrateDeploy(database.databaseUrl);
  const { code, stdout } = await prisma('migrate', 'status');
  expect(stdout).toContain('Database schema is up to date!');
  expect(code).toBe(0);
});

test('we agree that a database migrated by the CLI is up to date', async () => {
  expect((await prisma('migrate', 'deploy')).stdout).toContain('All migrations have been successfully applied.');
  expect(await migrateDeploy(database.databaseUrl)).toEqual([]);
});

test('the migrations make exactly the schema', async () => {
  const { code, stdout } = await prisma(...diff, '--to-schema', 'schema');
  expect(stdout).toContain('No difference detected.');
  expect(code).toBe(0);
});

test('a schema that no migration makes is noticed', async () => {
  const changed = await mkdtemp(join(tmpdir(), 'unkai-schema-'));
  await cp(join(root, 'schema'), changed, { recursive: true });
  await writeFile(join(changed, 'forgotten.prisma'), 'model Forgotten {\n  id Int @id\n}\n');
  const { code, stdout } = await prisma(...diff, '--to-schema', changed);
  await rm(changed, { recursive: true });
  expect(stdout).toContain('Forgotten');
  expect(code).toBe(2);
});

test('a migrated database has no difference to the migrations, constraints written by hand included', async () => {
  await migrateDeploy(database.databaseUrl);
  const { code, stdout, stderr } = await prisma(...diff, '--to-config-datasource');
  expect(stdout + stderr).toContain('No difference detected.');
  expect(code).toBe(0);
});

test('an engine that fails is an error of the CLI, never a silent success', async () => {
  await database.close();
  const { code, stderr } = await prisma(...diff, '--to-schema', 'schema');
  expect(stderr).toContain('does not exist');
  expect(code).toBe(1);
});
