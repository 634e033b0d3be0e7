import { Prisma } from '@unkai/prisma/client';
import { freshDatabase } from '@unkai/testing/database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ask, openDatabase } from '../src/database/database.ts';
import { statementNames } from '../src/database/prepared.ts';

/** One connection, so that what it keeps can be counted. */
async function openOne() {
  const services = await freshDatabase();
  const database = openDatabase(services.databaseUrl, 1);
  const close = async () => {
    await database.close();
    await services.close();
  };
  return { database, asOwner: services.asOwner, [Symbol.asyncDispose]: close };
}

test('a statement is kept once, however often it comes and with whatever parameters', async () => {
  await using opened = await openOne();
  const { kysely, prisma, pool } = opened.database;
  for (const name of ['one', 'two', 'three']) {
    await kysely.selectFrom('host').select('id').where('name', '=', name).execute();
    await prisma.host.findUnique({ where: { name } });
  }
  const { rows } = await pool.query(
    'SELECT statement, generic_plans + custom_plans AS runs FROM pg_prepared_statements',
  );
  expect(rows.filter(({ statement }) => statement.includes('host')).map(({ runs }) => Number(runs))).toEqual([3, 3]);
});

test('kept statements are bounded, and what is not kept works as well', async () => {
  const nameOf = statementNames(2);
  const names = ['SELECT 1', 'SELECT 2', 'SELECT 3', 'SELECT 1'].map(nameOf);
  expect(names).toEqual([expect.stringMatching(/./), expect.stringMatching(/./), '', names[0]]);
  expect(names[0]).not.toBe(names[1]);

  await using opened = await openOne();
  const { kysely, pool } = opened.database;
  for (let width = 1; width <= 320; width += 1) {
    const values = Array.from({ length: width }, () => sql`${1}::int`);
    const { rows } = await sql<{ sum: string }>`SELECT sum(n) FROM unnest(ARRAY[${sql.join(values)}]) AS n`.execute(
      kysely,
    );
    expect(Number(rows[0]?.sum)).toBe(width);
  }
  const { rows } = await pool.query('SELECT count(*) FROM pg_prepared_statements');
  expect(Number(rows[0].count)).toBe(300);
});

test('a migration under a running program costs one query at most', async () => {
  await using opened = await openOne();
  const { kysely } = opened.database;
  await opened.asOwner('CREATE TABLE thing (one int); GRANT SELECT ON thing TO PUBLIC');
  const look = () => sql`SELECT * FROM thing`.execute(kysely);
  const lookAlone = () => ask(opened.database, Prisma.sql`SELECT one.* FROM thing AS one`);
  await look();
  await lookAlone();
  await opened.asOwner('ALTER TABLE thing ADD COLUMN two int; INSERT INTO thing VALUES (1, 2)');
  await expect(look()).rejects.toThrow('cached plan');
  expect((await look()).rows).toEqual([{ one: 1, two: 2 }]);
  await lookAlone();
  await opened.asOwner('ALTER TABLE thing ADD COLUMN three int');
  await expect(lookAlone()).rejects.toThrow('cached plan');
  expect(await lookAlone()).toEqual([{ one: 1, two: 2, three: null }]);
});

test('counts of changed rows are told, and a transaction outside commit() is refused', async () => {
  await using opened = await openOne();
  const { kysely } = opened.database;
  const { numUpdatedRows } = await kysely.updateTable('host').set({ is_up: false }).executeTakeFirstOrThrow();
  expect(numUpdatedRows).toBe(0n);
  await expect(kysely.transaction().execute(async () => {})).rejects.toThrow('commit()');
});

test('a moment is read as the driver reads it, in whatever form Postgres says it', async () => {
  await using opened = await openOne();
  const { kysely, pool } = opened.database;
  const moments = ['2026-11-21 15:57:58.123456+00', '0044-03-15 12:00:00+00 BC', '2026-11-21 00:00:00+00', 'infinity'];
  for (const zone of ['UTC', 'Asia/Kathmandu']) {
    await pool.query(`SET timezone TO '${zone}'`);
    for (const text of moments) {
      const ours = await sql<{ at: unknown }>`SELECT ${text}::timestamptz AS at`.execute(kysely);
      const theirs = await pool.query('SELECT $1::timestamptz AS at', [text]);
      expect(ours.rows, `${text} in ${zone}`).toEqual(theirs.rows);
    }
  }
});
