import { setTimeout as sleep } from 'node:timers/promises';
import { commit } from '@unkai/core/database/database';
import { lateMigrations } from '@unkai/core/reconcile/late-migrations';
import { setupCall } from '@unkai/core/seed';
import { findServer } from '@unkai/core/store/server';
import { beginServerDelete } from '@unkai/core/store/server-action';
import { evacuateServer, findServerToEvacuate } from '@unkai/core/store/server-evacuate';
import { findServerToMigrate, migrateServer } from '@unkai/core/store/server-migrate';
import { openEngine } from '@unkai/core/workflow/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverDelete } from '../src/workflows/server-delete.ts';
import { serverEvacuate } from '../src/workflows/server-evacuate.ts';
import { serverMigrate } from '../src/workflows/server-migrate.ts';
import { openTestCloud, type TestCloud } from './test-cloud.ts';
import { joinTestHost, type TestHost, testDisks } from './test-host.ts';
import { untilEnded, workflowProperties } from './workflow-properties.ts';

const broken = expect.objectContaining({ code: 'host_failed' });
const workflow = serverMigrate(testDisks);
const written = (id: string) => `what the guest of ${id} wrote`;

/** A server that runs on the first host, with something on its disk; `off` for one that is switched off. */
async function addServer(cloud: TestCloud, power: 'on' | 'off' = 'on'): Promise<string> {
  const id = await cloud.addRunningServer();
  const stopped = { state: 'stopped', desiredPower: 'off' };
  if (power === 'off') await cloud.core.database.prisma.server.update({ where: { id }, data: stopped });
  cloud.host.disks.set(id, written(id));
  return id;
}

function begin({ core }: TestCloud, id: string, hostName?: string): Promise<string> {
  const call = setupCall(core);
  return commit(core.database, async (unit) =>
    migrateServer(unit, call, await findServerToMigrate(call, id), hostName),
  );
}

/** Nothing is on its way any more: no room is held twice, no disk lies in the store. */
async function expectSettled({ core, host }: TestCloud, other: TestHost, id: string): Promise<void> {
  const { prisma } = core.database;
  await expect
    .poll(
      async () => {
        await lateMigrations(testDisks).run(core);
        return prisma.serverMigration.count({ where: { serverId: id } });
      },
      { timeout: 30_000 },
    )
    .toBe(0);
  expect(await testDisks.list()).toEqual([]);
  const moved = () =>
    [...host.things.keys(), ...other.things.keys()].filter((key) => key.startsWith('server-migration/'));
  await expect.poll(moved, { timeout: 30_000 }).toEqual([]);
}

const before = ['placement.reserve', 'network.ensure', 'image.ensure', 'migration.turn', 'server.power'];
const between = ['disk.send', 'disk.fetch', 'server.switch', 'server.ensure', 'server.running', 'server.leave'];
workflowProperties('server.migrate', [...before, ...between], async () => {
  const cloud = await openTestCloud();
  const { core, redisUrl, host } = cloud;
  const other = await joinTestHost(core, redisUrl);
  return {
    core,
    workflow,
    async start() {
      const resourceId = await addServer(cloud);
      return { resourceId, runId: await begin(cloud, resourceId) };
    },
    async verifyDone(id) {
      const done = { state: 'running', failure: null, hostId: other.id, allocations: 1, ports: 1, addresses: 1 };
      expect(await cloud.readServer(id)).toMatchObject(done);
      expect(other.things.get(`server/${id}`)).toEqual({ power: 'on' });
      expect(other.disks.get(id)).toBe(written(id));
      expect([host.things.has(`server/${id}`), host.disks.has(id)]).toEqual([false, false]);
      await expectSettled(cloud, other, id);
    },
    // Before the switch-over it runs where it was, with nothing of it elsewhere; after it, its disk is at the next host alone.
    async verifyCleanSlate(id) {
      await expectSettled(cloud, other, id);
      const { state, failure, hostId, allocations, ports } = await cloud.readServer(id);
      expect({ allocations, ports }).toEqual({ allocations: 1, ports: 1 });
      const [here, there] = hostId === host.id ? [host, other] : [other, host];
      expect(here.disks.get(id)).toBe(written(id));
      await expect.poll(() => there.things.has(`server/${id}`), { timeout: 30_000 }).toBe(false);
      expect(there.disks.has(id)).toBe(false);
      if (hostId === host.id) {
        expect({ state, failure }).toEqual({ state: 'running', failure: broken });
        expect(host.things.get(`server/${id}`)).toEqual({ power: 'on' });
      } else expect(state).toMatch(/^(error|running)$/);
    },
    async close() {
      await other.close();
      await cloud.close();
    },
  };
});

describe('a server that moves', { timeout: 120_000 }, () => {
  let cloud: TestCloud;
  let other: TestHost;
  beforeAll(async () => {
    cloud = await openTestCloud();
    other = await joinTestHost(cloud.core, cloud.redisUrl);
  });
  afterAll(async () => {
    await other.close();
    await cloud.close();
  });

  test('stays off when it was off', async () => {
    const id = await addServer(cloud, 'off');
    await cloud.host.resync();
    expect(await untilEnded(cloud.core, [workflow], await begin(cloud, id))).toBe('succeeded');
    expect(await cloud.readServer(id)).toMatchObject({ state: 'stopped', failure: null, hostId: other.id });
    expect(other.things.get(`server/${id}`)).toEqual({ power: 'off' });
    expect(other.disks.get(id)).toBe(written(id));
  });

  test.each(between.slice(0, 5))('is deleted at %s and leaves nothing behind', async (name) => {
    const id = await addServer(cloud);
    const runId = await begin(cloud, id);
    const call = setupCall(cloud.core);
    const steps = workflow.steps.map((each) => ({
      ...each,
      do: async (context: Parameters<typeof each.do>[0]) => {
        const answer = await each.do(context);
        if (each.name === name) {
          const row = await findServer(call, 'server:delete', id);
          await commit(cloud.core.database, (unit) => beginServerDelete(unit, call, row)).catch(() => undefined);
        }
        return answer;
      },
    }));
    await untilEnded(cloud.core, [{ ...workflow, steps }, serverDelete], runId);
    const { prisma } = cloud.core.database;
    const removal = await prisma.workflowRun.findFirstOrThrow({ where: { resourceId: id, name: 'server.delete' } });
    expect(await untilEnded(cloud.core, [serverDelete], removal.id)).toBe('succeeded');
    const nothing = { state: null, hostId: null, ports: 0, addresses: 0, allocations: 0 };
    expect(await cloud.readServer(id)).toMatchObject(nothing);
    for (const host of [cloud.host, other]) {
      await expect.poll(() => [host.things.has(`server/${id}`), host.disks.has(id)]).toEqual([false, false]);
    }
    await expectSettled(cloud, other, id);
  });

  test('comes through workers that die all the time', async () => {
    const id = await addServer(cloud);
    const runId = await begin(cloud, id);
    const { prisma } = cloud.core.database;
    let deaths = 0;
    for (;;) {
      const engine = openEngine({ core: cloud.core, workflows: [workflow] });
      // Not waited for: it is ended wherever it happens to be.
      const turn = engine.advance(runId);
      await sleep(Math.random() * 20);
      await engine.stop();
      await turn;
      deaths += 1;
      const run = await prisma.workflowRun.findUniqueOrThrow({ where: { id: runId } });
      if (run.endedAt !== null) break;
    }
    expect(deaths).toBeGreaterThan(3);
    expect(await cloud.readServer(id)).toMatchObject({ state: 'running', hostId: other.id, allocations: 1 });
    expect(other.disks.get(id)).toBe(written(id));
    await expectSettled(cloud, other, id);
  });

  test('a host of before that is away keeps nobody, and its room is given back when it has let go', async () => {
    const id = await addServer(cloud);
    const { prisma } = cloud.core.database;
    const runId = await begin(cloud, id);
    const steps = workflow.steps.map((each) => ({
      ...each,
      do: async (context: Parameters<typeof each.do>[0]) => {
        if (each.name === 'server.switch') {
          cloud.host.deafTo.add('server');
          await prisma.host.update({ where: { id: cloud.host.id }, data: { isUp: false } });
        }
        return each.do(context);
      },
    }));
    expect(await untilEnded(cloud.core, [{ ...workflow, steps }], runId)).toBe('succeeded');
    await lateMigrations(testDisks).run(cloud.core);
    const room = { where: { serverId: id, roomHostId: cloud.host.id } };
    expect(await prisma.serverMigration.count(room)).toBe(1);
    await expect(begin(cloud, id)).rejects.toMatchObject({ code: 'wrong_state' });
    cloud.host.deafTo.clear();
    await prisma.host.update({ where: { id: cloud.host.id }, data: { isUp: true } });
    await cloud.core.queues.hintHost(cloud.host.id, { noun: 'server', id, requestId: 'req-back' });
    await expectSettled(cloud, other, id);
  });

  test.each(['disk.fetch', 'server.ensure'])(
    'is made anew elsewhere when its host dies at %s, and runs there',
    async (name) => {
      const id = await addServer(cloud);
      const { prisma } = cloud.core.database;
      const call = setupCall(cloud.core);
      const third = await joinTestHost(cloud.core, cloud.redisUrl);
      const runId = await begin(cloud, id, (await prisma.host.findUniqueOrThrow({ where: { id: other.id } })).name);
      const dead: string[] = [];
      const steps = workflow.steps.map((each) => ({
        ...each,
        do: async (context: Parameters<typeof each.do>[0]) => {
          const answer = await each.do(context);
          if (each.name === name && dead.length === 0) {
            const { hostId } = await prisma.server.findUniqueOrThrow({ where: { id } });
            dead.push(hostId ?? '');
            await prisma.host.update({ where: { id: hostId ?? '' }, data: { isUp: false, isForcedDown: true } });
            const row = await findServerToEvacuate(call, id);
            await commit(cloud.core.database, (unit) => evacuateServer(unit, call, row, undefined));
          }
          return answer;
        },
      }));
      expect(await untilEnded(cloud.core, [{ ...workflow, steps }], runId)).toBe('failed');
      const evacuation = await prisma.workflowRun.findFirstOrThrow({
        where: { resourceId: id, name: 'server.evacuate' },
      });
      expect(await untilEnded(cloud.core, [serverEvacuate], evacuation.id)).toBe('succeeded');
      const { state, hostId, allocations } = await cloud.readServer(id);
      expect({ state, allocations }).toEqual({ state: 'running', allocations: 1 });
      expect(dead).not.toContain(hostId);
      for (const hostOfBefore of dead) {
        const back = { isUp: true, isForcedDown: false, fencedAt: null };
        await prisma.host.update({ where: { id: hostOfBefore }, data: back });
      }
      await expectSettled(cloud, other, id);
      await untilEnded(cloud.core, [serverDelete], await cloud.start('server.delete', id, { state: 'deleting' }));
      await third.close();
      await prisma.host.update({ where: { id: third.id }, data: { isUp: false, isEnabled: false } });
    },
  );

  test('nothing that fits: it runs on, and what each host lacks is counted', async () => {
    const id = await addServer(cloud);
    const { prisma } = cloud.core.database;
    await prisma.host.update({ where: { id: other.id }, data: { isEnabled: false } });
    const refusal = 'is the host that it leaves';
    await expect(begin(cloud, id)).rejects.toMatchObject({
      code: 'no_capacity',
      message: expect.stringContaining(refusal),
    });
    await prisma.host.update({ where: { id: other.id }, data: { isEnabled: true } });
    expect(await cloud.readServer(id)).toMatchObject({ state: 'running', hostId: cloud.host.id });
    expect(await prisma.serverMigration.count({ where: { serverId: id } })).toBe(0);
  });
});
