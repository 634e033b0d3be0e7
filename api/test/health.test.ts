import { openMetrics } from '@unkai/core/metrics';
import { openQueues } from '@unkai/core/queues';
import { databaseChecks, newestMigration, redisCheck } from '@unkai/core/readiness';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { healthDoor, timeRequests } from '../src/doors/health.ts';
import { type Installation, openInstallation } from './installation.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await openInstallation();
});
afterEach(() => installation[Symbol.asyncDispose]());

const migrations = new URL('../../prisma/migrations', import.meta.url).pathname;

async function readyz(door: Hono) {
  const answer = await door.request('/readyz');
  return { status: answer.status, body: await answer.json() };
}

test('a program is ready when Postgres answers with this schema and Redis answers', async () => {
  const { core } = installation;
  const last = await newestMigration(migrations);
  const checks = [...databaseChecks(core.database, last), redisCheck(core.queues.redis)];
  const door = healthDoor(core, { metrics: openMetrics('test'), checks });
  expect((await door.request('/healthz')).status).toBe(200);
  expect(await readyz(door)).toEqual({
    status: 200,
    body: { status: 'ready', checks: { postgres: 'ok', migrations: 'ok', redis: 'ok' } },
  });

  await installation.services.asOwner(`DELETE FROM _prisma_migrations WHERE migration_name = '${last}'`);
  expect(await readyz(door)).toMatchObject({
    status: 503,
    body: { checks: { postgres: 'ok', migrations: expect.stringContaining('run the migrations') } },
  });
});

test('what is missing is named, without saying where it should be', async () => {
  const { core } = installation;
  const queues = openQueues('redis://127.0.0.1:1');
  const door = healthDoor(core, { metrics: openMetrics('test'), checks: [redisCheck(queues.redis)] });
  const { status, body } = await readyz(door);
  expect([status, body]).toEqual([503, { status: 'not ready', checks: { redis: 'Redis does not answer.' } }]);
  await queues.close();
});

test('requests are timed by route, never by path, and A62: the figures are not on the public origin', async () => {
  const metrics = openMetrics('test');
  const app = new Hono();
  app.use(timeRequests(metrics));
  app.route('/', healthDoor(installation.core, { metrics, checks: [] }));
  app.get('/v1/servers/:id', (context) => context.json({}));
  await app.request('/v1/servers/5d0f7c5e-2f0b-4c6e-9d3e-111111111111');
  await app.request('/no/such/5d0f7c5e-2f0b-4c6e-9d3e-111111111111');
  const text = await (await app.request('/metrics')).text();
  expect(text).toContain('route="/v1/servers/:id",status="200"');
  expect(text).toContain('process_resident_memory_bytes{service="test"}');
  expect(text).not.toContain('5d0f7c5e');
  expect((await app.request('/metrics', { headers: { 'x-unkai-edge': 'anything' } })).status).toBe(404);
});
