import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { id as idSchema } from '@unkai/contracts/primitives';
import {
  type ConsoleClose,
  consoleClose,
  consoleSessionMaxSeconds,
  consoleSubprotocol,
  consoleTokenSubprotocolPrefix,
} from '@unkai/contracts/resources/console-session';
import type { Core } from '@unkai/core/call';
import {
  consoleHostPath,
  consolePath,
  endConsoleSession,
  endConsoleSessionsOf,
  hintConsoleHost,
  judgeConsoleSessions,
  type SpentConsoleSession,
  spendConsoleToken,
} from '@unkai/core/console';
import { authenticateHost } from '@unkai/core/host/credential';
import { edgeProofHeader } from '@unkai/core/identity/edge-trust';
import { type WebSocket, WebSocketServer } from 'ws';
import { ownPages } from './origin.ts';
import { ConsolePair, type PairTimes } from './pair.ts';
import { refuse } from './refuse.ts';

export interface GatewayOptions {
  /** The public origin: the one whose pages may open consoles. */
  readonly origin: string;
  /** What `edgeProof` of the installation's secret gives. */
  readonly edgeProof: string;
  /** This process, as hosts reach it, such as ws://10.0.0.5:7082. No other gateway has the same. */
  readonly url: string;
  readonly times?: Partial<PairTimes> & { readonly recheckMs?: number };
  /** Told of each console that ends, for the figures. */
  readonly onEnd?: (reason: ConsoleClose) => void;
}

/** The same as on the hosts: a longer message would only end the console one step later. */
const largestMessageBytes = 1_048_576;
const defaultTimes = {
  hostMs: 10_000,
  pingMs: 20_000,
  longestMs: consoleSessionMaxSeconds * 1000,
  recheckMs: 3_000,
} as const;

/**
 * Joins browsers and hosts. A browser comes with a one-time token and an allowed Origin, never with cookies (A36, A37);
 * the host is asked over its queue to dial in, and must show its own credential. So no host has an inbound port, and
 * what a token opens is fixed to the server and the host it was made for (A35).
 */
export class ConsoleGateway {
  readonly #core: Core;
  readonly #options: GatewayOptions;
  readonly #times: PairTimes & { readonly recheckMs: number };
  readonly #isOwnPage: (headers: Headers) => boolean;
  readonly #pairs = new Map<string, ConsolePair>();
  readonly #endings = new Set<Promise<void>>();
  readonly #browsers: WebSocketServer;
  readonly #hosts: WebSocketServer;
  #recheck: NodeJS.Timeout | undefined;

  constructor(core: Core, options: GatewayOptions) {
    this.#core = core;
    this.#options = options;
    this.#times = { ...defaultTimes, ...options.times };
    this.#isOwnPage = ownPages(options.origin, options.edgeProof);
    const shared = { noServer: true, maxPayload: largestMessageBytes, perMessageDeflate: false } as const;
    this.#browsers = new WebSocketServer({ ...shared, handleProtocols: () => consoleSubprotocol });
    this.#hosts = new WebSocketServer(shared);
  }

  /** Ends what an earlier process left open, and begins to watch. Call it before the first connection. */
  async start(): Promise<void> {
    await endConsoleSessionsOf(this.#core, this.#options.url);
    this.#recheck = setInterval(() => void this.#closeWhatMayNotGoOn(), this.#times.recheckMs);
  }

  get openCount(): number {
    return this.#pairs.size;
  }

  /** Closes every console with the word that the gateway restarts; browsers open a new one by themselves. */
  async stop(): Promise<void> {
    clearInterval(this.#recheck);
    for (const pair of [...this.#pairs.values()]) pair.close('gatewayStopping');
    await Promise.allSettled(this.#endings);
  }

  /** For the server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const path = request.url ?? '';
    const id = idSchema.safeParse(path.slice(path.lastIndexOf('/') + 1)).data ?? '';
    if (path === consoleHostPath(id)) void this.#upgradeHost(id, request, socket, head);
    else if (path === consolePath(id)) this.#upgradeBrowser(id, request, socket, head);
    else refuse(socket, 404);
  }

  #upgradeBrowser(id: string, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!this.#isOwnPage(originOf(request))) {
      refuse(socket, 403);
      return;
    }
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
    const given = protocols.find((each) => each.startsWith(consoleTokenSubprotocolPrefix));
    if (given === undefined || !protocols.includes(consoleSubprotocol)) {
      refuse(socket, 401);
      return;
    }
    const token = given.slice(consoleTokenSubprotocolPrefix.length);
    this.#browsers.handleUpgrade(request, socket, head, (browser) => void this.#receive(browser, id, token));
  }

  async #receive(browser: WebSocket, id: string, token: string): Promise<void> {
    browser.on('error', () => browser.terminate());
    // What the browser sends waits in its socket until its token is accepted.
    browser.pause();
    try {
      const spent = await spendConsoleToken(this.#core, id, token, `${this.#options.url}${consoleHostPath(id)}`);
      if (spent === null) closeWith(browser, 'tokenSpent');
      else if (spent === 'server-gone') closeWith(browser, 'serverGone');
      else await this.#pair(spent, browser);
    } catch (error) {
      this.#core.log.error({ err: error, sessionId: id }, 'a console could not be opened');
      closeWith(browser, 'unavailable');
    }
  }

  async #pair(session: SpentConsoleSession, browser: WebSocket): Promise<void> {
    const requestId = randomUUID();
    const log = this.#core.log.child({ requestId, sessionId: session.id, serverId: session.serverId });
    const pair = new ConsolePair(session, browser, this.#times, (reason) => {
      this.#pairs.delete(session.id);
      log.info({ reason }, 'a console ended');
      this.#options.onEnd?.(reason);
      const ending = endConsoleSession(this.#core, session, requestId).catch((error: unknown) => {
        log.warn({ err: error }, 'the end of a console could not be noted');
      });
      this.#endings.add(ending);
      void ending.finally(() => this.#endings.delete(ending));
    });
    this.#pairs.set(session.id, pair);
    log.info({ kind: session.kind }, 'a console waits for its host');
    pair.start();
    await hintConsoleHost(this.#core, session, requestId);
  }

  async #upgradeHost(id: string, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const host = await authenticateHost(this.#core, request.headers.authorization ?? null).catch(() => null);
    const pair = this.#pairs.get(id);
    if (host === null) refuse(socket, 401);
    // Another host's session answers as one that never was.
    else if (pair === undefined || pair.session.hostId !== host.id || !pair.isWaiting) refuse(socket, 404);
    else this.#hosts.handleUpgrade(request, socket, head, (end) => pair.attach(end));
  }

  async #closeWhatMayNotGoOn(): Promise<void> {
    const ids = [...this.#pairs.keys()];
    const judged = await judgeConsoleSessions(this.#core, ids).catch((error: unknown) => {
      this.#core.log.warn({ err: error }, 'open consoles could not be looked at');
      return null;
    });
    if (judged === null) return;
    const verdicts = new Map(judged.map(({ id, verdict }) => [id, verdict]));
    for (const id of ids) {
      const pair = this.#pairs.get(id);
      const reason = reasons[verdicts.get(id) ?? 'server-gone'];
      // A host that reports the end of a session before it has dialled in could not open the console.
      if (reason !== null) pair?.close(reason === 'hostEnded' && pair.isWaiting ? 'hostRefused' : reason);
    }
  }
}

const originHeaders = ['origin', edgeProofHeader, 'x-forwarded-host'] as const;

/** Of a request's headers those that tell whose page made it. */
function originOf({ headers }: IncomingMessage): Headers {
  const given = originHeaders.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  return new Headers(given);
}

const reasons = {
  open: null,
  ended: 'hostEnded',
  'server-gone': 'serverGone',
  'not-permitted': 'notPermitted',
} as const satisfies Record<string, ConsoleClose | null>;

function closeWith(end: WebSocket, reason: ConsoleClose): void {
  end.resume();
  end.close(consoleClose[reason].code, consoleClose[reason].reason);
}
