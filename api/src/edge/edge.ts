import { Agent, createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { type Duplex, Readable } from 'node:stream';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Core } from '@unkai/core/call';
import { createProxyServer } from 'httpxy';
import { refuse } from '../console/refuse.ts';
import { callerAddress, markCaller, trustedProxies } from './client.ts';
import { KeptConnections } from './kept-connections.ts';
import { type Upstream, upstreamOf } from './routes.ts';
import { answerProblem, answerUnavailable } from './unavailable.ts';

export interface EdgeOptions {
  /** Where each program listens, such as http://127.0.0.1:7081. */
  readonly targets: Readonly<Record<Upstream, string>>;
  /** What `edgeProof` of the installation's secret gives. */
  readonly proof: string;
  readonly origin: string;
  /** Addresses and prefixes of proxies in front of the edge, separated by commas. */
  readonly trustedProxies: string;
  readonly log: Core['log'];
  /** Put before each path: a port of its own for one service, such as 8774 for /compute. */
  readonly prefix?: `/${string}`;
}

const headersTimeoutMs = 30_000;
const idleMs = 75_000;
const silenceMs = 120_000;

// For answers of the API, unless it says otherwise itself (the reference page does): nothing of them is a page, a
// script or a frame. The portal sets its own.
const apiHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

/**
 * The one public origin: portal, API and console behind one address. Bodies stream both ways (uploads, live events), and
 * nothing is kept. What a caller claims about itself is replaced by what the edge sees (A06).
 */
export function createEdge(options: EdgeOptions): Server {
  const { targets, proof } = options;
  const trusted = trustedProxies(options.trustedProxies);
  const isSecure = options.origin.startsWith('https:');
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  const proxy = openProxy(options, isSecure);
  const take = (request: IncomingMessage, response: ServerResponse) => {
    if (options.prefix !== undefined) request.url = options.prefix + (request.url ?? '/');
    const upstream = upstreamOf(request.url ?? '');
    if (upstream === null) {
      answerProblem(response, new UnkaiError('invalid_input', 'The path is not one that can be passed on.'));
      return;
    }
    markCaller(request, { address: callerAddress(request, trusted), proof, isSecure });
    proxy.web(request, response, { target: targets[upstream], agent }).catch(heardAlready);
  };
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    // Only the console speaks WebSocket; it checks the Origin itself (A36).
    if (options.prefix !== undefined || upstreamOf(request.url ?? '') !== 'console' || !(socket instanceof Socket)) {
      refuse(socket, 404);
      return;
    }
    markCaller(request, { address: callerAddress(request, trusted), proof, isSecure });
    proxy.ws(request, socket, { target: targets.console }, head).catch(heardAlready);
  };

  const server = createServer({ headersTimeout: headersTimeoutMs, keepAliveTimeout: idleMs }, take);
  // An upload takes as long as it takes, as long as bytes come; live events and consoles say something every 20 s.
  server.requestTimeout = 0;
  server.timeout = silenceMs;
  server.on('upgrade', upgrade);
  return server;
}

function openProxy({ targets, log }: EdgeOptions, isSecure: boolean) {
  const kept = new KeptConnections();
  const proxy = createProxyServer();
  proxy.on('proxyReq', (outgoing, request) => kept.note(outgoing, request));
  proxy.on('proxyRes', (answer, request) => {
    delete answer.headers['x-powered-by'];
    if (upstreamOf(request.url ?? '') === 'api') answer.headers = { ...apiHeaders, ...answer.headers };
    if (isSecure) answer.headers['strict-transport-security'] ??= 'max-age=31536000';
  });

  proxy.on('error', (error, request, answer) => {
    const upstream = upstreamOf(request?.url ?? '') ?? 'web';
    const isOpen = answer instanceof ServerResponse && !answer.headersSent && !answer.destroyed;
    if (isOpen && request !== undefined && kept.isWorthAnother(error, request)) {
      proxy.web(request, answer, { target: targets[upstream], buffer: Readable.from([]) }).catch(heardAlready);
      return;
    }
    // A caller that went away is no news; a program that did is.
    if (!answer?.destroyed) log.warn({ upstream, reason: error.message }, 'a program behind the edge does not answer');
    if (answer instanceof ServerResponse) answerUnavailable(answer, upstream);
    // Once bytes of the WebSocket have passed there is nothing to say in HTTP any more.
    else if (answer instanceof Socket && answer.bytesWritten === 0) refuse(answer, 503);
  });
  return proxy;
}

/** What goes wrong is answered and logged by the proxy's `error` event; of a broken answer nothing is left to do. */
function heardAlready(): void {}
