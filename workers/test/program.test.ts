import { randomUUID } from 'node:crypto';
import { commit } from '@unkai/core/database/database';
import { folderImageStore } from '@unkai/core/image/image-store';
import { openQueues } from '@unkai/core/queues';
import { defineWorkflow, step } from '@unkai/core/workflow/definition';
import { startRun } from '@unkai/core/workflow/start';
import { startServices } from '@unkai/testing/services';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { startWorkers, type Workers } from '../src/program.ts';
import { allWorkflows } from '../src/workflows/all.ts';
import { openTestCloud, type TestCloud } from './test-cloud.ts';
import { testDisks } from './test-host.ts';

const opened: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function openCloud(): Promise<TestCloud> {
  const cloud = await openTestCloud();
  opened.push(cloud.close);
  return cloud;
}

function work(
  { core, redisUrl }: Pick<TestCloud, 'core' | 'redisUrl'>,
  workflows = allWorkflows(folderImageStore('/nonexistent'), testDisks),
): Workers {
  const workers = startWorkers(core, {
    workflows,
    disks: testDisks,
    redisUrl,
    concurrency: 10,
    registry: new Registry(),
    mailer: null,
  });
  opened.push(workers.stop);
  return workers;
}

const states = async (cloud: TestCloud, ids: readonly string[]) =>
  new Set(await Promise.all(ids.map(async (id) => (await cloud.readServer(id)).state)));

// Generous: it only bounds how long a failure takes on a busy machine.
const patienceMs = 60_000;

describe('the workers', { timeout: 2 * patienceMs }, () => {
  test('make, restart, stop, start and delete a server, and leave no trace', async () => {
    const cloud = await openCloud();
    work(cloud);
    const id = await cloud.addServer();
    const reach = (state: string | null) =>
      expect.poll(async () => (await cloud.readServer(id)).state, { timeout: patienceMs }).toBe(state);
    await cloud.start('server.create', id);
    await reach('running');
    await cloud.start('server.reboot', id, { state: 'rebooting', input: { kind: 'soft' } });
    await reach('running');
    expect(cloud.host.acts).toHaveLength(1);
    await cloud.start('server.stop', id, { state: 'stopping' });
    await reach('stopped');
    expect(cloud.host.things.get(`server/${id}`)).toEqual({ power: 'off' });
    await cloud.start('server.start', id, { state: 'starting' });
    await reach('running');
    await cloud.start('server.delete', id, { state: 'deleting', cancelsOthers: true });
    await reach(null);
    expect(await cloud.readServer(id)).toMatchObject({ ports: 0, allocations: 0, hostNetworks: 0 });
    await expect.poll(() => [...cloud.host.things.keys()]).toEqual([`image/${cloud.imageId}`]);
  });

  test('thirty servers at once by three workers: each is made once', async () => {
    const cloud = await openCloud();
    for (let index = 0; index < 3; index += 1) work(cloud);
    const ids = await Promise.all(Array.from({ length: 30 }, () => cloud.addServer()));
    await Promise.all(ids.map((id) => cloud.start('server.create', id)));
    await expect.poll(() => states(cloud, ids), { timeout: patienceMs }).toEqual(new Set(['running']));
    const { prisma } = cloud.core.database;
    expect(await prisma.hostAllocation.count()).toBe(30);
    // Desired state changed once for each server: nobody asked its host twice.
    expect(await prisma.server.count({ where: { generation: { not: 2 } } })).toBe(0);
  });

  test('H5: a delete in the middle of a create gives everything back and removes the server', async () => {
    const cloud = await openCloud();
    work(cloud);
    cloud.host.deafTo.add('server');
    const id = await cloud.addServer();
    const run = await cloud.start('server.create', id);
    const step = () => cloud.core.database.prisma.workflowStep.findFirst({ where: { runId: run, state: 'running' } });
    await expect.poll(async () => (await step())?.name, { timeout: patienceMs }).toBe('server.ensure');
    await cloud.start('server.delete', id, { state: 'deleting', cancelsOthers: true });
    cloud.host.deafTo.clear();
    await expect.poll(async () => (await cloud.readServer(id)).state, { timeout: patienceMs }).toBeNull();
    expect(await cloud.readServer(id)).toMatchObject({ ports: 0, allocations: 0, hostNetworks: 0 });
    expect(cloud.host.things.has(`server/${id}`)).toBe(false);
  });

  test('H22: a host that fails says why, the server shows it, and nothing is kept', async () => {
    const cloud = await openCloud();
    work(cloud);
    cloud.host.faults.set('server', { code: 'disk_full', message: 'The host has 2 GiB left.', next: 'Try again.' });
    const id = await cloud.addServer();
    const run = await cloud.start('server.create', id);
    const state = async () => (await cloud.core.database.prisma.workflowRun.findUnique({ where: { id: run } }))?.state;
    await expect.poll(state, { timeout: patienceMs }).toBe('failed');
    expect(await cloud.readServer(id)).toMatchObject({
      state: 'error',
      failure: { code: 'disk_full', message: 'The host has 2 GiB left.' },
      hostId: null,
      ports: 0,
      allocations: 0,
    });
  });

  test('H1: without room the server ends in error with the counted reason, host names are not in it', async () => {
    const cloud = await openCloud();
    work(cloud);
    const id = await cloud.addServer({ memoryMib: 131_072 });
    const run = await cloud.start('server.create', id);
    await expect.poll(async () => (await cloud.readServer(id)).state, { timeout: patienceMs }).toBe('error');
    const { failure } = await cloud.readServer(id);
    const message = '1 of 1 host lacks 128 GiB of memory; the largest flavor that fits is m1.medium.';
    expect(failure).toMatchObject({ code: 'no_capacity', message });
    const where = { runId: run, name: 'placement.reserve' };
    const step = await cloud.core.database.prisma.workflowStep.findFirst({ where });
    expect(JSON.stringify(step?.result)).toContain('(63 GiB free)');
    expect(JSON.stringify(step?.failure)).not.toContain('63 GiB free');
  });

  test('H16: Redis emptied in the middle of a create: it converges, once', async () => {
    const cloud = await openCloud();
    work(cloud);
    cloud.host.deafTo.add('server');
    const id = await cloud.addServer();
    const run = await cloud.start('server.create', id);
    const step = () => cloud.core.database.prisma.workflowStep.findFirst({ where: { runId: run, state: 'running' } });
    await expect.poll(async () => (await step())?.name, { timeout: patienceMs }).toBe('server.ensure');
    await cloud.core.queues.redis.flushdb();
    cloud.host.deafTo.clear();
    await expect.poll(async () => (await cloud.readServer(id)).state, { timeout: patienceMs }).toBe('running');
    expect(await cloud.core.database.prisma.server.count({ where: { generation: 2 } })).toBe(1);
  });

  test('H16: with Redis away runs are started, move and end, and workers stop in order', async () => {
    const cloud = await openCloud();
    const services = await startServices();
    opened.push(services.stop);
    await services.redis.kill();
    const redisUrl = services.redisUrl;
    const core = { ...cloud.core, queues: openQueues(redisUrl) };
    const workers = work({ core, redisUrl });
    const id = await cloud.addServer();
    await commit(core.database, ({ tx }) => tx.server.update({ where: { id }, data: { state: 'deleting' } }));
    // The server is on no host, so only the workers have something to do.
    await cloud.start('server.delete', id);
    await expect.poll(async () => (await cloud.readServer(id)).state, { timeout: patienceMs }).toBeNull();
    await workers.stop();
    await core.queues.close();
  });

  test('H16: with Redis away a step that takes its time keeps no other run waiting', async () => {
    const cloud = await openCloud();
    const services = await startServices();
    opened.push(services.stop);
    await services.redis.kill();
    const { redisUrl } = services;
    const core = { ...cloud.core, queues: openQueues(redisUrl) };
    opened.push(core.queues.close);
    const held = Promise.withResolvers<void>();
    const [slow, quick] = [randomUUID(), randomUUID()];
    const hold = step('image.hold', 'Read an image that is long', async ({ run }) => {
      if (run.resourceId === slow) await held.promise;
    });
    const workflow = defineWorkflow('image.import', { steps: [hold], onFailure: async () => {} });
    const workers = work({ core, redisUrl }, [workflow]);
    const begin = (resourceId: string) => {
      const run = { resourceId, resourceName: 'disk', projectId: null, requestId: 'r' };
      return commit(core.database, (unit) => startRun(unit, core, 'image.import', run));
    };
    const stateOf = async (id: string) => (await core.database.prisma.workflowRun.findUnique({ where: { id } }))?.state;
    const first = await begin(slow);
    await expect.poll(() => stateOf(first), { timeout: patienceMs }).toBe('running');
    const second = await begin(quick);
    try {
      await expect.poll(() => stateOf(second), { timeout: patienceMs / 2 }).toBe('succeeded');
      expect(await stateOf(first)).toBe('running');
    } finally {
      held.resolve();
    }
    await expect.poll(() => stateOf(first), { timeout: patienceMs }).toBe('succeeded');
    await workers.stop();
  });
});
