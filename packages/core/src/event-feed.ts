import { type Event, event } from '@unkai/contracts/events';
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Database } from './database/database.ts';
import { eventChannel } from './events.ts';

export type EventListener = (event: Event) => void;

/** What was committed, as it is committed, from any process of the installation. */
export interface EventFeed {
  /** Calls back with each event of the project, or with every event when `projectId` is null. Returns the way to stop. */
  subscribe(projectId: string | null, listener: EventListener): () => void;
  /** What was committed since the event `lastId`, oldest first, at most `catchUpLimit`. */
  since(lastId: string, projectId: string | null): Promise<Event[]>;
  /** Resolves once it listens for the first time: who subscribes after that misses nothing. */
  listening(): Promise<void>;
  close(): Promise<void>;
}

export const catchUpLimit = 1000;
const reconnectMs = 500;
const keepAliveMs = 15_000;
// Ids are dealt out when a row is written, not when it is committed: an event may appear after one with a higher id. A
// reader that comes back is told this far back once more; hearing of a change twice is harmless, missing one is not.
const overlapEvents = 200;
const overlapSeconds = 30;

const notice = z.object({ id: z.string().regex(/^\d+$/) });

/**
 * Listens on a connection of its own (the pool's are shared and would lose the LISTEN). When it breaks, the feed connects
 * again and tells what was committed meanwhile.
 */
export function openEventFeed(database: Database, log: Logger): EventFeed {
  const feed = new Feed(database, log);
  feed.start();
  return feed;
}

class Feed implements EventFeed {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #listeners = new Map<string | null, Set<EventListener>>();
  readonly #pending = new Set<string>();
  readonly #told = new Set<string>();
  readonly #listening = Promise.withResolvers<void>();
  #highest = '';
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #keepAlive: NodeJS.Timeout | undefined;
  #isFlushing = false;
  #isClosed = false;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  start(): void {
    void this.#connect();
    // A connection that a firewall forgot looks alive for ever; a question now and then shows that it is not.
    this.#keepAlive = setInterval(() => this.#client?.query('SELECT 1').catch(() => {}), keepAliveMs).unref();
  }

  subscribe(projectId: string | null, listener: EventListener): () => void {
    const listeners = this.#listeners.get(projectId) ?? new Set();
    this.#listeners.set(projectId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(projectId);
    };
  }

  async since(lastId: string, projectId: string | null): Promise<Event[]> {
    const overlap = (BigInt(lastId) - BigInt(overlapEvents)).toString();
    const recent = new Date(Date.now() - overlapSeconds * 1000);
    let query = this.#select()
      .where('id', '!=', lastId)
      .where((is) => is.or([is('id', '>', lastId), is.and([is('id', '>', overlap), is('at', '>', recent)])]))
      .orderBy('id')
      .limit(catchUpLimit);
    if (projectId !== null) query = query.where('project_id', '=', projectId);
    return toEvents(await query.execute());
  }

  listening(): Promise<void> {
    return this.#listening.promise;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#keepAlive);
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#database.url, keepAlive: true });
    // What is heard as soon as it listens is beyond what was missed.
    const lastHeard = this.#highest;
    let isLost = false;
    const lose = (error?: Error) => {
      if (isLost) return;
      isLost = true;
      if (this.#client === client) this.#client = undefined;
      client.end().catch(() => {});
      if (this.#isClosed) return;
      if (error) this.#log.warn({ err: error }, 'the event feed lost its connection and connects again');
      this.#timer = setTimeout(() => void this.#connect(), reconnectMs).unref();
    };
    client.on('error', lose);
    client.on('end', () => lose());
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${eventChannel}`);
      this.#client = client;
      if (this.#isClosed) await this.close();
      else await this.#catchUp(lastHeard);
      this.#listening.resolve();
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Tells what was committed while nobody listened; at the first connection only remembers where the feed stands. */
  async #catchUp(lastHeard: string): Promise<void> {
    if (lastHeard !== '') return this.#tellSince(lastHeard);
    const newest = await this.#database.kysely
      .selectFrom('event')
      .select((is) => is.fn.max('id').as('id'))
      .executeTakeFirst();
    this.#highest = highest(this.#highest, String(newest?.id ?? 0));
  }

  async #tellSince(lastId: string): Promise<void> {
    const missed = await this.since(lastId, null);
    for (const each of missed) this.#tell(each);
    const last = missed.at(-1);
    if (last !== undefined && missed.length === catchUpLimit) await this.#tellSince(last.id);
  }

  #hear(payload: string): void {
    const parsed = notice.safeParse(parseJson(payload));
    if (!parsed.success) return;
    this.#pending.add(parsed.data.id);
    if (this.#listeners.size === 0) this.#pending.clear();
    this.#highest = highest(this.#highest, parsed.data.id);
    void this.#flush();
  }

  /** Reads the rows of all notices that came meanwhile in one query: fifty creates cost a few questions, not fifty. */
  async #flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    try {
      while (this.#pending.size > 0) {
        const ids = [...this.#pending].slice(0, catchUpLimit);
        const rows = await this.#select().where('id', 'in', ids).orderBy('id').execute();
        for (const id of ids) this.#pending.delete(id);
        for (const each of toEvents(rows)) this.#tell(each);
      }
    } catch (error) {
      if (this.#isClosed) return;
      this.#log.warn({ err: error }, 'events could not be read and are read again');
      setTimeout(() => void this.#flush(), reconnectMs).unref();
    } finally {
      this.#isFlushing = false;
    }
  }

  #tell(each: Event): void {
    if (this.#told.has(each.id)) return;
    this.#told.add(each.id);
    for (const id of this.#told) {
      if (this.#told.size <= catchUpLimit) break;
      this.#told.delete(id);
    }
    for (const listener of this.#listeners.get(null) ?? []) listener(each);
    if (each.projectId === null) return;
    for (const listener of this.#listeners.get(each.projectId) ?? []) listener(each);
  }

  #select() {
    return this.#database.kysely
      .selectFrom('event')
      .select(['id', 'project_id as projectId', 'noun', 'resource_id as resourceId', 'kind', 'at']);
  }
}

interface EventRow {
  readonly id: unknown;
  readonly projectId: string | null;
  readonly noun: string;
  readonly resourceId: string;
  readonly kind: string;
  readonly at: Date;
}

/** Without those of a noun that only a newer version knows, which may run beside this one while an installation is renewed. */
function toEvents(rows: readonly EventRow[]): Event[] {
  return rows.flatMap((row) => {
    const known = event.safeParse({ ...row, id: String(row.id), at: row.at.toISOString() });
    return known.success ? [known.data] : [];
  });
}

function highest(one: string, other: string): string {
  if (one === '') return other;
  return BigInt(one) > BigInt(other) ? one : other;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
