// The API program: reads its settings, opens Postgres and Redis, and serves all doors until it is told to stop.

import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { vlanRanges } from '@unkai/core/address/vlan-ranges';
import type { Core } from '@unkai/core/call';
import { openDatabase } from '@unkai/core/database/database';
import { openEventFeed } from '@unkai/core/event-feed';
import { keepListening } from '@unkai/core/host/listening';
import { ActorCache } from '@unkai/core/identity/actor-cache';
import { folderImageStore } from '@unkai/core/image/image-store';
import { openKeys } from '@unkai/core/keys';
import { openLog } from '@unkai/core/log';
import { openMetrics } from '@unkai/core/metrics';
import { ownNetworks } from '@unkai/core/outgoing/address-rule';
import { openQueues } from '@unkai/core/queues';
import { databaseChecks, newestMigration, redisCheck } from '@unkai/core/readiness';
import { openRequestLimit, requestQuota } from '@unkai/core/request-limit';
import { z } from 'zod';
import { createApp } from './app.ts';
import { sameHeartbeatsFirst } from './doors/heartbeat.ts';
import { openidSettings } from './openid/settings.ts';

const settings = z
  .object({
    DATABASE_URL: z.string().min(1),
    REDIS_URL: z.string().min(1),
    UNKAI_HOME: z.string().min(1),
    UNKAI_ORIGIN: z.url().default('http://127.0.0.1:7080'),
    UNKAI_SECRET: z.string().min(32),
    UNKAI_SENDS_MAIL: z.enum(['yes', 'no']).default('no'),
    UNKAI_API_PORT: z.coerce.number().int().min(0).max(65_535),
    UNKAI_API_BIND: z.string().default('127.0.0.1'),
    UNKAI_HOST_REDIS_URL: z.string().optional(),
    UNKAI_OPENSTACK_ADMIN: z.enum(['system', 'any-project']).default('system'),
    UNKAI_OWN_NETWORKS: z.string().default(''),
    UNKAI_VLAN_RANGES: z.string().default(''),
    UNKAI_LOG_LEVEL: z.string().default('info'),
    UNKAI_RATE_LIMIT: requestQuota.prefault('600/10'),
  })
  .parse(process.env);

const database = openDatabase(settings.DATABASE_URL);
const log = openLog('api', settings.UNKAI_LOG_LEVEL);
const actors = new ActorCache(database, log);
const core: Core = {
  database,
  queues: openQueues(settings.REDIS_URL),
  log,
  keys: openKeys(settings.UNKAI_SECRET),
  origin: settings.UNKAI_ORIGIN,
  sendsMail: settings.UNKAI_SENDS_MAIL === 'yes',
  ownNetworks: ownNetworks(settings.UNKAI_OWN_NETWORKS),
  vlanRanges: vlanRanges(settings.UNKAI_VLAN_RANGES),
  actors,
  openstackAdmin: settings.UNKAI_OPENSTACK_ADMIN,
};
const quota = settings.UNKAI_RATE_LIMIT;
const feed = openEventFeed(core.database, core.log);
const metrics = openMetrics('api');
const hostRedisUrl = settings.UNKAI_HOST_REDIS_URL ?? settings.REDIS_URL;
const app = createApp(core, {
  origin: settings.UNKAI_ORIGIN,
  secret: settings.UNKAI_SECRET,
  hostRedisUrl,
  images: folderImageStore(join(settings.UNKAI_HOME, 'images')),
  disks: folderImageStore(join(settings.UNKAI_HOME, 'server-disks')),
  feed,
  metrics,
  checks: [...databaseChecks(core.database, await newestMigration()), redisCheck(core.queues.redis)],
  openid: openidSettings(process.env),
  requestLimit: quota === null ? null : openRequestLimit(core.queues.redis, quota),
});

const port = settings.UNKAI_API_PORT;
// An image may take longer to arrive than Node's five minutes for a request.
// The edge keeps its connections as long as this; with Node's 5 s, one that is just being closed is often used again.
const serverOptions = { requestTimeout: 0, keepAliveTimeout: 75_000 };
const { fetch } = app;
const listener = sameHeartbeatsFirst(core, { hostRedisUrl, metrics, fetch }, getRequestListener(fetch));
const server = createServer(serverOptions, listener);
const stopping = new AbortController();
server.listen(port, settings.UNKAI_API_BIND, () => {
  core.log.info({ port }, 'the API listens');
  void keepListening(core, stopping.signal);
});

/** Live streams would keep the process for ever: requests under way get this long to end by themselves. */
const patienceMs = 5_000;

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  const closed = new Promise((resolve) => server.close(resolve));
  await Promise.all([feed.close(), actors.close()]);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
  await Promise.allSettled([core.queues.close(), core.database.close()]);
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
