import type { Core } from '@unkai/core/call';
import { edgeProofHeader } from '@unkai/core/identity/edge-trust';
import type { Metrics } from '@unkai/core/metrics';
import { type ReadinessCheck, readiness } from '@unkai/core/readiness';
import { Hono, type MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

export interface HealthDoorOptions {
  readonly metrics: Metrics;
  readonly checks: readonly ReadinessCheck[];
}

/**
 * /healthz: the process answers. /readyz: it can do its work, or 503 with what is in the way. /metrics: Prometheus' text,
 * for who reaches the program itself: through the public origin it is not there (A62).
 */
export function healthDoor(core: Core, { metrics, checks }: HealthDoorOptions): Hono {
  const door = new Hono();
  door.get('/healthz', (context) => context.json({ status: 'ok' }));
  door.get('/readyz', async (context) => {
    const found = await readiness(checks);
    for (const { name, cause } of found.failed) core.log.warn({ err: cause, check: name }, 'not ready');
    return context.json(found.report, found.failed.length === 0 ? 200 : 503);
  });
  door.get('/metrics', async (context) => {
    if (context.req.header(edgeProofHeader) !== undefined) return context.notFound();
    return context.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });
  return door;
}

/** Times each request under the route that took it, so that ids in paths never become labels. */
export function timeRequests(metrics: Metrics): MiddlewareHandler {
  return async (context, next) => {
    const stop = metrics.httpSeconds.startTimer({ method: context.req.method });
    await next();
    stop({ route: routePath(context, -1), status: String(context.res.status) });
  };
}
