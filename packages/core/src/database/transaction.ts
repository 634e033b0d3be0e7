// Prisma opens, commits and rolls back a transaction, and makes typed writes in it. What we write as SQL goes past it to
// the transaction's connection: Prisma would take four times as long over a statement as Postgres and its driver do, and
// a server create is some thirty of them.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma } from '@unkai/prisma/client';
import pg from 'pg';
import { columnTypes, type StatementNames } from './prepared.ts';
import { Turns } from './turns.ts';

type Transaction = Prisma.TransactionClient;

/** The connection of a transaction; null before it begins, and as soon as it ends, for whatever reason. */
interface Hold {
  client: pg.PoolClient | null;
  /** Of its statements, Prisma's and ours. */
  readonly turns: Turns;
}

const beginning = new AsyncLocalStorage<Hold>();

/** Those of the transaction that is being begun. */
export const turnsOfBeginning = () => beginning.getStore()?.turns ?? new Turns();

/** A pool that tells which of its connections a transaction got. */
export class TransactionPool extends pg.Pool {
  readonly nameOf: StatementNames;
  readonly #holds = new WeakMap<pg.PoolClient, Hold>();

  constructor(options: pg.PoolConfig, nameOf: StatementNames) {
    super(options);
    this.nameOf = nameOf;
    this.on('release', (_error, client) => this.#let(client));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback !== undefined) {
      super.connect(callback);
      return undefined;
    }
    return this.#take();
  }

  /** The first connection that is taken for a transaction is the one on which it begins. */
  async #take(): Promise<pg.PoolClient> {
    const hold = beginning.getStore();
    const client = await super.connect();
    if (hold !== undefined && hold.client === null && !this.#holds.has(client)) {
      hold.client = client;
      this.#holds.set(client, hold);
    }
    return client;
  }

  #let(client: pg.PoolClient): void {
    const hold = this.#holds.get(client);
    if (hold === undefined) return;
    hold.client = null;
    this.#holds.delete(client);
  }
}

type ConnectCallback = Parameters<typeof pg.Pool.prototype.connect>[0];

/** Runs what begins a transaction with Prisma; `body` gets the transaction with a short way for SQL. */
export async function withTransaction<Result>(
  pool: TransactionPool,
  begin: (body: (tx: Transaction) => Promise<Result>) => Promise<Result>,
  body: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const hold: Hold = { client: null, turns: new Turns() };
  return beginning.run(hold, () => begin((tx) => body(shortened(tx, { hold, nameOf: pool.nameOf }))));
}

interface Way {
  readonly hold: Hold;
  readonly nameOf: StatementNames;
}

/** The same transaction, whose `$queryRaw` and `$executeRaw` go straight to its connection. */
function shortened(tx: Transaction, way: Way): Transaction {
  const query = async (...given: Given) => (await run(way, given)).rows;
  const execute = async (...given: Given) => (await run(way, given)).rowCount ?? 0;
  return new Proxy(tx, {
    get(target, property) {
      // Once it has ended, as by its time limit, Prisma says so.
      if (way.hold.client === null) return Reflect.get(target, property);
      if (property === '$queryRaw') return query;
      if (property === '$executeRaw') return execute;
      return Reflect.get(target, property);
    },
  });
}

type Given = [statement: Prisma.Sql | readonly string[], ...values: unknown[]];

async function run(
  { hold, nameOf }: Way,
  [statement, ...values]: Given,
): Promise<pg.QueryResult<Record<string, unknown>>> {
  const { text, values: parameters } = 'text' in statement ? statement : Prisma.sql(statement, ...values);
  const query = { name: nameOf(text), text, values: parameters, types: columnTypes };
  return hold.turns.take(async () => {
    if (hold.client === null) throw new Error('The transaction has ended.');
    return hold.client.query(query);
  });
}
