import { type Prisma, PrismaClient } from '@unkai/prisma/client';
import type { DB } from '@unkai/prisma/kysely';
import { Kysely } from 'kysely';
import { columnTypes, preparedDialect, statementNames } from './prepared.ts';
import { TransactionPool, turnsOfBeginning, withTransaction } from './transaction.ts';
import { PrismaInTurns } from './turns.ts';

/**
 * One pool, two ways to it: Prisma for writes and ordinary reads, Kysely for the hot lists, where Prisma costs two to
 * three times the CPU. Neither leaves packages/core.
 */
export interface Database {
  readonly prisma: PrismaClient;
  readonly kysely: Kysely<DB>;
  readonly pool: TransactionPool;
  readonly url: string;
  /** What belongs into every transaction that is made through this, as its last statements; `result` is what it gives. */
  readonly beforeCommit?: (tx: Transaction, result: unknown) => Promise<void>;
  /** What every transaction that is made through this begins with; throws what is in the way. */
  readonly beginWith?: (tx: Transaction) => Promise<void>;
  /** The transaction that all units on this database are parts of; see `commitTogether`. */
  readonly joined?: Unit;
  /** Whether every transaction that is made through this is undone as its last act: all is tried and nothing is kept. */
  readonly isDryRun?: boolean;
  close(): Promise<void>;
}

// Longer than any transaction of ours may last. A process whose machine is gone says no goodbye, and Postgres would keep
// its transaction, and all that it has locked, for as long as TCP believes in it: two hours.
const silentTransactionMs = 30_000;

/** Opens a pool of at most `poolSize` connections; connections are made when they are needed. */
export function openDatabase(url: string, poolSize = 10): Database {
  const nameOf = statementNames();
  const settings = {
    connectionString: url,
    max: poolSize,
    idleTimeoutMillis: 30_000,
    idle_in_transaction_session_timeout: silentTransactionMs,
  };
  const pool = new TransactionPool(settings, nameOf);
  // A server that restarts ends connections, idle ones and such as somebody holds; queries on them fail, the pool makes
  // new ones, and the process must not die of the event.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const statementNameGenerator = (query: { readonly sql: string }) => nameOf(query.sql);
  const adapter = new PrismaInTurns(turnsOfBeginning, pool, { disposeExternalPool: false, statementNameGenerator });
  // Made when it is first asked for: it holds some 50 MiB, and the console gateway never does.
  let prisma: PrismaClient | undefined;
  const kysely = new Kysely<DB>({ dialect: preparedDialect(pool, nameOf) });
  const close = async () => {
    await prisma?.$disconnect();
    await pool.end();
  };
  return {
    get prisma() {
      prisma ??= new PrismaClient({ adapter });
      return prisma;
    },
    kysely,
    pool,
    url,
    close,
  };
}

/**
 * One statement by itself, without the work that either builder puts into it: for what every create does. Gives its rows.
 * A connection on which it fails is not used again, be it for a plan that a migration made stale.
 */
export async function ask({ pool }: Pick<Database, 'pool'>, { text, values }: Prisma.Sql): Promise<unknown[]> {
  const { rows } = await pool.query<object>({ name: pool.nameOf(text), text, values, types: columnTypes });
  return rows;
}

/** Rows as one intent: they are written together or not at all. */
export type Transaction = Prisma.TransactionClient;

/** One transaction and what must follow it. Jobs are sent only after the rows they speak of can be read. */
export interface Unit {
  readonly tx: Transaction;
  afterCommit(action: () => Promise<void>): void;
  /** What a dry run tries too, inside the transaction, since it would otherwise only show later. Throws what is in the way. */
  whenDry(attempt: () => Promise<unknown>): void;
}

const patience = { maxWait: 10_000, timeout: 20_000 };

/**
 * Runs `body` in one transaction, then what it left for after the commit. A failing after-commit action never undoes
 * the commit: it only carries hints, and a sweep brings back any that is lost. On a database for dry runs the same is
 * done up to the commit, which is then a rollback: what would have been made is given, and nothing follows it.
 */
export async function commit<Result>(database: Database, body: (unit: Unit) => Promise<Result>): Promise<Result> {
  if (database.joined !== undefined) return body(database.joined);
  if (database.isDryRun === true) return tryOut(database, body);
  const followUps: Array<() => Promise<void>> = [];
  const result = await inTransaction(database, async (tx) => {
    await database.beginWith?.(tx);
    const made = await body({ tx, afterCommit: (action) => followUps.push(action), whenDry: () => {} });
    await database.beforeCommit?.(tx, made);
    return made;
  });
  // All begin before the answer, and what needs no other program is done by then; nobody waits for Redis.
  void Promise.allSettled(followUps.map((action) => action()));
  return result;
}

// One that holds a connection while its lookups wait for another: all of a pool must never be held so.
const mostTogether = 2;
let together = 0;
const waiting: Array<() => void> = [];

/**
 * Several units as one: what `work` commits on the database that it is given is committed at its end, all of it or, when
 * it throws, nothing. Lookups in it see what was there before.
 */
export async function commitTogether<Result>(
  database: Database,
  work: (joined: Database) => Promise<Result>,
): Promise<Result> {
  if (together >= mostTogether) await new Promise<void>((resolve) => waiting.push(resolve));
  else together += 1;
  try {
    return await commit(database, (joined) => work({ ...database, joined }));
  } finally {
    const next = waiting.shift();
    if (next === undefined) together -= 1;
    else next();
  }
}

async function tryOut<Result>(database: Database, body: (unit: Unit) => Promise<Result>): Promise<Result> {
  const attempts: Array<() => Promise<unknown>> = [];
  const end: { undo?: Undo<Result> } = {};
  try {
    return await inTransaction(database, async (tx) => {
      const made = await body({ tx, afterCommit: () => {}, whenDry: (attempt) => attempts.push(attempt) });
      for (const attempt of attempts) await attempt();
      end.undo = new Undo(made);
      throw end.undo;
    });
  } catch (error) {
    if (end.undo === undefined || error !== end.undo) throw error;
    return end.undo.made;
  }
}

function inTransaction<Result>(
  { prisma, pool }: Database,
  body: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return withTransaction(pool, (work) => prisma.$transaction(work, patience), body);
}

/** Undoes a transaction whose outcome is all that was wanted of it. */
class Undo<Result> extends Error {
  readonly made: Result;

  constructor(made: Result) {
    super('a dry run ends here');
    this.made = made;
  }
}
