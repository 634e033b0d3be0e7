// Brings a database to the schema of this checkout. The Prisma CLI makes migrations and checks them (developers only);
// applying them is small enough to do here, in one process, with a lock and a transaction each. The record that is kept,
// the table `_prisma_migrations`, is the CLI's own, so `prisma migrate status` and `deploy` agree with it.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** What stands between this database and the schema of this checkout; the message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

type Migration = { name: string; sql: string; checksum: string };
type Applied = { migration_name: string; checksum: string; finished_at: Date | null };

interface MigrateOptions {
  /** Where the migrations are. */
  readonly folder?: string;
  /** The role of the programs, where they are not the owner: it gets what they need of each table, and no more. */
  readonly applicationRole?: string;
}

const ownFolder = join(import.meta.dirname, '..', 'migrations');
// The same number as the Prisma CLI's, so that the two never run at the same time.
const advisoryLock = 72707369;
const lockTimeout = '60s';

const recordTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the migrations that the database does not have yet, in order of their names, each in a transaction of its own,
 * and gives the names of those applied. Several callers at once are harmless: they wait for each other (up to a minute).
 * Throws MigrationError when an applied migration was changed or is unknown here, or when one fails; that one then left
 * nothing behind. Throws pg's error when the database cannot be reached.
 */
export async function migrateDeploy(
  databaseUrl: string,
  { folder = ownFolder, applicationRole }: MigrateOptions = {},
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(`SET lock_timeout = '${lockTimeout}'`);
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    await client.query(recordTable);
    const applied = await readApplied(client);
    checkHistory(migrations, applied);
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of missing) await apply(client, migration);
    if (applicationRole !== undefined) await grantTo(client, applicationRole);
    return missing.map(({ name }) => name);
  } finally {
    // The lock belongs to the session and goes with it.
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function readApplied(client: pg.Client): Promise<Map<string, Applied>> {
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

function checkHistory(migrations: readonly Migration[], applied: ReadonlyMap<string, Applied>): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished_at } of applied.values()) {
    const migration = known.get(name);
    if (migration === undefined) {
      throw new MigrationError(
        `The database has the migration ${name}, which this version does not know: it was used by a newer version. ` +
          'Install that version again, or restore a backup made before it.',
      );
    }
    if (finished_at === null) {
      throw new MigrationError(
        `The migration ${name} failed half-way when the Prisma CLI applied it. Put the database right by hand, then run ` +
          `prisma migrate resolve --applied ${name} or --rolled-back ${name}.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new MigrationError(
        `The migration ${name} was changed after it had been applied to this database. Give its migration.sql back the ` +
          'text it had, and put the change into a migration of its own.',
      );
    }
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`The migration ${name} failed and was undone: ${reason}`, { cause });
  }
}

/** Rows of these are only ever added: not even who has stolen the programs' role can rewrite what was written. */
const addedTo = ['audit_line'];

/** In one transaction, so that no program ever meets a table that it may not use, or the audit log without its guard. */
async function grantTo(client: pg.Client, role: string): Promise<void> {
  const name = client.escapeIdentifier(role);
  const tables = addedTo.map((table) => client.escapeIdentifier(table)).join(', ');
  await client.query(`
    BEGIN;
    GRANT USAGE ON SCHEMA public TO ${name};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name};
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${name};
    REVOKE UPDATE, DELETE ON ${tables} FROM ${name};
    REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${name};
    COMMIT;
  `);
}

if (import.meta.main) {
  const url = process.env['DATABASE_URL'];
  if (url === undefined) throw new MigrationError('DATABASE_URL is not set: say which database to migrate.');
  const applicationRole = process.env['UNKAI_APPLICATION_ROLE'];
  const applied = await migrateDeploy(url, applicationRole ? { applicationRole } : {});
  process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}\n`);
}
