import type { Core } from '@unkai/core/call';
import type { EventFeed } from '@unkai/core/event-feed';
import { edgeProof } from '@unkai/core/identity/edge-trust';
import type { ImageStore } from '@unkai/core/image/image-store';
import type { Metrics } from '@unkai/core/metrics';
import type { ReadinessCheck } from '@unkai/core/readiness';
import type { RequestLimit } from '@unkai/core/request-limit';
import { Hono, type MiddlewareHandler } from 'hono';
import { callerOf } from './caller.ts';
import { agentDoor } from './doors/agent.ts';
import { auditExportDoor } from './doors/audit-export.ts';
import { eventsDoor } from './doors/events.ts';
import { filesDoor } from './doors/files.ts';
import { healthDoor, timeRequests } from './doors/health.ts';
import { callbackPath, openidDoor } from './doors/openid.ts';
import { openidSignOutDoor, signedOutPath } from './doors/openid-sign-out.ts';
import { noSuchPath, problemResponse, requestIdHeader, requestIdOf } from './doors/problem.ts';
import { referenceDoor } from './doors/reference.ts';
import { restDoor } from './doors/rest.ts';
import { trpcDoor } from './doors/trpc.ts';
import { usageFileDoor } from './doors/usage-file.ts';
import { openProvider } from './openid/provider.ts';
import type { OpenidSettings } from './openid/settings.ts';
import { openstackDoor } from './openstack/door.ts';
import { limitRequests } from './rate-limit.ts';

export interface AppOptions {
  readonly origin: string;
  readonly secret: string;
  /** Redis as hosts reach it. */
  readonly hostRedisUrl: string;
  readonly images: ImageStore;
  /** What servers that move have on their disks, while it is on its way. */
  readonly disks: ImageStore;
  readonly feed: EventFeed;
  readonly metrics: Metrics;
  readonly checks: readonly ReadinessCheck[];
  /** The provider that people may sign in with; null where there is none. */
  readonly openid: OpenidSettings | null;
  /** How many requests callers of /v1 may make; null: any number. */
  readonly requestLimit: RequestLimit | null;
}

/** All doors of the API program, as one fetch handler. It holds no state: any number of them may run. */
export function createApp(core: Core, options: AppOptions): Hono {
  const { origin, secret, hostRedisUrl, images, disks, feed, metrics, checks, openid, requestLimit } = options;
  const callOf = callerOf(core, { origin, secret });
  const limited = limitRequests(callOf, requestLimit);
  const app = new Hono();
  app.use(timeRequests(metrics), stampRequest(core));
  app.use('/v1/*', limited.tellStanding);
  app.route('/', healthDoor(core, { metrics, checks }));
  app.route('/', agentDoor(core, { images, disks, hostRedisUrl, edgeProof: edgeProof(secret) }));
  app.route('/', trpcDoor(core, { callOf }));
  const back = { signedIn: origin + callbackPath, signedOut: origin + signedOutPath };
  const provider = openid === null ? null : openProvider(openid, back);
  if (openid !== null && provider !== null) app.route('/', openidDoor(core, { origin, secret, openid, provider }));
  app.route('/', openidSignOutDoor(core, { origin, secret, provider }));
  app.route('/', filesDoor(core, { images, callOf: limited.callOf }));
  app.route('/', auditExportDoor(core, { callOf: limited.callOf, callAgain: callOf }));
  app.route('/', usageFileDoor(core, { callOf: limited.callOf }));
  app.route('/', eventsDoor(core, { feed, callOf: limited.callOf }));
  app.route('/', referenceDoor());
  app.route('/', restDoor(core, { callOf: limited.callOf }));
  app.route('/', openstackDoor(core, { origin, secret, images }));
  app.notFound((context) => problemResponse(noSuchPath(), requestIdOf(context.req.raw.headers), core.log));
  app.onError((error, context) => problemResponse(error, requestIdOf(context.req.raw.headers), core.log));
  return app;
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Gives each request one id, for every log line and row behind it, and a line of its own when it has been answered. */
function stampRequest(core: Core): MiddlewareHandler {
  return async (context, next) => {
    const { headers, method } = context.req.raw;
    const requestId = requestIdOf(headers);
    headers.set(requestIdHeader, requestId);
    const began = performance.now();
    await next();
    const milliseconds = Math.round(performance.now() - began);
    const { status } = context.res;
    // What changes something is told always; hosts ask and report every few seconds, and pages read more than that.
    const path = context.req.path;
    const level = readingMethods.has(method) || path.startsWith('/agent/') ? 'debug' : 'info';
    core.log[level]({ requestId, method, path, status, milliseconds }, 'answered');
  };
}
