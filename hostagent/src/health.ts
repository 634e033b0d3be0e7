import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { metrics } from './metrics.ts';

export type Health = {
  joined: boolean;
  /** Whether the control plane took the last heartbeat that was tried. */
  isHeard: boolean;
  lastHeartbeatAt: number | null;
  hasHints: boolean;
};

/** What keeps it from its work, for people; "ok" for what does not. */
function checksOf({ joined, isHeard, hasHints }: Health) {
  const unheard = joined ? 'The control plane does not hear this host.' : 'This host has not joined yet.';
  return {
    controlPlane: isHeard ? 'ok' : unheard,
    hints: hasHints ? 'ok' : 'Neither Redis nor the stream of hints can be reached: syncs go on.',
  };
}

/**
 * Serves /healthz (the process works), /readyz (it is heard and hears, or 503 with what is in the way) and /metrics, on
 * this machine only. Port 0 takes any free one.
 */
export async function serveHealth(port: number, read: () => Health): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET') return response.writeHead(405).end();
    if (request.url === '/metrics') {
      return response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.metrics());
    }
    const health = read();
    if (request.url === '/healthz') return json(200, { status: 'ok', ...health });
    if (request.url !== '/readyz') return response.writeHead(404).end();
    const checks = checksOf(health);
    const isReady = Object.values(checks).every((words) => words === 'ok');
    return json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', checks });
    function json(status: number, body: unknown) {
      return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
