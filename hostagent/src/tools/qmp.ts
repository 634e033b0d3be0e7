// QEMU's monitor protocol: one JSON object a line over a unix socket. A socket serves one client; a second one connects
// and is never greeted, so connecting has a time limit.
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const qmpAnswer = z.union([
  z.object({ error: z.object({ class: z.string(), desc: z.string() }), id: z.number().optional() }),
  z.object({ return: z.unknown(), id: z.number().optional() }),
]);
const qmpLine = z.union([
  z.object({ QMP: z.unknown() }),
  z.object({ event: z.string(), data: z.record(z.string(), z.unknown()).default({}) }),
  ...qmpAnswer.options,
]);
type QmpAnswer = z.infer<typeof qmpAnswer>;
export type QmpEvent = { event: string; data: Readonly<Record<string, unknown>> };
type Pending = { resolve(value: unknown): void; reject(error: Error): void; command: string };

/** QEMU refused a command, or the line to it is gone (`isClosed`). */
export class QmpError extends Error {
  override readonly name = 'QmpError';
  readonly isClosed: boolean;
  constructor(message: string, isClosed = false) {
    super(message);
    this.isClosed = isClosed;
  }
}

const commandTimeoutMs = 10_000;

export class QmpClient {
  readonly #socket: Socket;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  readonly #closed = Promise.withResolvers<void>();
  readonly #greeted = Promise.withResolvers<void>();
  #isClosed = false;
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const lines = createInterface({ input: socket, crlfDelay: Infinity });
    lines.on('line', (line) => this.#take(line));
    // A QEMU that is killed resets the line. Both tell of it, and an error that nobody hears would end the agent.
    lines.on('error', () => undefined);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#end());
  }

  /** Connects and negotiates. Throws QmpError when nobody listens or nobody greets within `timeoutMs`. */
  static async connect(path: string, timeoutMs = 5_000): Promise<QmpClient> {
    const socket = connect(path);
    const client = new QmpClient(socket);
    const timer = setTimeout(() => {
      client.#greeted.reject(new QmpError(`${path} did not greet within ${timeoutMs} ms`));
      socket.destroy();
    }, timeoutMs);
    try {
      await client.#greeted.promise;
      await client.execute('qmp_capabilities');
      return client;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when the line is gone; never rejects. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** Runs a command and gives what it returned. Throws QmpError. */
  async execute(command: string, given: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (this.#isClosed) throw new QmpError(`QEMU is gone; ${command} was not sent`, true);
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(id, { resolve, reject, command });
    const timer = setTimeout(() => {
      this.#pending.delete(id);
      reject(new QmpError(`QEMU did not answer ${command} within ${commandTimeoutMs} ms`));
    }, commandTimeoutMs);
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: given, id })}\n`);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Calls back for each event; returns the way to stop. */
  onEvent(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(line: string): void {
    const parsed = qmpLine.safeParse(parseJson(line));
    // A line that is not QMP says that this is not QEMU, or no longer: nothing after it can be trusted.
    if (!parsed.success) {
      this.#socket.destroy();
      return;
    }
    const message = parsed.data;
    if ('QMP' in message) this.#greeted.resolve();
    else if ('event' in message) for (const listener of this.#listeners) listener(message);
    else this.#answer(message);
  }

  #answer(message: QmpAnswer): void {
    const pending = message.id === undefined ? undefined : this.#pending.get(message.id);
    if (message.id === undefined || pending === undefined) return;
    this.#pending.delete(message.id);
    if ('error' in message) pending.reject(new QmpError(`QEMU refused ${pending.command}: ${message.error.desc}`));
    else pending.resolve(message.return);
  }

  #end(): void {
    this.#isClosed = true;
    this.#greeted.reject(new QmpError('nobody listens on the monitor socket', true));
    for (const { command, reject } of this.#pending.values())
      reject(new QmpError(`QEMU ended during ${command}`, true));
    this.#pending.clear();
    this.#closed.resolve();
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
