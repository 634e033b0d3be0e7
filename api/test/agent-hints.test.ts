import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { HostJob } from '@unkai/contracts/host/job';
import { edgeProof } from '@unkai/core/identity/edge-trust';
import { openLog } from '@unkai/core/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEdge } from '../src/edge/edge.ts';
import { type AgentBench, openAgentBench } from './agent-bench.ts';
import { closing, makeHost, portOf } from './installation.ts';

let bench: AgentBench;
beforeEach(async () => {
  bench = await openAgentBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

/** Listens as a host does. Gives what is heard, and the way to stop. */
async function listen(credential: string, answered = bench.ask('/agent/hints', credential)) {
  const answer = await answered;
  expect(answer.status).toBe(200);
  const heard = { text: '', isOver: false };
  const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
  const read = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard.text += Buffer.from(part.value).toString();
    }
    heard.isOver = true;
  };
  void read();
  const lines = () => heard.text.split('\n').filter((line) => line !== '');
  return { heard, lines, stop: () => reader.cancel() };
}

const job = (): HostJob => ({ noun: 'server', id: randomUUID(), requestId: 'r' });
const waiting = (hostId: string) => bench.core.queues.redis.llen(`unkai:host-${hostId}:wait`);

test('a host that listens here hears its own hints, and its queue stays empty; when it is gone they wait there', async () => {
  const { core, services } = bench;
  const [one, two] = [await makeHost(core, services, 'alpha'), await makeHost(core, services, 'beta')];
  const ear = await listen(one.credential);
  // A line without anything says at once that it stands.
  await expect.poll(() => ear.heard.text).toBe('\n');
  const [mine, theirs] = [job(), job()];
  await core.queues.hintHost(one.hostId, mine);
  await core.queues.hintHost(two.hostId, theirs);
  await expect.poll(ear.lines).toEqual([JSON.stringify(mine)]);
  expect(await waiting(one.hostId)).toBe(0);
  expect(await waiting(two.hostId)).toBe(1);
  await ear.stop();
  await expect
    .poll(async () => {
      await core.queues.hintHost(one.hostId, job());
      return waiting(one.hostId);
    })
    .toBeGreaterThan(0);
});

test('A08: who listens by a credential that ended hears nothing more', async () => {
  const { core, services } = bench;
  const before = await makeHost(core, services, 'alpha');
  const ear = await listen(before.credential);
  const after = await makeHost(core, services, 'alpha');
  await expect.poll(() => ear.heard.isOver).toBe(true);
  expect((await bench.ask('/agent/hints', before.credential)).status).toBe(401);
  expect((await bench.ask('/agent/hints', 'ukh_invented')).status).toBe(401);
  const again = await listen(after.credential);
  await core.queues.endHints(after.hostId);
  await expect.poll(() => again.heard.isOver).toBe(true);
});

test('A08: through the edge a hint comes at once, both programs hear of a host that goes, and of a credential that ends', async () => {
  const { core, services } = bench;
  const { hostId, credential } = await makeHost(core, services, 'alpha');
  const api = createServer(getRequestListener(bench.door.fetch));
  await using _api = await listening(api);
  const address = (server: Server) => `http://127.0.0.1:${portOf(server.address())}`;
  const targets = { api: address(api), console: address(api), web: address(api) };
  const proof = edgeProof('s'.repeat(64));
  const log = openLog('edge', 'silent');
  const edge = createEdge({ targets, proof, origin: 'https://cloud.example', trustedProxies: '', log });
  await using _edge = await listening(edge);
  const throughEdge = (shown = credential) =>
    fetch(`${address(edge)}/agent/hints`, { headers: { authorization: `Bearer ${shown}` } });
  const ear = await listen(credential, throughEdge());
  await expect.poll(() => ear.heard.text).toBe('\n');
  const hint = job();
  await core.queues.hintHost(hostId, hint);
  await expect.poll(ear.lines).toEqual([JSON.stringify(hint)]);
  await ear.stop();
  // The program behind it hears that too, and hints wait in the queue again.
  await expect
    .poll(async () => {
      await core.queues.hintHost(hostId, job());
      return waiting(hostId);
    })
    .toBeGreaterThan(0);
  const again = await listen(credential, throughEdge());
  await makeHost(core, services, 'alpha');
  await expect.poll(() => again.heard.isOver).toBe(true);
  expect((await throughEdge()).status).toBe(401);
});

async function listening(server: Server): Promise<AsyncDisposable> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return closing(server);
}
