import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../src/call.ts';
import { noteListening } from '../src/host/listening.ts';
import { expiry } from '../src/reconcile/expiry.ts';
import { hostLiveness } from '../src/reconcile/host-liveness.ts';
import { laggingHosts } from '../src/reconcile/lagging-hosts.ts';
import { lateImages } from '../src/reconcile/late-images.ts';
import { lateServers } from '../src/reconcile/late-servers.ts';
import { orphans } from '../src/reconcile/orphans.ts';
import { redisUsers } from '../src/reconcile/redis-users.ts';
import { listenFor, openTestCore, startTestRun, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let core: Core;
beforeEach(async () => {
  opened = await openTestCore();
  core = opened.core;
});
afterEach(() => opened.close());

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

async function addHost(differs: { isUp?: boolean; lastHeartbeatAt?: Date } = {}): Promise<string> {
  const size = { facts: {}, vcpus: 4, memoryMib: 8192, diskGib: 100, underlayAddress: '192.0.2.1' };
  const secrets = { credentialHash: Buffer.from(randomUUID()), redisPasswordHash: 'a'.repeat(64) };
  const data = { name: randomUUID(), lastHeartbeatAt: new Date(), ...size, ...secrets, ...differs };
  return (await core.database.prisma.host.create({ data })).id;
}

async function addProject(): Promise<string> {
  const domain = await core.database.prisma.domain.create({ data: { name: randomUUID() } });
  return (await core.database.prisma.project.create({ data: { domainId: domain.id, name: 'p' } })).id;
}

interface Differs {
  hostId?: string;
  updatedAt?: Date;
  desiredPresence?: string;
}

async function serverIn(state: string, differs: Differs) {
  const flavor = { flavorId: randomUUID(), flavorName: 'm', vcpus: 1, memoryMib: 512, diskGib: 1 };
  const projectId = await addProject();
  return { projectId, name: 'web', state, reservationId: 'r', updatedAt: ago(120), ...flavor, ...differs };
}

const addServer = async (state: string, differs: Differs = {}) =>
  (await core.database.prisma.server.create({ data: await serverIn(state, differs) })).id;

const readServer = (id: string) => core.database.prisma.server.findUniqueOrThrow({ where: { id } });
const openRuns = (resourceId: string) =>
  core.database.prisma.workflowRun.findMany({ where: { resourceId, endedAt: null } });

/** The hints that a host has got, as `server/<id>`. */
async function hints(hostId: string): Promise<string[]> {
  const queue = new Queue(`host-${hostId}`, { connection: { url: opened.services.redisUrl }, prefix: 'unkai' });
  const jobs = await queue.getJobs(['waiting']);
  await queue.close();
  return jobs.map(({ data }) => `${data.noun}/${data.id}`).toSorted();
}

test('a host that missed its heartbeats is taken for dead, once, and live pages hear of it', async () => {
  const alive = await addHost({ lastHeartbeatAt: ago(5) });
  const silent = await addHost({ lastHeartbeatAt: ago(20) });
  await listenFor(core, 3_600);
  await hostLiveness.run(core);
  await hostLiveness.run(core);
  const hosts = await core.database.prisma.host.findMany({ where: { isUp: true } });
  expect(hosts.map(({ id }) => id)).toEqual([alive]);
  expect(await core.database.prisma.event.count({ where: { resourceId: silent, kind: 'changed' } })).toBe(1);
});

describe('while nobody could hear them', () => {
  const upHosts = () => core.database.prisma.host.count({ where: { isUp: true } });
  const since = async () => (await core.database.prisma.hostListening.findFirstOrThrow()).since.getTime();

  test('no host is taken for dead', async () => {
    await addHost({ lastHeartbeatAt: ago(600) });
    // Before anybody listened for the first time.
    await hostLiveness.run(core);
    expect(await upHosts()).toBe(1);
    await core.database.prisma.hostListening.create({ data: { since: ago(3_600), lastAt: ago(30) } });
    await hostLiveness.run(core);
    expect(await upHosts()).toBe(1);
    // Somebody listens again, and is told within three heartbeats who is there.
    await noteListening(core.database);
    await hostLiveness.run(core);
    expect(await upHosts()).toBe(1);
    await listenFor(core, 16);
    await hostLiveness.run(core);
    expect(await upHosts()).toBe(0);
  });

  test('a gap is one in which each host would have said something', async () => {
    await core.database.prisma.hostListening.create({ data: { since: ago(3_600), lastAt: ago(2) } });
    await noteListening(core.database);
    expect(await since()).toBeLessThan(Date.now() - 3_000_000);
    await core.database.prisma.hostListening.updateMany({ data: { lastAt: ago(6) } });
    await noteListening(core.database);
    expect(await since()).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('a server under way without a run', () => {
  test.each(['building', 'starting', 'stopping', 'rebooting'])(
    'H4: that is %s ends in error with a reason',
    async (state) => {
      const id = await addServer(state);
      await lateServers.run(core);
      expect(await readServer(id)).toMatchObject({ state: 'error', failure: { code: 'internal' } });
    },
  );

  test('H5: that is deleting is deleted again, once', async () => {
    const id = await addServer('deleting');
    await lateServers.run(core);
    await lateServers.run(core);
    expect(await openRuns(id)).toMatchObject([{ name: 'server.delete', state: 'queued' }]);
  });

  test('one with a run, one that has just changed, and one that rests are left alone', async () => {
    const moving = await addServer('building');
    await startTestRun(core, 'server.create', moving);
    const fresh = await addServer('starting', { updatedAt: new Date() });
    const resting = await addServer('running');
    await lateServers.run(core);
    const states = await Promise.all([moving, fresh, resting].map(async (id) => (await readServer(id)).state));
    expect(states).toEqual(['building', 'starting', 'running']);
  });

  test('whose dead host was asked a moment ago is not asked again yet', async () => {
    const id = await addServer('deleting', { hostId: await addHost({ isUp: false }) });
    const run = await startTestRun(core, 'server.delete', id);
    const ended = { state: 'failed', startedAt: ago(60), endedAt: ago(60) };
    await core.database.prisma.workflowRun.update({ where: { id: run }, data: ended });
    await lateServers.run(core);
    expect(await openRuns(id)).toEqual([]);
    await core.database.prisma.workflowRun.update({ where: { id: run }, data: { endedAt: ago(600) } });
    await lateServers.run(core);
    expect(await openRuns(id)).toHaveLength(1);
  });
});

test('H5: an image that is deleting without a run is deleted again', async () => {
  const data = { name: 'disk', state: 'deleting', diskFormat: 'raw', projectId: await addProject() };
  const { id } = await core.database.prisma.image.create({ data });
  await lateImages.run(core);
  await lateImages.run(core);
  expect(await openRuns(id)).toMatchObject([{ name: 'image.delete' }]);
});

test('room and networks that nobody needs are given back; what is in use stays', async () => {
  const hostId = await addHost();
  const projectId = await addProject();
  const { prisma } = core.database;
  const failed = await addServer('error');
  const running = await addServer('running', { hostId });
  const room = { hostId, vcpus: 1, memoryMib: 512, diskGib: 1 };
  await prisma.hostAllocation.createMany({ data: [failed, running].map((serverId) => ({ serverId, ...room })) });
  const network = (tunnelKey: number) =>
    prisma.network.create({ data: { projectId, name: 'n', tunnelKey, mtu: 1450 } });
  const [used, unused] = [await network(1), await network(2)];
  const port = { projectId, networkId: used.id, serverId: running, macAddress: 'fa:16:3e:00:00:01' };
  await prisma.port.create({ data: port });
  await prisma.hostNetwork.createMany({ data: [used, unused].map(({ id: networkId }) => ({ hostId, networkId })) });
  await orphans.run(core);
  expect(await prisma.hostAllocation.findMany({ select: { serverId: true } })).toEqual([{ serverId: running }]);
  expect(await prisma.hostNetwork.findMany({ select: { networkId: true } })).toEqual([{ networkId: used.id }]);
  expect(await hints(hostId)).toEqual([`network/${unused.id}`]);
});

test('H16: hosts are hinted again at what they have not followed, and those that do not answer are left alone', async () => {
  const hostId = await addHost();
  const late = await addServer('building', { hostId, desiredPresence: 'present' });
  const silent = await addHost({ isUp: false });
  await addServer('building', { hostId: silent, desiredPresence: 'present' });
  const settled = await addServer('running', { hostId, desiredPresence: 'present' });
  const observed = { observedGeneration: 1, observedState: 'present' };
  await core.database.prisma.server.update({ where: { id: settled }, data: observed });
  await laggingHosts.run(core);
  expect(await hints(hostId)).toEqual([`server/${late}`]);
  expect(await hints(silent)).toEqual([]);
});

test('a host that follows nothing keeps no other from being hinted', async () => {
  const hostId = await addHost();
  const first = await addServer('building', { hostId, desiredPresence: 'present' });
  // More than are hinted at once stand before the second one in the table, all of another host.
  const one = await serverIn('building', { hostId: await addHost(), desiredPresence: 'present' });
  await core.database.prisma.server.createMany({ data: Array.from({ length: 1200 }, () => one) });
  const late = await addServer('building', { hostId, desiredPresence: 'present' });
  await laggingHosts.run(core);
  expect(await hints(hostId)).toEqual([`server/${first}`, `server/${late}`].toSorted());
});

test('what has served its time goes, the rest stays', async () => {
  const { prisma } = core.database;
  const event = { noun: 'server', resourceId: randomUUID(), kind: 'changed' };
  await prisma.event.createMany({
    data: [
      { ...event, at: ago(3700) },
      { ...event, at: ago(3500) },
    ],
  });
  const token = (days: number) => ({ tokenHash: Buffer.from(randomUUID()), expiresAt: ago(days * 86_400) });
  await prisma.joinToken.createMany({ data: [token(2), token(0.5)] });
  await expiry.run(core);
  expect([await prisma.event.count(), await prisma.joinToken.count()]).toEqual([1, 1]);
});

test('a host gets its Redis user back after Redis lost it', async () => {
  const id = await addHost();
  await redisUsers.run(core);
  const user = async () => JSON.stringify(await core.queues.redis.call('ACL', 'GETUSER', `unkai-host-${id}`));
  expect(await user()).toContain('a'.repeat(64));
  await core.queues.redis.call('ACL', 'DELUSER', `unkai-host-${id}`);
  await redisUsers.run(core);
  expect(await user()).toContain('a'.repeat(64));
  await core.queues.redis.call('ACL', 'DELUSER', `unkai-host-${id}`);
});
