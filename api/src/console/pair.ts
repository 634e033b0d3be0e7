import { type ConsoleClose, consoleClose } from '@unkai/contracts/resources/console-session';
import type { SpentConsoleSession } from '@unkai/core/console';
import type { RawData, WebSocket } from 'ws';

export interface PairTimes {
  /** How long the host may take to dial in. */
  readonly hostMs: number;
  /** Between pings; an end that has not answered by the next one is gone (H17: proxies cut quiet connections). */
  readonly pingMs: number;
  readonly longestMs: number;
}

/** Bytes that wait for an end before the other one is held back, and below which it may go on. */
const highWaterBytes = 1_048_576;
const lowWaterBytes = 262_144;
/** What a browser may type before its host is there. */
const earlyLimitBytes = 65_536;

/**
 * The two ends of one console: a browser that waits, then the host that dialled in for it. Bytes pass as they are; an end
 * that reads slowly holds the other back. When one end goes, both do, with a reason that a person can read.
 */
export class ConsolePair {
  readonly session: SpentConsoleSession;
  readonly #browser: WebSocket;
  readonly #times: PairTimes;
  readonly #onClose: (reason: ConsoleClose) => void;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #quiet = new Set<WebSocket>();
  #host: WebSocket | undefined;
  #early: RawData[] = [];
  #earlyBytes = 0;
  #isClosed = false;

  constructor(
    session: SpentConsoleSession,
    browser: WebSocket,
    times: PairTimes,
    onClose: (reason: ConsoleClose) => void,
  ) {
    this.session = session;
    this.#browser = browser;
    this.#times = times;
    this.#onClose = onClose;
  }

  /** Lets the browser speak and begins to wait for the host. */
  start(): void {
    const browser = this.#browser;
    browser.on('message', (data) => this.#fromBrowser(data));
    browser.on('close', () => this.close('left'));
    browser.on('error', () => this.close('left'));
    this.#watch(browser, 'tooSlow');
    this.#after(this.#times.hostMs, () => {
      if (this.#host === undefined) this.close('hostSilent');
    });
    this.#after(this.#times.longestMs, () => this.close('tooLong'));
    browser.resume();
    if (browser.readyState !== browser.OPEN) this.close('left');
  }

  get isWaiting(): boolean {
    return this.#host === undefined && !this.#isClosed;
  }

  /** The host is here: what waited is sent, and bytes flow both ways. */
  attach(host: WebSocket): void {
    this.#host = host;
    host.on('message', (data) => pass(data, host, this.#browser));
    host.on('close', (code) => this.close(code === consoleClose.tooSlow.code ? 'tooSlow' : 'hostEnded'));
    host.on('error', () => this.close('hostEnded'));
    this.#watch(host, 'hostSilent');
    for (const data of this.#early.splice(0)) pass(data, this.#browser, host);
  }

  /** Closes both ends, once. */
  close(reason: ConsoleClose): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    const { code, reason: words } = consoleClose[reason];
    for (const end of [this.#browser, this.#host]) {
      end?.resume();
      end?.close(code, words);
    }
    this.#onClose(reason);
  }

  #fromBrowser(data: RawData): void {
    // Of a session that is to look at only, what is typed goes nowhere. A screen's viewer has to ask for each picture:
    // what it asks passes, and the host takes out keys and pointer.
    if (this.session.isReadOnly && this.session.kind === 'serial') return;
    if (this.#host !== undefined) {
      pass(data, this.#browser, this.#host);
      return;
    }
    this.#early.push(data);
    this.#earlyBytes += sizeOf(data);
    if (this.#earlyBytes > earlyLimitBytes) this.close('tooSlow');
  }

  #watch(end: WebSocket, ifGone: ConsoleClose): void {
    end.on('pong', () => this.#quiet.delete(end));
    // One that is held back by its own side, as a host by a screen that takes nothing, reads no ping; it sends some itself.
    end.on('ping', () => this.#quiet.delete(end));
    const timer = setInterval(() => {
      // An end that is held back is not read from, so neither are its pongs.
      if (end.isPaused) return;
      if (this.#quiet.has(end)) {
        this.close(ifGone);
        end.terminate();
        return;
      }
      this.#quiet.add(end);
      end.ping();
    }, this.#times.pingMs);
    this.#timers.push(timer);
  }

  #after(milliseconds: number, action: () => void): void {
    this.#timers.push(setTimeout(action, milliseconds));
  }
}

function pass(data: RawData, from: WebSocket, to: WebSocket): void {
  if (to.readyState !== to.OPEN) return;
  to.send(data, { binary: true }, () => {
    if (from.isPaused && to.bufferedAmount < lowWaterBytes) from.resume();
  });
  if (to.bufferedAmount > highWaterBytes) from.pause();
}

function sizeOf(data: RawData): number {
  return Array.isArray(data) ? data.reduce((sum, part) => sum + part.length, 0) : data.byteLength;
}
