// The console gateway: browsers on one side, hosts on the other, nothing stored. Any number may run, each at its own
// address; see gateway.ts for what is let through.
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Core } from '@unkai/core/call';
import { openDatabase } from '@unkai/core/database/database';
import { edgeProof } from '@unkai/core/identity/edge-trust';
import { openLog } from '@unkai/core/log';
import { countConsoles, openMetrics } from '@unkai/core/metrics';
import { openQueues } from '@unkai/core/queues';
import { databaseChecks, newestMigration, redisCheck } from '@unkai/core/readiness';
import { z } from 'zod';
import { healthDoor } from '../doors/health.ts';
import { ConsoleGateway } from './gateway.ts';

const settings = z
  .object({
    DATABASE_URL: z.string().min(1),
    REDIS_URL: z.string().min(1),
    UNKAI_SECRET: z.string().min(32),
    UNKAI_ORIGIN: z.url().default('http://127.0.0.1:7080'),
    UNKAI_CONSOLE_PORT: z.coerce.number().int().min(0).max(65_535),
    UNKAI_CONSOLE_BIND: z.string().default('127.0.0.1'),
    UNKAI_CONSOLE_URL: z.url({ protocol: /^wss?$/ }).optional(),
    UNKAI_LOG_LEVEL: z.string().default('info'),
  })
  .parse(process.env);

const port = settings.UNKAI_CONSOLE_PORT;
const url = (settings.UNKAI_CONSOLE_URL ?? `ws://127.0.0.1:${port}`).replace(/\/+$/, '');
const poolSize = 4;

const core: Core = {
  database: openDatabase(settings.DATABASE_URL, poolSize),
  queues: openQueues(settings.REDIS_URL),
  log: openLog('console', settings.UNKAI_LOG_LEVEL),
};
const metrics = openMetrics('console');
const gateway: ConsoleGateway = new ConsoleGateway(core, {
  origin: settings.UNKAI_ORIGIN,
  edgeProof: edgeProof(settings.UNKAI_SECRET),
  url,
  onEnd: countConsoles(metrics, () => gateway.openCount),
});
const checks = [...databaseChecks(core.database, await newestMigration()), redisCheck(core.queues.redis)];
const server = createServer(getRequestListener(healthDoor(core, { metrics, checks }).fetch));
server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
await gateway.start();
server.listen(port, settings.UNKAI_CONSOLE_BIND, () => core.log.info({ port }, 'the console gateway listens'));

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  server.close();
  await gateway.stop();
  await Promise.allSettled([core.queues.close(), core.database.close()]);
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
