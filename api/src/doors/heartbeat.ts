// Theory. A thousand hosts say two hundred times a second what they said before, and most of what that took was not the
// noting of it but the making of web requests and answers around it. So these are taken as Node hears them. Whatever is
// not such a heartbeat, or needs more than a note, goes the way of everything else.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Core } from '@unkai/core/call';
import { shownCredential } from '@unkai/core/host/credential';
import { heartbeatIntervalSeconds } from '@unkai/core/host/heartbeat';
import { hostRedisAccess } from '@unkai/core/host/redis-user';
import { heartbeatHash, noteSameHeartbeat, type SameHeartbeat } from '@unkai/core/host/same-heartbeat';
import type { Metrics } from '@unkai/core/metrics';

/** The longest heartbeat that is read. */
export const factsLimitBytes = 65_536;
const path = '/agent/heartbeat';

export interface HeartbeatDoorOptions {
  /** Redis as hosts reach it; its user and password are replaced by the host's own. */
  readonly hostRedisUrl: string;
  readonly metrics: Metrics;
  /** All doors, for heartbeats that turn out to be new. */
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** What a host is told when its heartbeat was noted. */
export function heartbeatReply({ host, lease }: SameHeartbeat, hostRedisUrl: string) {
  const redis = hostRedisAccess(hostRedisUrl, host.id, host.credential);
  return { intervalSeconds: heartbeatIntervalSeconds, redis, lease };
}

/** Answers heartbeats that say the same again, and leaves every other request to `rest`. */
export function sameHeartbeatsFirst(core: Core, options: HeartbeatDoorOptions, rest: RequestListener): RequestListener {
  return (incoming, outgoing) => {
    if (!isPlainHeartbeat(incoming)) rest(incoming, outgoing);
    else take(core, options, { incoming, outgoing }).catch(() => outgoing.destroy());
  };
}

/** Of a host that shows a credential, in JSON, and no longer than is read. */
function isPlainHeartbeat({ method, url, headers }: IncomingMessage): boolean {
  if (method !== 'POST' || url !== path || headers['content-type'] !== 'application/json') return false;
  const bytes = Number(headers['content-length'] ?? 0);
  return bytes > 0 && bytes <= factsLimitBytes && shownCredential(headers.authorization ?? null) !== null;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

async function take(core: Core, options: HeartbeatDoorOptions, { incoming, outgoing }: Exchange): Promise<void> {
  const stop = options.metrics.httpSeconds.startTimer({ method: 'POST' });
  const body = await bodyOf(incoming);
  // What went wrong goes wrong again on the long way, which tells it.
  const same = await noteSameHeartbeat(core, incoming.headers.authorization ?? null, heartbeatHash(body)).catch(
    () => null,
  );
  if (same === null) return answerInFull(options, { incoming, outgoing }, body);
  const text = JSON.stringify(heartbeatReply(same, options.hostRedisUrl));
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
  stop({ route: path, status: '200' });
}

function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => resolve(Buffer.concat(chunks)));
    incoming.on('error', reject);
  });
}

async function answerInFull(
  { fetch }: HeartbeatDoorOptions,
  { incoming, outgoing }: Exchange,
  body: Buffer<ArrayBuffer>,
): Promise<void> {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const answer = await fetch(new Request(`http://localhost${path}`, { method: 'POST', headers, body }));
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
}
