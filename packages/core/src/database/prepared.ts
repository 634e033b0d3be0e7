// Postgres parses and plans a statement anew each time it comes without a name; for ours, which find a few rows by a key,
// that takes longer than to run them. With a name a connection does so once (five times until it trusts a plan for all
// parameters). Measured on a server create: the processor time of Postgres falls by two fifths.
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';
import { z } from 'zod';

/** Gives the name under which connections keep a statement; the empty text for one that is not kept. */
export type StatementNames = (statement: string) => string;

// Each connection keeps the plans of all that it has run, some tens of KiB apiece: they must not grow without end with
// statements whose text depends on the number of their parameters.
const mostStatements = 300;
const longestStatement = 8_000;

/** Names for the statements of one process, the same for the same text on every connection. */
export function statementNames(limit = mostStatements): StatementNames {
  const names = new Map<string, string>();
  return (statement) => {
    const known = names.get(statement);
    if (known !== undefined) return known;
    if (names.size >= limit || statement.length > longestStatement) return '';
    const name = `unkai_${names.size}`;
    names.set(statement, name);
    return name;
  };
}

/** Kysely on a pool that is shared with Prisma, with named statements. Transactions are Prisma's: see `commit`. */
export function preparedDialect(pool: pg.Pool, nameOf: StatementNames): Dialect {
  return {
    createDriver: () => new PreparedDriver(pool, nameOf),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
  };
}

class PreparedDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #nameOf: StatementNames;

  constructor(pool: pg.Pool, nameOf: StatementNames) {
    this.#pool = pool;
    this.#nameOf = nameOf;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PreparedConnection> {
    return new PreparedConnection(await this.#pool.connect(), this.#nameOf);
  }

  beginTransaction = noTransactions;
  commitTransaction = noTransactions;
  rollbackTransaction = noTransactions;

  async releaseConnection(connection: PreparedConnection): Promise<void> {
    connection.release();
  }

  /** The pool is closed by whoever opened it. */
  async destroy(): Promise<void> {}
}

async function noTransactions(): Promise<never> {
  throw new TypeError('Transactions are opened by commit(), nowhere else.');
}

// Lists hold four moments in each row, and the parser that comes with the driver takes a tenth of their time: it knows
// years before Christ and any time zone. Ours takes the one form in which Postgres says a moment in UTC.
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === pg.types.builtins.TIMESTAMPTZ && format !== 'binary' ? moment : pg.types.getTypeParser(type, format),
};
const otherMoment = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);
const utcMoment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/;

function moment(text: string): unknown {
  return utcMoment.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : otherMoment(text);
}

// A migration changed a column of a kept statement's answer: "cached plan must not change result type".
const stalePlan = z.object({ code: z.literal('0A000') });

class PreparedConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #nameOf: StatementNames;
  #isStale = false;

  constructor(client: pg.PoolClient, nameOf: StatementNames) {
    this.#client = client;
    this.#nameOf = nameOf;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const statement = { name: this.#nameOf(sql), text: sql, values: [...parameters], types: columnTypes };
      const { command, rowCount, rows } = await this.#client.query(statement);
      return command === 'SELECT' ? { rows } : { rows, numAffectedRows: BigInt(rowCount ?? 0) };
    } catch (error) {
      this.#isStale = stalePlan.safeParse(error).success;
      throw error;
    }
  }

  streamQuery(): never {
    throw new TypeError('Rows are read at once; lists are bounded by pages.');
  }

  /** A connection whose plans are stale ends here: the next one makes them anew. */
  release(): void {
    this.#client.release(this.#isStale);
  }
}
