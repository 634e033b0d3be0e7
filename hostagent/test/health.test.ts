import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveHealth } from '../src/health.ts';
import { OwnRedis } from './own-redis.ts';
import { SimulatedHost } from './simulated-host.ts';
import { networkSpec } from './specs.ts';

let redis: OwnRedis;
let host: SimulatedHost;
let server: Awaited<ReturnType<typeof serveHealth>>;

beforeEach(async () => {
  redis = await OwnRedis.start();
  host = await SimulatedHost.start();
  server = await serveHealth(0, () => host.agent.health());
});
afterEach(async () => {
  server.close();
  await host.stop();
  await redis.remove();
});

async function ask(path: string) {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, text: await answer.text() };
}

async function readyz() {
  const { status, text } = await ask('/readyz');
  return [status, JSON.parse(text)];
}

const ready = [200, { status: 'ready', checks: { controlPlane: 'ok', hints: 'ok' } }];
const noHints = 'Neither Redis nor the stream of hints can be reached: syncs go on.';
const notHeard = 'The control plane does not hear this host.';

test('an agent is ready once it is heard and hears, and not for as long as it does not', async () => {
  await expect.poll(readyz).toEqual([503, { status: 'not ready', checks: { controlPlane: 'ok', hints: noHints } }]);
  host.plane.redis = { url: `redis://127.0.0.1:${redis.port}`, username: 'default', password: '' };
  await expect.poll(readyz).toEqual(ready);

  host.plane.broken.set('/agent/heartbeat', 503);
  await expect.poll(readyz).toEqual([503, { status: 'not ready', checks: { controlPlane: notHeard, hints: 'ok' } }]);
  expect((await ask('/healthz')).status).toBe(200);
  host.plane.broken.clear();
  await expect.poll(readyz).toEqual(ready);

  await redis.kill();
  await expect.poll(readyz).toEqual([503, { status: 'not ready', checks: { controlPlane: 'ok', hints: noHints } }]);
  await redis.start();
  await expect.poll(readyz).toEqual(ready);
});

test('one that has not joined says so', async () => {
  host.plane.broken.set('/agent/join', 503);
  await host.stopAgent();
  await host.forgetCredential();
  await host.startAgent();
  const [status, body] = await readyz();
  expect([status, body.checks.controlPlane]).toEqual([503, 'This host has not joined yet.']);
});

test('the figures name what the agent does, and no other path is answered', async () => {
  host.plane.want('network', networkSpec(1));
  const metrics = async () => (await ask('/metrics')).text;
  await expect.poll(metrics).toMatch(/^unkai_agent_rounds_total\{noun="network",outcome="present"\} \d+/m);
  const text = await metrics();
  expect(text).toMatch(/^unkai_agent_process_resident_memory_bytes \d+/m);
  expect((await ask('/')).status).toBe(404);
  const { port } = server.address() as AddressInfo;
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(405);
});
