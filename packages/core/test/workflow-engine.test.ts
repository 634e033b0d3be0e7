import { randomUUID } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Core } from '../src/call.ts';
import { commit } from '../src/database/database.ts';
import { type Act, defineWorkflow, giving, nap, step, type Workflow } from '../src/workflow/definition.ts';
import { openEngine } from '../src/workflow/engine.ts';
import { startRun } from '../src/workflow/start.ts';
import { wakeRunsOf } from '../src/workflow/wake.ts';
import { openTestCore, readRun, startTestRun, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let core: Core;
beforeAll(async () => {
  opened = await openTestCore();
  core = opened.core;
});
afterAll(() => opened.close());

const nothing: Act<unknown> = async () => {};
const noFailure = async () => {};

/** A workflow that writes down what it does, in order. */
function tracked(told: string[], breaksAt: string | null = null): Workflow {
  const act = (name: string): Act<unknown> => {
    return async () => {
      told.push(`do ${name}`);
      if (name === breaksAt) throw new UnkaiError('host_failed', 'The host broke.', { cause: 'rack-7 broke' });
    };
  };
  const undo = (name: string): Act<unknown> => {
    return async () => {
      told.push(`undo ${name}`);
    };
  };
  return defineWorkflow('server.create', {
    steps: ['a', 'b', 'c'].map((name) => step(name, `Step ${name}`, act(name), name === 'b' ? null : undo(name))),
    onFailure: async (_unit, _run, { message }) => {
      told.push(`failed: ${message}`);
    },
  });
}

describe('a run', () => {
  test('does its steps in order and ends', async () => {
    const told: string[] = [];
    const engine = openEngine({ core, workflows: [tracked(told)] });
    const id = await startTestRun(core, 'server.create');
    await engine.advance(id);
    expect(told).toEqual(['do a', 'do b', 'do c']);
    const run = await readRun(core, id);
    expect(run).toMatchObject({ state: 'succeeded', leaseOwner: null, stepStates: ['a done', 'b done', 'c done'] });
    expect(run.endedAt).not.toBeNull();
  });

  test('gives back in reverse what it took, the failed step included, and keeps the reason', async () => {
    const told: string[] = [];
    const engine = openEngine({ core, workflows: [tracked(told, 'c')] });
    const id = await startTestRun(core, 'server.create');
    await engine.advance(id);
    expect(told).toEqual(['do a', 'do b', 'do c', 'failed: The host broke.', 'undo c', 'undo a']);
    const run = await readRun(core, id);
    expect(run).toMatchObject({ state: 'failed', stepStates: ['a undone', 'b done', 'c undone'] });
    expect(run.failure).toMatchObject({ code: 'host_failed', message: 'The host broke.' });
    // H1: what names hosts is kept apart from the reason that tenants read.
    expect(run.steps[2]).toMatchObject({ failure: { code: 'host_failed' }, result: { detail: 'rack-7 broke' } });
    expect(JSON.stringify([run.failure, run.steps[2]?.failure])).not.toContain('rack-7');
  });

  test('tells live pages of every step that writes; steps that only look are told with the next', async () => {
    const writes: Act<unknown> = ({ commit: write }) => write(async ({ tx }) => tx.$queryRaw`SELECT 1`);
    const steps = [step('look', 'Look', nothing), step('a', 'A', writes), step('b', 'B', writes)];
    const workflow = defineWorkflow('server.create', { steps, onFailure: noFailure });
    const engine = openEngine({ core, workflows: [workflow] });
    const id = await startTestRun(core, 'server.create');
    await engine.advance(id);
    const events = await core.database.prisma.event.findMany({ where: { resourceId: id }, orderBy: { id: 'asc' } });
    // Created, a begun, b begun, ended.
    expect(events.map(({ kind }) => kind)).toEqual(['created', 'changed', 'changed', 'changed']);
    expect(await readRun(core, id)).toMatchObject({ stepStates: ['look done', 'a done', 'b done'] });
  });

  test('shows a step that takes its time while it runs', async () => {
    const mayEnd = Promise.withResolvers<void>();
    const long = step('long', 'Take long', () => mayEnd.promise);
    const steps = [step('look', 'Look', nothing), long];
    const engine = openEngine({ core, workflows: [defineWorkflow('image.import', { steps, onFailure: noFailure })] });
    const id = await startTestRun(core, 'image.import');
    const advanced = engine.advance(id);
    await expect.poll(async () => (await readRun(core, id)).stepStates).toEqual(['look done', 'long running']);
    mayEnd.resolve();
    await advanced;
    expect(await readRun(core, id)).toMatchObject({ state: 'succeeded', stepStates: ['look done', 'long done'] });
  });

  test('shows the steps that are still to come', async () => {
    const steps = [step('wait', 'Wait', async () => nap({ progress: '3 of 9' })), step('later', 'Later', nothing)];
    const engine = openEngine({ core, workflows: [defineWorkflow('server.start', { steps, onFailure: noFailure })] });
    const id = await startTestRun(core, 'server.start');
    await engine.advance(id);
    const run = await readRun(core, id);
    expect(run).toMatchObject({ state: 'running', leaseOwner: null, stepStates: ['wait running', 'later pending'] });
    expect(run.steps[0]?.progress).toBe('3 of 9');
  });

  test('lets later steps read what an earlier one found', async () => {
    const found: number[] = [];
    const measure = step(
      'measure',
      'Measure',
      giving(z.object({ size: z.number() }), async () => ({ size: 42 })),
    );
    const use = step('use', 'Use', async ({ resultOf }) => {
      found.push(resultOf(measure).size);
    });
    const workflow = defineWorkflow('image.import', { steps: [measure, use], onFailure: noFailure });
    const id = await startTestRun(core, 'image.import');
    await openEngine({ core, workflows: [workflow] }).advance(id);
    expect(found).toEqual([42]);
  });

  test('tries a step again that broke without a reason, and gives up in the end without telling what broke', async () => {
    let tries = 0;
    const broken = step('broken', 'Break', async () => {
      tries += 1;
      throw new Error('password=canary');
    });
    const workflow = defineWorkflow('server.stop', { steps: [broken], onFailure: noFailure });
    const engine = openEngine({ core, workflows: [workflow] });
    const id = await startTestRun(core, 'server.stop');
    await engine.advance(id);
    await expect.poll(async () => (await readRun(core, id)).state, { timeout: 15_000 }).toBe('failed');
    await engine.stop();
    expect(tries).toBe(5);
    const run = await readRun(core, id);
    expect(run.failure).toMatchObject({ code: 'internal' });
    expect(JSON.stringify(run, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'canary',
    );
  });

  test('an undo that fails keeps the run unwinding, in view, and is tried again', async () => {
    let isReachable = false;
    const take = step('take', 'Take', nothing, async () => {
      if (!isReachable) throw new UnkaiError('host_unreachable', 'The host is away.');
    });
    const fail = step('fail', 'Fail', async () => {
      throw new UnkaiError('host_failed', 'No.');
    });
    const workflow = defineWorkflow('server.create', { steps: [take, fail], onFailure: noFailure });
    const engine = openEngine({ core, workflows: [workflow] });
    const id = await startTestRun(core, 'server.create');
    await engine.advance(id);
    const stuck = await readRun(core, id);
    expect(stuck).toMatchObject({ state: 'unwinding', failure: { code: 'host_failed' } });
    expect(stuck.steps[0]?.progress).toContain('The host is away.');
    isReachable = true;
    await expect.poll(async () => (await readRun(core, id)).state, { timeout: 15_000 }).toBe('failed');
    await engine.stop();
  });
});

describe('time and order', () => {
  test('H4: a run past its deadline is given up with the late step named', async () => {
    const told: string[] = [];
    const wait = step(
      'wait',
      'Wait for the host',
      async () => nap({ progress: 'no answer' }),
      async () => {
        told.push('undo');
      },
    );
    const workflow = defineWorkflow('server.create', { steps: [wait], onFailure: noFailure });
    const engine = openEngine({ core, workflows: [workflow] });
    const id = await startTestRun(core, 'server.create');
    await engine.advance(id);
    const past = new Date(Date.now() - 1000);
    await core.database.prisma.workflowRun.update({ where: { id }, data: { deadlineAt: past, wakeAt: past } });
    await engine.sweep();
    const run = await readRun(core, id);
    expect(run).toMatchObject({ state: 'failed', failure: { code: 'deadline_exceeded' } });
    expect(JSON.stringify(run.failure)).toContain('Wait for the host');
    expect(told).toEqual(['undo']);
  });

  test('a worker whose clock is ahead gives up no run before its deadline', async () => {
    const told: string[] = [];
    const engine = openEngine({ core, workflows: [tracked(told)] });
    const id = await startTestRun(core, 'server.create');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    await engine.advance(id).finally(() => vi.useRealTimers());
    expect(await readRun(core, id)).toMatchObject({ state: 'succeeded', failure: null });
    expect(told).toEqual(['do a', 'do b', 'do c']);
  });

  test('H28: runs of one key go one at a time, in the order they came; the next begins when one ends', async () => {
    const resourceId = randomUUID();
    const order: string[] = [];
    let isReady = false;
    const wait = step('wait', 'Wait', async ({ run }) => {
      if (!isReady) return nap({});
      order.push(run.id);
      return undefined;
    });
    const workflow = defineWorkflow('server.start', { steps: [wait], onFailure: noFailure });
    const engine = openEngine({ core, workflows: [workflow] });
    const first = await startTestRun(core, 'server.start', resourceId);
    const second = await startTestRun(core, 'server.start', resourceId);
    await engine.advance(second);
    await engine.advance(first);
    expect(await readRun(core, second)).toMatchObject({ state: 'queued', startedAt: null });
    isReady = true;
    await wakeRunsOf(core, { noun: 'server', id: resourceId, hostId: randomUUID() });
    await engine.advance(first);
    await expect.poll(async () => (await readRun(core, second)).state).toBe('succeeded');
    expect(order).toEqual([first, second]);
    await engine.stop();
  });

  test('a later request that takes its place makes a run give everything back first', async () => {
    const resourceId = randomUUID();
    const told: string[] = [];
    const take = step(
      'take',
      'Take',
      async () => nap({}),
      async () => {
        told.push('given back');
      },
    );
    const remove = step('remove', 'Remove', async () => {
      told.push('removed');
    });
    const workflows = [
      defineWorkflow('server.create', { steps: [take], onFailure: noFailure }),
      defineWorkflow('server.delete', { steps: [remove], onFailure: noFailure }),
    ];
    const engine = openEngine({ core, workflows });
    const create = await startTestRun(core, 'server.create', resourceId);
    await engine.advance(create);
    const start = { resourceId, resourceName: 'web', projectId: null, requestId: 'r', cancelsOthers: true };
    const remover = await commit(core.database, (unit) => startRun(unit, core, 'server.delete', start));
    await engine.sweep();
    await expect.poll(async () => (await readRun(core, remover)).state).toBe('succeeded');
    expect(told).toEqual(['given back', 'removed']);
    expect(await readRun(core, create)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
    await engine.stop();
  });

  test('a wake that comes while the run is being looked at is not lost', async () => {
    const resourceId = randomUUID();
    let looks = 0;
    const wait = step('wait', 'Wait', async () => {
      looks += 1;
      if (looks > 1) return undefined;
      await wakeRunsOf(core, { noun: 'server', id: resourceId, hostId: randomUUID() });
      return nap({ afterMs: 3_600_000 });
    });
    const workflow = defineWorkflow('server.start', { steps: [wait], onFailure: noFailure });
    const id = await startTestRun(core, 'server.start', resourceId);
    await openEngine({ core, workflows: [workflow] }).advance(id);
    expect(await readRun(core, id)).toMatchObject({ state: 'succeeded' });
    expect(looks).toBe(2);
  });
});
