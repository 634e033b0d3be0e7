import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Core } from '../src/call.ts';
import { defineWorkflow, step } from '../src/workflow/definition.ts';
import { openEngine } from '../src/workflow/engine.ts';
import { openTestCore, readRun, startTestRun, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let core: Core;
beforeAll(async () => {
  opened = await openTestCore();
  core = opened.core;
});
afterAll(() => opened.close());

const noFailure = async () => {};

/** A latch: `wait()` ends when `open()` was called. */
function latch() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { wait: () => promise, open: () => resolve() };
}

async function forceLeaseToEnd(id: string): Promise<void> {
  const past = new Date(Date.now() - 1000);
  await core.database.prisma.workflowRun.update({ where: { id }, data: { leaseUntil: past, wakeAt: past } });
}

test('several workers on the same runs do each step once', async () => {
  const done: string[] = [];
  const steps = ['a', 'b', 'c'].map((name) =>
    step(name, name, async ({ run }) => {
      done.push(`${run.id} ${name}`);
    }),
  );
  const workflow = defineWorkflow('server.create', { steps, onFailure: noFailure });
  const engines = [1, 2, 3].map(() => openEngine({ core, workflows: [workflow] }));
  const runs = await Promise.all(Array.from({ length: 20 }, () => startTestRun(core, 'server.create')));
  await Promise.all(engines.flatMap((engine) => [engine.sweep(), ...runs.map((id) => engine.advance(id))]));
  expect(done.toSorted()).toEqual(runs.flatMap((id) => [`${id} a`, `${id} b`, `${id} c`]).toSorted());
});

test('two runs of one key that are claimed at the same moment never go at the same time', async () => {
  const resourceId = randomUUID();
  let underWay = 0;
  let most = 0;
  const busy = step('busy', 'Busy', async ({ commit }) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await commit(async ({ tx }) => tx.$queryRaw`SELECT 1`);
    underWay -= 1;
  });
  const workflow = defineWorkflow('server.reboot', { steps: [busy], onFailure: noFailure });
  const engines = [1, 2, 3, 4].map(() => openEngine({ core, workflows: [workflow] }));
  const runs = await Promise.all(Array.from({ length: 8 }, () => startTestRun(core, 'server.reboot', resourceId)));
  await Promise.all(engines.flatMap((engine) => runs.map((id) => engine.advance(id))));
  const states = async () => new Set(await Promise.all(runs.map(async (id) => (await readRun(core, id)).state)));
  await expect.poll(states).toEqual(new Set(['succeeded']));
  expect(most).toBe(1);
  await Promise.all(engines.map((engine) => engine.stop()));
});

test('a worker that lost its run to another writes nothing any more', async () => {
  const isIn = latch();
  const mayGoOn = latch();
  let looks = 0;
  const write = step('write', 'Write', async ({ commit, run }) => {
    looks += 1;
    if (looks === 1) {
      isIn.open();
      await mayGoOn.wait();
    }
    await commit(async ({ tx }) => {
      await tx.event.create({ data: { noun: 'host', resourceId: run.resourceId, kind: `look ${looks}` } });
    });
  });
  const workflow = defineWorkflow('server.create', { steps: [write], onFailure: noFailure });
  const resourceId = randomUUID();
  const id = await startTestRun(core, 'server.create', resourceId);
  const paused = openEngine({ core, workflows: [workflow] }).advance(id);
  await isIn.wait();
  const other = openEngine({ core, workflows: [workflow] });
  // The one that is paused still renews its lease, and may do so just after that was made to end.
  const takeOver = async () => {
    await forceLeaseToEnd(id);
    await other.sweep();
    return (await readRun(core, id)).state;
  };
  await expect.poll(takeOver).toBe('succeeded');
  mayGoOn.open();
  await paused;
  expect(await core.database.prisma.event.count({ where: { resourceId } })).toBe(1);
  expect(await readRun(core, id)).toMatchObject({ state: 'succeeded' });
});

test('an act done once is remembered with the rows it wrote, also when its worker dies right after', async () => {
  let acts = 0;
  let isDead = true;
  const ask = step('ask', 'Ask', async ({ once }) => {
    const { number } = await once(z.object({ number: z.number() }), async () => {
      acts += 1;
      return { number: acts };
    });
    // The first worker never comes back from here.
    if (isDead) return new Promise<never>(() => {});
    return expect(number).toBe(1);
  });
  const workflow = defineWorkflow('server.create', { steps: [ask], onFailure: noFailure });
  const id = await startTestRun(core, 'server.create');
  void openEngine({ core, workflows: [workflow], leaseSeconds: 1000 }).advance(id);
  await expect.poll(async () => (await readRun(core, id)).steps[0]?.result).toEqual({ asked: { number: 1 } });
  isDead = false;
  const next = openEngine({ core, workflows: [workflow] });
  const takenOver = async () => {
    // The first one looks after its lease once more, at a moment of its own.
    await forceLeaseToEnd(id);
    await next.sweep();
    return (await readRun(core, id)).state;
  };
  await expect.poll(takenOver).toBe('succeeded');
  expect(acts).toBe(1);
});

test('a worker that stops finishes its step and hands the run over at once', async () => {
  const isIn = latch();
  const mayGoOn = latch();
  const done: string[] = [];
  const first = step('first', 'First', async () => {
    isIn.open();
    await mayGoOn.wait();
    done.push('first');
  });
  const second = step('second', 'Second', async () => {
    done.push('second');
  });
  const workflow = defineWorkflow('server.create', { steps: [first, second], onFailure: noFailure });
  const id = await startTestRun(core, 'server.create');
  const engine = openEngine({ core, workflows: [workflow] });
  void engine.advance(id);
  await isIn.wait();
  const stopped = engine.stop();
  mayGoOn.open();
  await stopped;
  expect(done).toEqual(['first']);
  expect(await readRun(core, id)).toMatchObject({ leaseOwner: null, stepStates: ['first done', 'second pending'] });
  await openEngine({ core, workflows: [workflow] }).sweep();
  expect(done).toEqual(['first', 'second']);
});
