// A small OVSDB client (RFC 7047: JSON-RPC 1.0 over a unix socket). One transaction takes under a millisecond here;
// forking ovs-vsctl for the same takes thirty.
import { createConnection, type Socket } from 'node:net';
import { z } from 'zod';
import { JsonSplitter } from './json-splitter.ts';

type Atom = string | number | boolean | ['uuid', string] | ['named-uuid', string];
export type OvsdbValue = Atom | ['set', Atom[]] | ['map', [Atom, Atom][]];
export type OvsdbRow = Record<string, OvsdbValue>;
type Condition = [column: string, test: '==' | '!=' | 'includes', value: OvsdbValue];
export type OvsdbOperation =
  | { op: 'insert'; table: string; row: OvsdbRow; 'uuid-name'?: string }
  | { op: 'select'; table: string; where: Condition[]; columns?: string[] }
  | { op: 'update'; table: string; where: Condition[]; row: OvsdbRow }
  | { op: 'mutate'; table: string; where: Condition[]; mutations: [string, 'insert' | 'delete' | '+=', OvsdbValue][] }
  | { op: 'delete'; table: string; where: Condition[] };

const operationResult = z.object({
  rows: z.array(z.record(z.string(), z.unknown())).optional(),
  uuid: z.tuple([z.literal('uuid'), z.string()]).optional(),
  count: z.number().optional(),
});
export type OvsdbResult = z.infer<typeof operationResult>;

const message = z.object({
  id: z.unknown().optional(),
  method: z.string().optional(),
  params: z.array(z.unknown()).optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
const failed = z.object({ error: z.string(), details: z.string().optional() });
const tableUpdates = z.record(
  z.string(),
  z.record(z.string(), z.object({ new: z.record(z.string(), z.unknown()).optional() })),
);

/** The database refused a transaction, or its connection was lost. */
export class OvsdbError extends Error {
  override readonly name = 'OvsdbError';
}

type Pending = { resolve: (result: unknown) => void; reject: (error: Error) => void };
const answerTimeoutMs = 10_000;

/** A connection to one database that is made on first use, made again after it is lost, and answers the server's echo. */
export class OvsdbClient {
  readonly #socketPath: string;
  readonly #database: string;
  #connection: Promise<Socket> | undefined;
  #pending = new Map<number, Pending>();
  #nextId = 1;
  // The update with the new cur_cfg may come in the same read as the reply of the transaction that asked for it, so the
  // last one seen is kept: who waits only for later updates waits for ever.
  #currentConfig = -1;
  #configWaiters = new Set<() => void>();

  constructor(socketPath: string, database = 'Open_vSwitch') {
    this.#socketPath = socketPath;
    this.#database = database;
  }

  /** Runs operations as one transaction, all or none. Throws OvsdbError with the database's own words. */
  async transact(operations: readonly OvsdbOperation[]): Promise<OvsdbResult[]> {
    const results = z.array(z.unknown()).parse(await this.#call('transact', [this.#database, ...operations]));
    for (const [index, result] of results.entries()) {
      const failure = failed.safeParse(result);
      if (!failure.success) continue;
      const operation = operations[index];
      const what = operation === undefined ? 'transaction' : `${operation.op} on ${operation.table}`;
      throw new OvsdbError(`OVSDB refused the ${what}: ${failure.data.error} ${failure.data.details ?? ''}`.trimEnd());
    }
    return results.map((result) => operationResult.parse(result ?? {}));
  }

  /** Rows of a table: the columns that `row` names, and no others. */
  async select<Row extends z.ZodObject>(table: string, row: Row, where: Condition[] = []): Promise<z.infer<Row>[]> {
    const [result] = await this.transact([{ op: 'select', table, where, columns: Object.keys(row.shape) }]);
    return z.array(row).parse(result?.rows ?? []);
  }

  /**
   * Runs operations and waits until ovs-vswitchd has carried them out (cur_cfg >= next_cfg). Throws OvsdbError when it
   * has not after `timeoutMs` (10 s), as when the daemon is not running.
   */
  async apply(operations: readonly OvsdbOperation[], timeoutMs = answerTimeoutMs): Promise<void> {
    const results = await this.transact([
      ...operations,
      { op: 'mutate', table: 'Open_vSwitch', where: [], mutations: [['next_cfg', '+=', 1]] },
      { op: 'select', table: 'Open_vSwitch', where: [], columns: ['next_cfg'] },
    ]);
    const wanted = z.object({ next_cfg: z.number() }).parse(results.at(-1)?.rows?.[0]).next_cfg;
    await this.#configReached(wanted, timeoutMs);
  }

  /** Whether a database answers on the socket at this moment. */
  async isAnswering(): Promise<boolean> {
    try {
      await this.#call('list_dbs', []);
      return true;
    } catch {
      return false;
    }
  }

  /** Ends the connection; the next use makes a new one. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    (await connection?.catch(() => undefined))?.destroy();
  }

  async #configReached(wanted: number, timeoutMs: number): Promise<void> {
    if (this.#currentConfig >= wanted) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const check = () => {
      if (this.#currentConfig >= wanted) resolve();
    };
    const late = () =>
      reject(new OvsdbError(`ovs-vswitchd did not apply a change within ${timeoutMs} ms; is it alive?`));
    const timer = setTimeout(late, timeoutMs);
    this.#configWaiters.add(check);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#configWaiters.delete(check);
    }
  }

  async #call(method: string, params: readonly unknown[]): Promise<unknown> {
    const socket = await this.#connected();
    return this.#send(socket, method, params);
  }

  async #send(socket: Socket, method: string, params: readonly unknown[]): Promise<unknown> {
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const timer = setTimeout(
      () => reject(new OvsdbError(`OVSDB did not answer "${method}" within ${answerTimeoutMs} ms.`)),
      answerTimeoutMs,
    );
    this.#pending.set(id, { resolve, reject });
    socket.write(JSON.stringify({ method, params, id }));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  async #connected(): Promise<Socket> {
    this.#connection ??= this.#connect();
    return await this.#connection;
  }

  async #connect(): Promise<Socket> {
    const socket = createConnection(this.#socketPath);
    const splitter = new JsonSplitter();
    const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
    socket.once('connect', resolve);
    socket.on('error', reject);
    socket.on('close', () => this.#lost());
    socket.on('data', (chunk) => {
      for (const text of splitter.push(chunk)) this.#receive(socket, text);
    });
    try {
      await opened;
      const columns = { Open_vSwitch: { columns: ['cur_cfg'] } };
      this.#update(await this.#send(socket, 'monitor', [this.#database, 'cur_cfg', columns]));
      return socket;
    } catch (error) {
      this.#connection = undefined;
      socket.destroy();
      const reason = error instanceof Error ? error.message : String(error);
      throw new OvsdbError(`OVSDB does not answer on ${this.#socketPath}: ${reason}`, { cause: error });
    }
  }

  #lost(): void {
    this.#connection = undefined;
    // A new server numbers its configurations afresh.
    this.#currentConfig = -1;
    for (const { reject } of this.#pending.values()) reject(new OvsdbError('The connection to OVSDB was lost.'));
  }

  #receive(socket: Socket, text: string): void {
    const { id, method, params, result, error } = message.parse(JSON.parse(text));
    if (method === 'echo') socket.write(JSON.stringify({ id, result: params ?? [], error: null }));
    else if (method === 'update') this.#update(params?.[1]);
    else if (typeof id === 'number') {
      const pending = this.#pending.get(id);
      if (error !== null && error !== undefined) pending?.reject(new OvsdbError(`OVSDB: ${JSON.stringify(error)}`));
      else pending?.resolve(result);
    }
  }

  #update(updates: unknown): void {
    for (const row of Object.values(tableUpdates.parse(updates)['Open_vSwitch'] ?? {})) {
      const current = row.new?.['cur_cfg'];
      if (typeof current === 'number') this.#currentConfig = current;
    }
    for (const check of this.#configWaiters) check();
  }
}

/** A map column of OVSDB as an object, and back. */
export const ovsdbMap = z
  .tuple([z.literal('map'), z.array(z.tuple([z.string(), z.string()]))])
  .transform(([, entries]): Record<string, string> => Object.fromEntries(entries));

export function toOvsdbMap(values: Readonly<Record<string, string>>): OvsdbValue {
  return ['map', Object.entries(values)];
}

/** An optional number column: OVSDB writes "not set" as an empty set. */
export const ovsdbOptionalNumber = z
  .union([z.number(), z.tuple([z.literal('set'), z.array(z.number())])])
  .transform((value): number | null => (typeof value === 'number' ? value : (value[1][0] ?? null)));

export const ovsdbOptionalString = z
  .union([z.string(), z.tuple([z.literal('set'), z.array(z.string())])])
  .transform((value): string | null => (typeof value === 'string' ? value : (value[1][0] ?? null)));
