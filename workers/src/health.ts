import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Core } from '@unkai/core/call';
import { type ReadinessCheck, readiness } from '@unkai/core/readiness';
import type { Registry } from 'prom-client';

export interface HealthOptions {
  readonly port: number;
  readonly registry: Registry;
  readonly checks: readonly ReadinessCheck[];
}

/** /healthz: the process answers. /readyz: it can do its work. /metrics: Prometheus' text. On 127.0.0.1 only. */
export async function serveHealth(core: Core, { port, registry, checks }: HealthOptions): Promise<Server> {
  const answer = (response: ServerResponse, status: number, body: string, type = 'application/json') =>
    response.writeHead(status, { 'content-type': type }).end(body);
  const routes: Record<string, (response: ServerResponse) => Promise<unknown>> = {
    '/healthz': async (response) => answer(response, 200, JSON.stringify({ status: 'ok' })),
    '/readyz': async (response) => {
      const { report, failed } = await readiness(checks);
      for (const { name, cause } of failed) core.log.warn({ err: cause, check: name }, 'not ready');
      return answer(response, failed.length === 0 ? 200 : 503, JSON.stringify(report));
    },
    '/metrics': async (response) => answer(response, 200, await registry.metrics(), registry.contentType),
  };
  const server = createServer((request, response) => {
    const route = request.method === 'GET' ? routes[request.url ?? ''] : undefined;
    if (route === undefined) return void answer(response, 404, JSON.stringify({ status: 'not found' }));
    route(response).catch((error: unknown) => {
      core.log.error({ err: error, url: request.url }, 'health request failed');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
