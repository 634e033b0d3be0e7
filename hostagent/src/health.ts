import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { metrics } from './metrics.ts';

export type Health = { joined: boolean; lastHeartbeatAt: number | null; hasHints: boolean };

/** A host counts as lost after this long without a heartbeat. */
const heartbeatLimitMs = 30_000;

/**
 * Serves /healthz (the process works), /readyz (it is joined and heard) and /metrics, on this machine only. Port 0 takes
 * any free one.
 */
export async function serveHealth(port: number, read: () => Health): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET') return response.writeHead(405).end();
    if (request.url === '/metrics') {
      return response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.metrics());
    }
    const health = read();
    const isHeard = health.lastHeartbeatAt !== null && Date.now() - health.lastHeartbeatAt < heartbeatLimitMs;
    if (request.url === '/healthz') return json(200, { status: 'ok', ...health });
    if (request.url === '/readyz')
      return json(isHeard ? 200 : 503, { status: isHeard ? 'ok' : 'not heard', ...health });
    return response.writeHead(404).end();
    function json(status: number, body: unknown) {
      return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
