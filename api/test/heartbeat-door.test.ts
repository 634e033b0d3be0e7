import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { openMetrics } from '@unkai/core/metrics';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sameHeartbeatsFirst } from '../src/doors/heartbeat.ts';
import { type AgentBench, openAgentBench } from './agent-bench.ts';
import { closing, factsOf, makeHost, portOf } from './installation.ts';

let bench: AgentBench;
let server: Server;
let inFull: number;
beforeEach(async () => {
  bench = await openAgentBench();
  inFull = 0;
  const fetch = (asked: Request) => {
    inFull += 1;
    return bench.door.fetch(asked);
  };
  const hostRedisUrl = bench.services.redisUrl;
  const options = { hostRedisUrl, metrics: openMetrics('test'), fetch };
  server = createServer(sameHeartbeatsFirst(bench.core, options, getRequestListener(bench.door.fetch)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  await closing(server)[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

const addressOf = () => `http://127.0.0.1:${portOf(server.address())}/agent/heartbeat`;
const send = (credential: string, body: string) =>
  fetch(addressOf(), {
    method: 'POST',
    headers: { authorization: `Bearer ${credential}`, 'content-type': 'application/json' },
    body,
  });
const said = (name: string) => JSON.stringify({ facts: factsOf(name), leaseGeneration: 1 });

test('a heartbeat that says the same again is answered as the first was, without the doors', async () => {
  const { hostId, credential } = await makeHost(bench.core, bench.services, 'alpha');
  const first = await send(credential, said('alpha'));
  expect([first.status, inFull]).toEqual([200, 1]);
  const rowOf = () => bench.core.database.prisma.host.findUniqueOrThrow({ where: { id: hostId } });
  const before = await rowOf();
  const again = await send(credential, said('alpha'));
  expect([again.status, inFull]).toEqual([200, 1]);
  expect(again.headers.get('content-type')).toBe('application/json');
  expect(await again.json()).toEqual(await first.json());
  expect((await rowOf()).lastHeartbeatAt.getTime()).toBeGreaterThan(before.lastHeartbeatAt.getTime());
});

test('what is not plainly the same is judged by the doors: strangers, other words, too many of them', async () => {
  const { credential } = await makeHost(bench.core, bench.services, 'alpha');
  await send(credential, said('alpha'));
  expect((await send(`${credential.slice(0, -1)}x`, said('alpha'))).status).toBe(401);
  expect((await send('nobody', said('alpha'))).status).toBe(401);
  expect((await send(credential, said('beta'))).status).toBe(400);
  expect((await send(credential, '{"facts":')).status).toBe(400);
  expect((await send(credential, ' '.repeat(70_000))).status).toBe(413);
  const asText = { method: 'POST', headers: { authorization: `Bearer ${credential}` }, body: said('gamma') };
  expect((await fetch(addressOf(), asText)).status).toBe(415);
});

test('one that breaks off in the middle is nobody’s heartbeat, and the next is answered', async () => {
  const { credential } = await makeHost(bench.core, bench.services, 'alpha');
  const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json', 'content-length': 500 };
  const broken = request(addressOf(), { method: 'POST', headers });
  broken.on('error', () => {});
  const taken = once(server, 'request');
  broken.write('{"facts":');
  await taken;
  broken.destroy();
  expect((await send(credential, said('alpha'))).status).toBe(200);
  expect(inFull).toBe(1);
});
