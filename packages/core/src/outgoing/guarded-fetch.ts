import type { LookupAddress } from 'node:dns';
import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { OutgoingFailure } from './failure.ts';
import { type Allowed, addressesOf, askDns, askSystem, type Resolve, readTarget } from './target.ts';

export interface GuardedRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Guard {
  readonly allowed: Allowed;
  /** For everything together: names, connections, redirects, and the answer to its end. */
  readonly patienceMs: number;
  /** Of the answer's body; more throws while it is read. */
  readonly mostBytes: number;
  /** How many redirects are followed; with 0 the answer that redirects is the answer. */
  readonly redirects: number;
  readonly signal?: AbortSignal;
  /** Another way from a name to its addresses than the usual one. */
  readonly resolve?: Resolve;
}

export interface GuardedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, read as it comes. Throws `OutgoingFailure` when it is too long, late or broken. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection; what has not been read is not wanted. Needed whenever the body is not read to its end. */
  discard(): void;
}

/**
 * The one way to ask an address that somebody else named (A29, A30). The name is resolved once, each address that it has is
 * checked, and the connection goes to one of just these: what the name says a moment later does not count. The same for
 * each redirect. No proxy, no cookies, nothing kept open, nothing unpacked. Throws `OutgoingFailure`.
 */
export async function guardedFetch(target: string, request: GuardedRequest, guard: Guard): Promise<GuardedAnswer> {
  const late = AbortSignal.timeout(guard.patienceMs);
  const signal = guard.signal === undefined ? late : AbortSignal.any([late, guard.signal]);
  let url = readTarget(target, guard.allowed);
  for (let hops = 0; ; hops += 1) {
    const addresses = await orAborted(addressesOf(url, guard.allowed, resolverOf(guard)), signal);
    const answer = await ask(url, request, { addresses, signal });
    const next = guard.redirects === 0 ? null : redirectOf(answer, url, request);
    if (next === null) return guardedAnswer(answer, guard.mostBytes, signal);
    answer.destroy();
    if (hops >= guard.redirects) throw new OutgoingFailure('redirect', 'redirects too often');
    url = readTarget(next.href, guard.allowed);
  }
}

function resolverOf({ resolve, allowed }: Guard): Resolve {
  return resolve ?? (allowed.kind === 'named' ? askSystem : askDns);
}

/** Where the answer sends us; null when it does not. */
function redirectOf({ statusCode, headers }: IncomingMessage, from: URL, { method }: GuardedRequest): URL | null {
  const status = statusCode ?? 0;
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return null;
  // The others turn what is sent into a question without a body, which is not what anybody wanted.
  if (method !== 'GET' && status < 307) {
    throw new OutgoingFailure('redirect', `answered ${status}; only 307 and 308 keep what was sent`);
  }
  const next = URL.parse(headers.location, from.href);
  if (next === null) throw new OutgoingFailure('redirect', 'redirects to what is not an address');
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new OutgoingFailure('redirect', 'redirects from https to http');
  }
  return next;
}

interface Way {
  readonly addresses: readonly LookupAddress[];
  readonly signal: AbortSignal;
}

function ask(
  url: URL,
  { method, headers, body }: GuardedRequest,
  { addresses, signal }: Way,
): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method,
    headers: {
      ...headers,
      'accept-encoding': 'identity',
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    },
    agent: false,
    lookup: only(addresses),
    insecureHTTPParser: false,
    maxHeaderSize: 16_384,
    signal,
  };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = url.protocol === 'https:' ? secureRequest : plainRequest;
  const outgoing = send(url, options, resolve);
  outgoing.on('error', (error) => reject(failureOf(error, signal)));
  // Whoever answers with another protocol speaks to nobody.
  outgoing.on('upgrade', (_, socket) => {
    socket.destroy();
    reject(new OutgoingFailure('answer', 'answered with another protocol'));
  });
  outgoing.end(body);
  return promise;
}

/** Resolves every name to these addresses: the connection has no other way to go. */
function only(addresses: readonly LookupAddress[]): LookupFunction {
  return (_name, options, found) => {
    const [first] = addresses;
    if (options.all === true) found(null, [...addresses]);
    else if (first !== undefined) found(null, first.address, first.family);
    else found(new Error('no address'), '', 0);
  };
}

function guardedAnswer(answer: IncomingMessage, mostBytes: number, signal: AbortSignal): GuardedAnswer {
  // A connection that breaks while nobody reads must not end the process.
  answer.on('error', () => {});
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value ?? '')]);
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: limited(answer, mostBytes, signal),
    discard: () => answer.destroy(),
  };
}

async function* limited(answer: IncomingMessage, mostBytes: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const part of answer) {
      if (!(part instanceof Uint8Array)) continue;
      length += part.length;
      if (length > mostBytes) throw new OutgoingFailure('too-long', `answers more than ${mostBytes} bytes`);
      yield part;
    }
  } catch (error) {
    throw failureOf(error, signal);
  } finally {
    answer.destroy();
  }
}

async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const give = () => reject(failureOf(signal.reason, signal));
  if (signal.aborted) give();
  signal.addEventListener('abort', give, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', give);
  }
}

/** What went wrong, in words that tell of the target no more than that. */
function failureOf(error: unknown, signal: AbortSignal): OutgoingFailure {
  if (error instanceof OutgoingFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const options = { cause: error };
  if (signal.aborted) return new OutgoingFailure('late', 'did not answer in time', options);
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO|^ERR_TLS/.test(code)) {
    return new OutgoingFailure('certificate', 'shows a certificate that is not valid for it', options);
  }
  if (/^HPE_|^ERR_HTTP|^ERR_STREAM/.test(code)) return new OutgoingFailure('answer', 'did not answer in HTTP', options);
  if (code === 'ECONNREFUSED') return new OutgoingFailure('connection', 'takes no connection', options);
  return new OutgoingFailure('connection', 'broke the connection, or could not be reached', options);
}
