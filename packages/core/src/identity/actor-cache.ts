// Who a credential belongs to and what they may do, kept in the memory of a process. What is kept must never be believed
// for long after it was taken away (A08, A09). Three things see to that:
//
// - Triggers on every table of identity tell the channel `unkai_identity`, when a transaction commits, what is out of
//   date: `user <id>`, `credential <id>` or `all`.
// - The process tells itself something over the same connection every 300 ms. Postgres delivers in the order of commits,
//   so once that comes back, all that was committed before it was sent has been heard. What is kept counts only while
//   the last such proof was sent less than a second ago; without it the database is read.
// - A change made in this process drops everything before its request is answered.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Actor } from '../call.ts';
import type { Database } from '../database/database.ts';
import type { Standing } from './actor.ts';
import type { TokenFacts } from './token.ts';

const channel = 'unkai_identity';
const proveEveryMs = 300;
const proofHoldsMs = 1_000;
/** Without a proof for so long the connection is taken for lost. */
const giveUpMs = 3_000;
const reconnectMs = 500;
const mostKept = 10_000;

/** What was read of a credential. */
export interface KnownActor {
  readonly actor: Actor;
  /** When the credential ends, in milliseconds of the epoch. */
  readonly expiresAt: number;
  /** What a token says, whose signature was checked. */
  readonly facts?: TokenFacts;
  /** It depends on more than what memory forgets by, and is read at each use. */
  readonly isReadAnew?: boolean;
  /** Told at each use, from memory too. */
  readonly onUse?: () => void;
}

export class ActorCache {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #known = new Map<string, KnownActor>();
  readonly #listeners: Array<() => void> = [];
  /** What users hold, by their id: each of their credentials begins with that. */
  readonly standings = new Kept<Standing | undefined>(this);
  readonly #proofChannel = `unkai_proof_${randomUUID().replaceAll('-', '')}`;
  /** When the newest proof that came back was sent. */
  #provenAt = Number.NEGATIVE_INFINITY;
  #drops = 0;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
    void this.#connect();
  }

  /** Whether what is kept may be believed at this moment. */
  get isProven(): boolean {
    return performance.now() - this.#provenAt < proofHoldsMs;
  }

  /** How often something was told to be out of date. What is read while this changes may be so already. */
  get drops(): number {
    return this.#drops;
  }

  /** Tells at once, every time, that something of identity may be out of date. */
  onDrop(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Gives what is kept under the key, else what `read` finds; keeps that unless something was dropped meanwhile. */
  async find(key: string, read: () => Promise<KnownActor | null>): Promise<KnownActor | null> {
    const known = this.#known.get(key);
    if (known !== undefined && this.isProven && known.expiresAt > Date.now()) return known;
    const dropsBefore = this.#drops;
    const found = await read();
    if (found === null) this.#known.delete(key);
    else if (dropsBefore === this.#drops && !found.isReadAnew) keepNewest(this.#known, key, found, mostKept);
    return found;
  }

  /** Forgets everyone. */
  drop(): void {
    this.#count();
    this.#known.clear();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#provenAt = Number.NEGATIVE_INFINITY;
    await this.#client?.end().catch(() => {});
  }

  #count(): void {
    this.#drops += 1;
    for (const listener of this.#listeners) listener();
  }

  #hear(notice: string): void {
    const [kind, id] = notice.split(' ');
    if (kind !== 'user' && kind !== 'credential') {
      this.drop();
      return;
    }
    this.#count();
    for (const [key, { actor }] of this.#known) {
      if ((kind === 'user' ? actor.userId : actor.credentialId) === id) this.#known.delete(key);
    }
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#database.url, connectionTimeoutMillis: giveUpMs });
    let isLost = false;
    const lose = (error?: Error) => {
      if (isLost) return;
      isLost = true;
      this.drop();
      if (this.#client === client) this.#client = undefined;
      client.end().catch(() => {});
      if (this.#isClosed) return;
      if (error) this.#log.warn({ err: error }, 'who may do what is read from the database until its channel is back');
      this.#timer = setTimeout(() => void this.#connect(), reconnectMs).unref();
    };
    client.on('error', lose);
    client.on('end', () => lose());
    client.on('notification', (notice) => {
      if (notice.channel === channel) this.#hear(notice.payload ?? '');
      else this.#provenAt = Number(notice.payload);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      await client.query(`LISTEN ${this.#proofChannel}`);
      this.#client = client;
      // What was kept while nobody listened may be out of date.
      this.drop();
      if (this.#isClosed) return await this.close();
      await this.#prove(client, lose);
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #prove(client: pg.Client, lose: (error: Error) => void): Promise<void> {
    while (this.#client === client && !this.#isClosed) {
      const sentAt = performance.now();
      const late = setTimeout(() => lose(new Error('the channel of identity does not answer')), giveUpMs).unref();
      await client.query('SELECT pg_notify($1, $2)', [this.#proofChannel, String(sentAt)]);
      clearTimeout(late);
      await new Promise((resolve) => {
        this.#timer = setTimeout(resolve, proveEveryMs).unref();
      });
    }
  }
}

/** Something else that is read from the tables of identity, such as names, for as long as nothing there changes. */
export class Kept<Value> {
  readonly #actors: ActorCache;
  readonly #values = new Map<string, Value>();
  readonly #most: number;

  constructor(actors: ActorCache, most = mostKept) {
    this.#actors = actors;
    this.#most = most;
    actors.onDrop(() => this.#values.clear());
  }

  /** Gives what is kept under the key, where it may be believed, else what `read` finds. */
  async find(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.#values.get(key);
    if (known !== undefined && this.#actors.isProven) return known;
    const dropsBefore = this.#actors.drops;
    const found = await read();
    if (dropsBefore === this.#actors.drops) keepNewest(this.#values, key, found, this.#most);
    return found;
  }
}

function keepNewest<Value>(kept: Map<string, Value>, key: string, value: Value, most: number): void {
  kept.delete(key);
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
}
