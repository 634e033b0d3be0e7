// Hints come through a real Redis; syncs bring back what Redis loses.
import { hostQueueName, queuePrefix } from '@unkai/contracts/host/job';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hostId } from './control-plane.ts';
import { OwnRedis } from './own-redis.ts';
import { SimulatedHost, simulatedServer } from './simulated-host.ts';
import { networkSpec } from './specs.ts';

let host: SimulatedHost;
let redis: OwnRedis;
let queue: Queue;
let operator: Redis;
const until = (look: () => void) => vi.waitFor(look, { timeout: 15_000, interval: 20 });
const server = simulatedServer();
const user = { username: 'unkai-host-1', password: 'a password of this host alone' };

beforeEach(async () => {
  redis = await OwnRedis.start();
  operator = new Redis({ port: redis.port, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  operator.on('error', () => undefined);
  queue = new Queue(hostQueueName(hostId), { prefix: queuePrefix, connection: operator });
  queue.on('error', () => undefined);
  await makeUser();
  host = await SimulatedHost.start();
  await host.stopAgent();
  host.plane.redis = { url: `redis://127.0.0.1:${redis.port}`, ...user };
  // Syncs by the clock are out of the way: what happens here, hints or Redis' return made happen.
  await host.startAgent({ UNKAI_RESYNC_SECONDS: '3600' });
  await until(() => expect(host.agent.health().hasHints).toBe(true));
  host.plane.want('network', networkSpec(1));
});
afterEach(async () => {
  await host.stop();
  await queue.close();
  operator.disconnect();
  await redis.remove();
});

async function makeUser(): Promise<void> {
  await operator.acl('SETUSER', user.username, 'on', `>${user.password}`, '~*', '+@all');
}

const hint = (noun: string, id: string, requestId = 'request-1') => queue.add('hint', { noun, id, requestId });
const latest = () => host.plane.latest('server', server.id);

test('a hint makes it so, and its request id comes back with the report', async () => {
  await hint('network', networkSpec(1).id);
  await until(() => expect(host.plane.latest('network', networkSpec(1).id)?.state).toBe('present'));
  host.plane.want('server', server);
  await hint('server', server.id, 'request-42');
  await until(() => expect(latest()).toMatchObject({ state: 'present', power: 'on' }));
  expect(host.plane.requestIds).toContain('request-42');
});

test('many hints about one thing are a few rounds, and the last word counts', async () => {
  await hint('network', networkSpec(1).id);
  host.plane.want('server', server);
  for (let time = 0; time < 50; time += 1) await hint('server', server.id);
  host.plane.want('server', { ...server, power: 'off' });
  await hint('server', server.id);
  await until(() => expect(latest()).toMatchObject({ state: 'present', generation: 2, power: 'off' }));
});

test('the end of the console log is sent when it is asked for', async () => {
  host.plane.want('server', server);
  await hint('network', networkSpec(1).id);
  await until(() => expect(host.plane.latest('network', networkSpec(1).id)?.state).toBe('present'));
  await hint('server', server.id);
  await until(() => expect(latest()).toMatchObject({ power: 'on' }));
  await hint('server-log', server.id);
  await until(() => expect(host.plane.logs.get(server.id)).toMatchObject({ truncated: false }));
  expect(host.plane.logs.get(server.id)?.text).toContain('login: ');
});

test('what is no hint is ignored, and what follows it is not', async () => {
  await queue.add('hint', { noun: 'server', id: '../../etc', spec: 'run this' });
  await hint('network', networkSpec(1).id);
  await until(() => expect(host.plane.latest('network', networkSpec(1).id)?.state).toBe('present'));
});

test('a Redis that comes back empty has lost hints, and nothing else: a sync finds what they were about', async () => {
  await redis.kill();
  host.plane.want('server', server);
  await redis.start();
  // It has forgotten this host's user too; until somebody brings it back, the host is turned away and comes again.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(host.agent.health().hasHints).toBe(false);
  await makeUser();
  await until(() => expect(latest()).toMatchObject({ state: 'present', power: 'on' }));
  await until(() => expect(host.agent.health().hasHints).toBe(true));
  host.plane.unwant('server', server.id);
  await hint('server', server.id);
  await until(() => expect(latest()?.state).toBe('absent'));
});
