// Whatever dies, and whenever: one key makes one thing, and the same request again gets it.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '@unkai/testing/database';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../src/database/database.ts';
import { countImages, createOnce, type Moment } from './keyed-create.ts';
import { type Loss, lossyPostgres } from './lossy-postgres.ts';

let services: FreshDatabase;
let database: Database;
let create: { userId: string; key: string };
beforeAll(async () => {
  services = await freshDatabase();
  database = openDatabase(services.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await services.close();
});
beforeEach(() => {
  create = { userId: randomUUID(), key: randomUUID() };
});

// On a busy machine a process takes many seconds until it has begun.
const patient = { timeout: 120_000 };
const victim = join(import.meta.dirname, 'keyed-create-victim.ts');

/** The signal that ended a process which makes it, and kills itself at that moment if it gets there. */
async function runVictim({ userId, key }: typeof create, killedAt: string): Promise<unknown> {
  const child = spawn(process.execPath, [victim, services.databaseUrl, userId, key, killedAt], { stdio: 'inherit' });
  const [, signal] = await once(child, 'exit');
  return signal;
}

describe('the process is killed', patient, () => {
  const isThereAfterwards: Readonly<Record<Moment, boolean>> = {
    'before its transaction': false,
    'in its transaction': false,
    'after its transaction': true,
  };
  test.each(Object.entries(isThereAfterwards))(
    'H16: %s: the same request again makes up for it',
    async (when, isThere) => {
      const { key } = create;
      expect(await runVictim(create, when)).toBe('SIGKILL');
      expect(await countImages(database, key)).toBe(isThere ? 1 : 0);
      expect((await createOnce(database, create)).isReplay).toBe(isThere);
      expect((await createOnce(database, create)).isReplay).toBe(true);
      expect(await countImages(database, key)).toBe(1);
    },
  );
});

describe('the connection to Postgres is lost at the commit', () => {
  test.each([
    { loss: 'word of the commit is lost', isThere: true },
    { loss: 'commit is lost', isThere: false },
  ] as const)(
    'H16: the $loss, and Postgres stays away: the request fails, and again it is right',
    async ({ loss, isThere }) => {
      await using lossy = await lossyPostgres(services.databaseUrl);
      const through = openDatabase(lossy.url);
      lossy.lose(loss, { isAway: true });
      await expect(createOnce(through, create)).rejects.toThrow();
      await expect.poll(() => countImages(database, create.key)).toBe(isThere ? 1 : 0);
      lossy.comeBack();
      expect((await createOnce(through, create)).isReplay).toBe(isThere);
      expect(await countImages(database, create.key)).toBe(1);
      await through.close();
    },
  );

  test('H16: only the word of it is lost: the request itself finds what it made', async () => {
    await using lossy = await lossyPostgres(services.databaseUrl);
    const through = openDatabase(lossy.url);
    lossy.lose('word of the commit is lost' satisfies Loss);
    const told = await createOnce(through, create);
    expect(told.isReplay).toBe(true);
    expect(await createOnce(through, create)).toEqual(told);
    expect(await countImages(database, create.key)).toBe(1);
    await through.close();
  });
});

describe('an earlier request, of which nobody knows, is still in Postgres', () => {
  test.each(['COMMIT', 'ROLLBACK'] as const)('H16: and ends with %s: one is made', async (end) => {
    const earlier = new pg.Client(services.databaseUrl);
    await earlier.connect();
    const first = await createOnce(database, create);
    const { rows } = await earlier.query('DELETE FROM idempotency_key WHERE key = $1 RETURNING *', [create.key]);
    // As the transaction before its end: the answer is written, and nobody else sees it.
    await earlier.query('BEGIN');
    const columns = 'user_id, key, request_hash, response';
    const values = [rows[0].user_id, rows[0].key, rows[0].request_hash, rows[0].response];
    await earlier.query(`INSERT INTO idempotency_key (${columns}) VALUES ($1, $2, $3, $4)`, values);
    const again = createOnce(database, create);
    await expect.poll(waiting).toBe(1);
    await earlier.query(end);
    const told = await again;
    expect(told.isReplay).toBe(end === 'COMMIT');
    if (end === 'COMMIT') expect(told.answer).toEqual(first.answer);
    // The one made before, whose key was taken away by hand, and after a rollback one more.
    expect(await countImages(database, create.key)).toBe(end === 'COMMIT' ? 1 : 2);
    await earlier.end();
  });

  async function waiting(): Promise<number> {
    const { rows } = await database.pool.query(
      `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows[0].count;
  }
});

describe('two processes at once', () => {
  test('the one that commits first is the one, whoever began', async () => {
    const slow = Promise.withResolvers<void>();
    const inside = Promise.withResolvers<void>();
    const at = async (moment: Moment) => {
      if (moment !== 'in its transaction') return;
      inside.resolve();
      await slow.promise;
    };
    const first = createOnce(database, { ...create, at });
    await inside.promise;
    const second = await createOnce(database, create);
    slow.resolve();
    expect(second.isReplay).toBe(false);
    expect(await first).toEqual({ answer: second.answer, isReplay: true });
    expect(await countImages(database, create.key)).toBe(1);
  });

  test('twenty from two, of which some are killed: one is made, and all who live get it', patient, async () => {
    const other = openDatabase(services.databaseUrl);
    const killed = ['in its transaction', 'after its transaction'].map((when) => runVictim(create, when));
    const told = await Promise.all(Array.from({ length: 20 }, (_, i) => createOnce(i % 2 ? other : database, create)));
    await Promise.all(killed);
    expect(new Set(told.map(({ answer }) => answer.location)).size).toBe(1);
    expect(await countImages(database, create.key)).toBe(1);
    await other.close();
  });

  test('other requests under one key at once: one is done, the other refused as another', async () => {
    const outcomes = await Promise.allSettled(
      ['one', 'another'].map((wish) => createOnce(database, { ...create, wish })),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'idempotency_mismatch' } });
    expect(await countImages(database, create.key)).toBe(1);
  });
});

test('H16: an answer with a secret is not repeated, but says where what it made is', async () => {
  const made = await createOnce(database, { ...create, showsSecret: true });
  const again = createOnce(database, { ...create, showsSecret: true });
  await expect(again).rejects.toMatchObject({
    code: 'conflict',
    next: expect.stringContaining(`(${made.answer.location})`),
  });
});
