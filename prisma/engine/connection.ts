import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

// Postgres' one-byte type `"char"`, found in the catalogue only; the adapter knows no column type for it.
const oidOfChar = 18;
const oidOfText = 25;

/** A pool that shows the adapter `"char"` columns as text, and remembers which they were. */
class CatalogPool extends pg.Pool {
  #charColumns = new WeakMap<unknown[], number[]>();

  constructor(config: pg.PoolConfig) {
    super(config);
    Object.defineProperty(this, 'query', { value: (query: pg.QueryArrayConfig) => this.#queryWithText(query) });
  }

  async #queryWithText(query: pg.QueryArrayConfig) {
    const result = await super.query(query);
    const charFields = (result.fields ?? []).filter((field) => field.dataTypeID === oidOfChar);
    this.#charColumns.set(
      result.rows,
      charFields.map((field) => result.fields.indexOf(field)),
    );
    for (const field of charFields) field.dataTypeID = oidOfText;
    return result;
  }

  /** The adapter's answer with the types that the engine expects; the adapter hands on the rows it got from us. */
  withCharTypes(result: SqlResultSet): SqlResultSet {
    for (const index of this.#charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  }

  /** Sends the text as one message: Postgres runs it in one transaction and parses `$$` bodies itself. */
  async runScript(script: string): Promise<void> {
    await super.query(script);
  }
}

/** Where the engine's WebAssembly finds its database, and the throw-away one in which it replays migrations. */
export function connectionFactory(url: string): SqlMigrationAwareDriverAdapterFactory {
  // Field by field: in a pg configuration a connection string would win over the name of the shadow database.
  const config = parseIntoClientConfig(url);
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(config),
    connectToShadowDb: () => connectToShadowDatabase(config),
  };
}

/** One query on a connection of its own; used to try a database before the engine does. */
export async function runOnce(config: pg.ClientConfig, sql: string): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function connect(config: pg.PoolConfig, afterClose?: () => Promise<void>): Promise<SqlDriverAdapter> {
  const pool = new CatalogPool(config);
  const adapter = await new PrismaPg(pool).connect();
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: async (query) => pool.withCharTypes(await adapter.queryRaw(query)),
    executeRaw: (query) => adapter.executeRaw(query),
    startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
    getConnectionInfo: () => adapter.getConnectionInfo(),
    // The adapter would split the script at every `;`, the ones inside function bodies too.
    executeScript: (script) => pool.runScript(script).catch(throwAsEngineError),
    async dispose() {
      await pool.end();
      await afterClose?.();
    },
  };
}

async function connectToShadowDatabase(config: pg.ClientConfig): Promise<SqlDriverAdapter> {
  const database = `prisma_migrate_shadow_db_${randomUUID()}`;
  await runOnce(config, `CREATE DATABASE "${database}"`).catch(throwAsEngineError);
  // Dropped after the pool is closed: Postgres drops no database that somebody is connected to.
  return connect({ ...config, database }, () => runOnce(config, `DROP DATABASE "${database}"`));
}

function throwAsEngineError(error: unknown): never {
  if (!(error instanceof pg.DatabaseError)) throw error;
  const { code = 'N/A', severity = 'ERROR', message, detail, column, hint } = error;
  const original = { originalCode: code, originalMessage: message };
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint, ...original });
}
