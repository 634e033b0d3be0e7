// Makes the host what the control plane wants it to be, one noun and id at a time. Whatever happens (a hint, a sync, a guest
// that ends) comes down to the same question: what should this be now? Many questions about one thing while it is being
// worked on become one more round after it.
import { publicFailure, UnkaiError } from '@unkai/contracts/errors';
import type { HostNoun } from '@unkai/contracts/host/job';
import type { HostReport } from '@unkai/contracts/host/report';
import type { HostContext, ResourceContext } from './context.ts';
import { countRound } from './metrics.ts';
import type { ReportOutbox } from './reports.ts';
import { hasLetGo } from './resources/letting-go.ts';
import * as resources from './resources/resources.ts';

type Wish = { requestId: string; mustAsk: boolean };
type Entry = {
  noun: HostNoun;
  id: string;
  next: Wish | undefined;
  round: Promise<void> | undefined;
  abort: AbortController;
};

/** Things worked on at once. High, because most of them wait: for a download, for a guest that shuts down. */
const roundsAtOnce = 32;
const progressEveryMs = 500;
const lastRetryMs = 30_000;

export class Reconciler {
  readonly #host: HostContext;
  readonly #outbox: ReportOutbox;
  readonly #entries = new Map<string, Entry>();
  /** Of things that could not even be tried: how often in a row, and when they are tried next. One timer each. */
  readonly #retries = new Map<string, { failures: number; timer: NodeJS.Timeout }>();
  readonly #queue: (() => void)[] = [];
  #running = 0;
  #isStopped = false;

  constructor(host: HostContext, outbox: ReportOutbox) {
    this.#host = host;
    this.#outbox = outbox;
  }

  /** Something changed for this noun: asks the control plane what it should be. Resolves when that has been tried; never rejects. */
  hint(noun: HostNoun, id: string, requestId: string): Promise<void> {
    const entry = this.#entries.get(`${noun}/${id}`);
    if (entry?.round !== undefined) void this.#abortIfUnwanted(entry, requestId);
    return this.#wish(noun, id, { requestId, mustAsk: true });
  }

  /** Looks at it again with what is known already. Never rejects. */
  touch(noun: HostNoun, id: string, requestId: string): Promise<void> {
    return this.#wish(noun, id, { requestId, mustAsk: false });
  }

  /** Starts no further round and waits for those under way, which end their long waits. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const rounds = [...this.#entries.values()].map((entry) => {
      entry.abort.abort();
      return entry.round;
    });
    await Promise.all(rounds);
  }

  #wish(noun: HostNoun, id: string, wish: Wish): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    const key = `${noun}/${id}`;
    const entry = this.#entries.get(key) ?? newEntry(noun, id);
    this.#entries.set(key, entry);
    entry.next = { requestId: wish.requestId, mustAsk: wish.mustAsk || entry.next?.mustAsk === true };
    entry.round ??= this.#rounds(key, entry);
    return entry.round;
  }

  async #rounds(key: string, entry: Entry): Promise<void> {
    await this.#turn();
    try {
      while (entry.next !== undefined && !this.#isStopped) {
        const wish = entry.next;
        entry.next = undefined;
        entry.abort = new AbortController();
        await this.#round(entry, wish);
      }
    } finally {
      // In one go with the last look at what is wished: a wish that came in between would be nobody's.
      this.#entries.delete(key);
      this.#running -= 1;
      this.#queue.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= roundsAtOnce) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#running += 1;
  }

  async #round(entry: Entry, wish: Wish): Promise<void> {
    const { noun, id } = entry;
    const startedAt = performance.now();
    const log = this.#host.log.child({ requestId: wish.requestId, noun, id });
    const { state } = this.#host;
    const before = state.get(noun, id)?.generation;
    try {
      const outcome = await this.#makeSo(entry, wish);
      const generation = state.get(noun, id)?.generation;
      // A look that found nothing new comes every minute for each thing.
      const level = generation === before ? 'debug' : 'info';
      log[level]({ outcome, generation, milliseconds: Math.round(performance.now() - startedAt) }, 'looked after');
      if (outcome !== 'failed') this.#forgetRetry(`${noun}/${id}`);
      countRound(noun, outcome, startedAt);
    } catch (error) {
      log.warn({ err: error }, 'this could not be made so; it is tried again');
      countRound(noun, 'unreachable', startedAt);
      this.#later(entry, wish);
    }
  }

  /** Throws only when nobody can be asked or nothing can be written down; what a resource throws is reported. */
  async #makeSo(entry: Entry, wish: Wish): Promise<string> {
    const { noun, id } = entry;
    const { state, controlPlane } = this.#host;
    if (!wish.mustAsk) {
      const kept = state.get(noun, id);
      return kept === undefined ? 'unknown' : this.#ensure(entry, wish, kept.generation);
    }
    const desired = await controlPlane.desired(noun, id, wish.requestId);
    if (desired.presence === 'absent') return this.#purge(entry, wish, desired.generation);
    const kept = state.get(noun, id);
    const isSame = kept !== undefined && JSON.stringify(kept.spec) === JSON.stringify(desired.spec);
    // Written down before it is made so: the guest's first metadata request is answered from here.
    if (!isSame || kept.generation !== desired.generation) {
      await resources.keep(state, noun, id, desired);
    }
    return this.#ensure(entry, wish, desired.generation);
  }

  async #ensure(entry: Entry, wish: Wish, generation: number): Promise<string> {
    const { noun, id } = entry;
    const context = this.#context(entry, wish, generation);
    try {
      const { state = 'present', ...observed } = await resources.ensure(context, noun, id);
      if (context.signal.aborted) return 'interrupted';
      this.#report({ noun, id, generation, state, ...observed }, wish);
      return state;
    } catch (error) {
      // Something newer waits, or the agent stops: what became of this is told by the next round.
      if (context.signal.aborted) return 'interrupted';
      context.log.error({ err: error }, 'it could not be made what it should be');
      const failed = { noun, id, generation, state: 'failed', failure: failureOf(error) } as const;
      this.#report(hasLetGo(error) ? { ...failed, hasLetGo: true } : failed, wish);
      return 'failed';
    }
  }

  async #purge(entry: Entry, wish: Wish, generation: number): Promise<string> {
    const { noun, id } = entry;
    const context = this.#context(entry, wish, generation);
    try {
      await resources.purge(context, noun, id);
      await this.#host.state.remove(noun, id);
      this.#report({ noun, id, generation, state: 'absent' }, wish);
      return 'absent';
    } catch (error) {
      context.log.error({ err: error }, 'it could not be removed');
      this.#report({ noun, id, generation, state: 'failed', failure: failureOf(error) }, wish);
      this.#later(entry, wish);
      return 'failed';
    }
  }

  #context(entry: Entry, wish: Wish, generation: number): ResourceContext {
    const { noun, id } = entry;
    let toldAt = 0;
    return {
      ...this.#host,
      log: this.#host.log.child({ requestId: wish.requestId, noun, id }),
      requestId: wish.requestId,
      generation,
      signal: entry.abort.signal,
      progress: (words) => {
        if (Date.now() < toldAt + progressEveryMs) return;
        toldAt = Date.now();
        this.#report({ noun, id, generation, state: 'working', progress: words.slice(0, 200) }, wish);
      },
    };
  }

  #report(report: HostReport, { requestId }: Wish): void {
    this.#outbox.add(report, requestId);
  }

  /** A delete must not wait behind a download or a guest that takes its time to shut down. */
  async #abortIfUnwanted(entry: Entry, requestId: string): Promise<void> {
    const { abort } = entry;
    try {
      const desired = await this.#host.controlPlane.desired(entry.noun, entry.id, requestId);
      if (desired.presence === 'absent') abort.abort();
    } catch (error) {
      // The round that follows asks again, and says so if it cannot.
      this.#host.log.debug({ err: error, requestId }, 'could not look ahead');
    }
  }

  #later({ noun, id }: Entry, { requestId }: Wish): void {
    const key = `${noun}/${id}`;
    const failures = (this.#retries.get(key)?.failures ?? 0) + 1;
    this.#forgetRetry(key);
    const delayMs = Math.min(500 * 2 ** (failures - 1), lastRetryMs);
    const timer = setTimeout(() => void this.#wish(noun, id, { requestId, mustAsk: true }), delayMs).unref();
    this.#retries.set(key, { failures, timer });
  }

  #forgetRetry(key: string): void {
    clearTimeout(this.#retries.get(key)?.timer);
    this.#retries.delete(key);
  }
}

function newEntry(noun: HostNoun, id: string): Entry {
  return { noun, id, next: undefined, round: undefined, abort: new AbortController() };
}

/** What a person may read: our own words; of anything else only that it happened, the log has the rest. */
function failureOf(error: unknown) {
  if (error instanceof UnkaiError) return publicFailure(error);
  return publicFailure(new UnkaiError('host_failed', 'The host could not do it.'));
}
