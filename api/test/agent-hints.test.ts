import { randomUUID } from 'node:crypto';
import type { HostJob } from '@unkai/contracts/host/job';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AgentBench, openAgentBench } from './agent-bench.ts';
import { makeHost } from './installation.ts';

let bench: AgentBench;
beforeEach(async () => {
  bench = await openAgentBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

/** Listens as a host does. Gives what is heard, and the way to stop. */
async function listen(credential: string) {
  const answer = await bench.ask('/agent/hints', credential);
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
