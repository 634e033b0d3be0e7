import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server as Listener, Socket } from 'node:net';
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import { callerPort } from '../flows/layout.ts';
import type { NetworkHost } from '../network-host.ts';
import { externalId } from '../resources/ofport.ts';
import { RateLimit } from './rate-limit.ts';
import { type Answer, answerPath } from './tree.ts';

const limits = { headerBytes: 8_192, headersMs: 5_000, requestMs: 10_000, keepAliveMs: 5_000, socketsPerCaller: 32 };
const pruneIntervalMs = 60_000;

/** Which of this host's ports asks; undefined for an address that no port has. */
async function findCaller(
  host: NetworkHost,
  address: string,
): Promise<{ portId: string; spec: DesiredServerSpec } | undefined> {
  const ofport = callerPort(address);
  if (ofport === null) return undefined;
  // Never remembered here: the port may be gone, and its number another's.
  const row = (await host.tools.ovs.ports()).find(
    (port) => port.ofport === ofport && externalId.port in port.externalIds,
  );
  const portId = row?.externalIds[externalId.port];
  const spec = host.state.get('server', row?.externalIds[externalId.server] ?? '')?.spec;
  if (portId === undefined || spec === undefined || !spec.ports.some(({ id }) => id === portId)) return undefined;
  return { portId, spec };
}

/**
 * Serves guests on a listening socket, from local state only: the control plane may be down. The caller is known by the
 * address that the switch gave its packets (A48); nothing in a request's headers is looked at.
 * Gives the way to stop it.
 */
export function serveMetadata(host: NetworkHost, listener: Listener): () => Promise<void> {
  const rateLimit = new RateLimit();
  const sockets = new Map<string, Set<Socket>>();
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => void handle(host, rateLimit, request, response),
  );
  const accept = (socket: Socket) => {
    const own = sockets.get(socket.remoteAddress ?? '') ?? new Set();
    // One guest's connections that stay open are its own trouble.
    if (own.size >= limits.socketsPerCaller) return socket.destroy();
    sockets.set(socket.remoteAddress ?? '', own.add(socket));
    const address = socket.remoteAddress ?? '';
    socket.once('close', () => {
      own.delete(socket);
      if (own.size === 0) sockets.delete(address);
    });
    return server.emit('connection', socket);
  };
  listener.on('connection', accept);
  const pruning = setInterval(() => rateLimit.prune(), pruneIntervalMs).unref();
  return async () => {
    clearInterval(pruning);
    listener.off('connection', accept);
    for (const own of sockets.values()) for (const socket of own) socket.destroy();
    await new Promise<void>((resolve) => listener.close(() => resolve()));
  };
}

async function handle(
  host: NetworkHost,
  rateLimit: RateLimit,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = request.socket.remoteAddress ?? '';
  try {
    send(request, response, await answer(host, rateLimit, { address, method: request.method, url: request.url }));
  } catch (error) {
    host.log.error({ err: error, address }, 'a metadata request failed');
    send(request, response, words(500, 'The metadata service could not answer; ask again.'));
  }
}

type Question = { address: string; method: string | undefined; url: string | undefined };

/** The answer to one request. Notes that the server's guest has asked. */
export async function answer(host: NetworkHost, rateLimit: RateLimit, question: Question): Promise<Answer> {
  if (!rateLimit.take(question.address)) return words(429, 'Too many requests: wait a second.');
  if (question.method !== 'GET' && question.method !== 'HEAD') return words(405, 'Only GET is understood here.');
  const path = decodePath(question.url ?? '/');
  if (path === null) return words(400, 'The path is not valid percent-encoding.');
  const caller = await findCaller(host, question.address);
  if (caller === undefined) return words(404, 'No server of this host has the port that you came in by.');
  host.noteMetadataRequest(caller.spec.id);
  return answerPath(caller.spec, caller.portId, path);
}

function decodePath(url: string): string | null {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
  } catch {
    return null;
  }
}

function words(status: number, text: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', text: `${text}\n` };
}

function send(request: IncomingMessage, response: ServerResponse, { status, contentType, text }: Answer): void {
  const body = Buffer.from(text, 'utf8');
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}
