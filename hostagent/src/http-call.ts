// HTTP without fetch: fetch brings an engine of its own that costs an agent tens of megabytes for calls as plain as these.
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { hasErrorCode } from './files.ts';

export type HttpCall = {
  method: 'GET' | 'POST' | 'PUT';
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Ends the call, also while its answer is being read. */
  signal: AbortSignal;
  /** Which calls it may have to wait for; `plain` unless told. */
  lane?: Lane | undefined;
};

/**
 * Calls of one kind share their connections and wait for each other when there are too many. `streams` last for minutes;
 * for want of a heartbeat a host is taken for dead, so nothing is waited for by these.
 */
type Lane = 'heartbeats' | 'plain' | 'streams';

const settings = { keepAlive: true, maxSockets: 32 };
const agentsOf = () => ({ http: new HttpAgent(settings), https: new HttpsAgent(settings) });
const lanes: Readonly<Record<Lane, ReturnType<typeof agentsOf>>> = {
  heartbeats: agentsOf(),
  plain: agentsOf(),
  streams: agentsOf(),
};

/** Makes a call and gives the answer once its head is there; the caller reads it to its end. Throws what the socket throws. */
export async function call(url: string, sent: HttpCall): Promise<IncomingMessage> {
  const agents = lanes[sent.lane ?? 'plain'];
  const agent = url.startsWith('https:') ? agents.https : agents.http;
  try {
    return await attempt(url, sent, agent);
  } catch (error) {
    // All calls of an agent may be made twice.
    if (error instanceof ClosedMeanwhile) return attempt(url, sent, false);
    throw error;
  }
}

/**
 * A connection that was used before, and that the other side closed in the moment in which it was used again, as happens on
 * a busy machine. Nothing was answered on it.
 */
class ClosedMeanwhile extends Error {
  override readonly name = 'ClosedMeanwhile';
}

function attempt(
  url: string,
  { body, lane: _, ...options }: HttpCall,
  agent: HttpAgent | false,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers =
    body === undefined ? options.headers : { ...options.headers, 'content-length': Buffer.byteLength(body) };
  const begin = url.startsWith('https:') ? httpsRequest : httpRequest;
  const request = begin(url, { ...options, headers, agent }, resolve);
  request.on('error', (error) => {
    if (options.signal.aborted) return reject(options.signal.reason);
    const isStale = request.reusedSocket && hasErrorCode(error, 'ECONNRESET');
    reject(isStale ? new ClosedMeanwhile('the connection was closed', { cause: error }) : error);
  });
  request.end(body);
  return promise;
}

/**
 * Sends a stream, no faster than the other side takes it, and gives the answer once its head is there. One that comes before
 * the end is a refusal: the rest is not sent. Throws what the stream or the socket throws, and the signal's reason.
 */
export function upload(
  url: string,
  { headers, signal }: Pick<HttpCall, 'headers' | 'signal'>,
  bytes: Readable,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const begin = url.startsWith('https:') ? httpsRequest : httpRequest;
  // On a connection of its own: one that was used before may just be closing, and the stream is read only once.
  const request = begin(url, { method: 'PUT', headers, signal, agent: false }, resolve);
  const fail = (error: unknown) => reject(signal.aborted ? signal.reason : error);
  // Also when all is sent and the answer does not come: the pipeline is over by then.
  request.on('error', fail);
  pipeline(bytes, request, (error) => {
    if (error) fail(error);
  });
  return promise;
}

/** Reads an answer to its end as text. Throws when it is longer than `limitBytes`. */
export async function readText(answer: IncomingMessage, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > limitBytes) throw new Error(`the answer has more than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
