import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Database } from './database/database.ts';

/** One thing that a program needs. `look` throws when it is not there. */
export interface ReadinessCheck {
  readonly name: string;
  /** For people, when it is not there; names no address and no secret, since /readyz is public. */
  readonly otherwise: string;
  readonly look: () => Promise<unknown>;
}

const patienceMs = 2_000;

/** Looks at everything at once, for at most two seconds each. */
export async function readiness(checks: readonly ReadinessCheck[]) {
  const results = await Promise.all(checks.map(async (check) => ({ check, cause: await failureOf(check) })));
  const failed = results.filter(({ cause }) => cause !== null).map(({ check, cause }) => ({ name: check.name, cause }));
  const report = {
    status: failed.length === 0 ? 'ready' : 'not ready',
    checks: Object.fromEntries(
      results.map(({ check, cause }) => [check.name, cause === null ? 'ok' : check.otherwise]),
    ),
  };
  return { report, failed };
}

async function failureOf({ name, look }: ReadinessCheck): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    await Promise.race([look(), late]);
    return null;
  } catch (error) {
    return error ?? new Error(name);
  } finally {
    clearTimeout(timer);
  }
}

/** Postgres answers, and holds the schema that this version's migrations make. */
export function databaseChecks({ pool }: Database, lastMigration: string | null): ReadinessCheck[] {
  return [
    { name: 'postgres', otherwise: 'The database does not answer.', look: () => pool.query('SELECT 1') },
    {
      name: 'migrations',
      otherwise: 'The database does not have the schema of this version: run the migrations.',
      look: async () => {
        const { rows } = await pool.query<{ migration_name: string; finished_at: Date | null }>(
          'SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
        );
        const unfinished = rows.find(({ finished_at }) => finished_at === null);
        if (unfinished) throw new Error(`the migration ${unfinished.migration_name} is not finished`);
        const isThere = lastMigration === null || rows.some((row) => row.migration_name === lastMigration);
        if (!isThere) throw new Error(`the migration ${lastMigration} is missing`);
      },
    },
  ];
}

/**
 * The newest migration of the checkout that this program was started in; null where there is none, as in an image that
 * holds programs only. Migrations are applied by a step of their own before programs start.
 */
export async function newestMigration(folder = join(process.cwd(), 'prisma', 'migrations')): Promise<string | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.toSorted().at(-1) ?? null;
}

/** Redis answers. */
export function redisCheck(redis: Redis): ReadinessCheck {
  return { name: 'redis', otherwise: 'Redis does not answer.', look: () => redis.ping() };
}
