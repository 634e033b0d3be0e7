import { expect } from 'vitest';
import { serverAttach } from '../src/workflows/server-attach.ts';
import { serverCreate } from '../src/workflows/server-create.ts';
import { serverDelete } from '../src/workflows/server-delete.ts';
import { serverDetach } from '../src/workflows/server-detach.ts';
import { serverEvacuate } from '../src/workflows/server-evacuate.ts';
import { serverReboot } from '../src/workflows/server-reboot.ts';
import { serverStart } from '../src/workflows/server-start.ts';
import { serverStop } from '../src/workflows/server-stop.ts';
import { openTestCloud, type TestCloud } from './test-cloud.ts';
import { joinTestHost } from './test-host.ts';
import { untilEnded, workflowProperties } from './workflow-properties.ts';

const nothingHeld = { hostId: null, ports: 0, addresses: 0, allocations: 0, actions: 0 };
const broken = expect.objectContaining({ code: 'host_failed' });

async function expectNothingOnHost({ host }: TestCloud): Promise<void> {
  await expect
    .poll(() => [...host.things.keys()].filter((thing) => !thing.startsWith('image/')), { timeout: 30_000 })
    .toEqual([]);
}

const createSteps = ['ipam.allocate', 'placement.reserve', 'network.ensure', 'image.ensure', 'server.ensure'];
workflowProperties('server.create', [...createSteps, 'server.running'], async () => {
  const cloud = await openTestCloud();
  return {
    core: cloud.core,
    workflow: serverCreate,
    async start() {
      const resourceId = await cloud.addServer();
      return { resourceId, runId: await cloud.start('server.create', resourceId) };
    },
    async verifyDone(id) {
      expect(await cloud.readServer(id)).toMatchObject({ state: 'running', failure: null, allocations: 1, ports: 1 });
      expect(cloud.host.things.get(`server/${id}`)).toEqual({ power: 'on' });
      await untilEnded(cloud.core, [serverDelete], await cloud.start('server.delete', id, { state: 'deleting' }));
    },
    async verifyCleanSlate(id) {
      expect(await cloud.readServer(id)).toEqual({ ...nothingHeld, state: 'error', failure: broken, hostNetworks: 0 });
      await expectNothingOnHost(cloud);
    },
    close: cloud.close,
  };
});

const deleteSteps = ['server.purge', 'network.release', 'ipam.release', 'placement.release', 'server.remove'];
workflowProperties('server.delete', deleteSteps, async () => {
  const cloud = await openTestCloud();
  const remove = (id: string) => cloud.start('server.delete', id, { state: 'deleting' });
  const verifyGone = async (id: string) => {
    expect(await cloud.readServer(id)).toEqual({ ...nothingHeld, state: null, failure: null, hostNetworks: 0 });
    await expectNothingOnHost(cloud);
  };
  return {
    core: cloud.core,
    workflow: serverDelete,
    async start() {
      const resourceId = await cloud.addRunningServer();
      return { resourceId, runId: await remove(resourceId) };
    },
    verifyDone: verifyGone,
    // H5: a delete that failed anywhere is shown with its reason, and works when it is asked for again.
    async verifyCleanSlate(id) {
      const { state, failure } = await cloud.readServer(id);
      if (state === null) return verifyGone(id);
      expect({ state, failure }).toEqual({ state: 'deleting', failure: broken });
      const again = await cloud.core.database.prisma.server.findUnique({ where: { id } });
      expect(again).not.toBeNull();
      expect(await untilEnded(cloud.core, [serverDelete], await remove(id))).toBe('succeeded');
      return verifyGone(id);
    },
    close: cloud.close,
  };
});

const moveSteps = ['placement.move', 'network.ensure', 'image.ensure', 'server.ensure'];
workflowProperties('server.evacuate', [...moveSteps, 'network.release', 'server.running'], async () => {
  const cloud = await openTestCloud();
  const { core, redisUrl, host: dead } = cloud;
  const other = await joinTestHost(core, redisUrl);
  const { host } = core.database.prisma;
  return {
    core,
    workflow: serverEvacuate,
    async start() {
      await host.update({ where: { id: dead.id }, data: { isUp: true, fencedAt: null } });
      const resourceId = await cloud.addRunningServer();
      await host.update({ where: { id: dead.id }, data: { isUp: false, fencedAt: new Date() } });
      const input = { fromHostId: dead.id };
      return { resourceId, runId: await cloud.start('server.evacuate', resourceId, { state: 'building', input }) };
    },
    async verifyDone(id) {
      const done = { state: 'running', failure: null, hostId: other.id, allocations: 1, ports: 1, addresses: 1 };
      expect(await cloud.readServer(id)).toMatchObject(done);
      expect(other.things.get(`server/${id}`)).toEqual({ power: 'on' });
    },
    // It is where it was, with its room there and nothing on the other host; ports and addresses were never given up.
    async verifyCleanSlate(id) {
      const back = { state: 'error', failure: broken, hostId: dead.id, allocations: 1, ports: 1, addresses: 1 };
      expect(await cloud.readServer(id)).toMatchObject(back);
      await expect.poll(() => other.things.has(`server/${id}`), { timeout: 30_000 }).toBe(false);
    },
    async close() {
      await other.close();
      await cloud.close();
    },
  };
});

function onRunningServer(name: 'server.start' | 'server.stop' | 'server.reboot', cloud: TestCloud) {
  const [state, done, power] = {
    'server.start': ['starting', 'running', 'on'] as const,
    'server.stop': ['stopping', 'stopped', 'off'] as const,
    'server.reboot': ['rebooting', 'running', 'on'] as const,
  }[name];
  return {
    core: cloud.core,
    async start() {
      const resourceId = await cloud.addRunningServer();
      const input: Record<string, string> = name === 'server.reboot' ? { kind: 'hard' } : {};
      return { resourceId, runId: await cloud.start(name, resourceId, { state, input }) };
    },
    async verifyDone(id: string) {
      expect(await cloud.readServer(id)).toMatchObject({ state: done, failure: null, actions: 0, allocations: 1 });
      expect(cloud.host.things.get(`server/${id}`)).toEqual({ power });
    },
    // Nothing was taken, so there is nothing to give back but acts that were not carried out; the reason is shown.
    async verifyCleanSlate(id: string) {
      expect(await cloud.readServer(id)).toMatchObject({ state: expect.stringMatching(`error|${done}`), actions: 0 });
      expect(cloud.host.acts.length).toBe(new Set(cloud.host.acts).size);
    },
    close: cloud.close,
  };
}

workflowProperties('server.start', ['server.power', 'server.running'], async () => {
  return { workflow: serverStart, ...onRunningServer('server.start', await openTestCloud()) };
});
workflowProperties('server.stop', ['server.power', 'server.stopped'], async () => {
  return { workflow: serverStop, ...onRunningServer('server.stop', await openTestCloud()) };
});
workflowProperties('server.reboot', ['server.reboot', 'server.running'], async () => {
  return { workflow: serverReboot, ...onRunningServer('server.reboot', await openTestCloud()) };
});

/** A server that runs, with a second port on a network that its host may not have yet. */
async function withSecondPort({ core, projectId, addRunningServer }: TestCloud, isOnHost: boolean) {
  const { prisma } = core.database;
  const resourceId = await addRunningServer();
  const network = await prisma.network.create({
    data: { projectId, name: 'second', tunnelKey: 100 + (await prisma.network.count()), mtu: 1450 },
  });
  const { hostId } = await prisma.server.findUniqueOrThrow({ where: { id: resourceId } });
  if (isOnHost && hostId !== null) await prisma.hostNetwork.create({ data: { hostId, networkId: network.id } });
  const place = { projectId, networkId: network.id, serverId: resourceId, position: 1 };
  const port = await prisma.port.create({ data: { ...place, macAddress: 'fa:16:3e:00:00:01' } });
  return { resourceId, portId: port.id };
}

/** The port that a server has beside its first; null when that is all. */
async function secondPort({ core }: TestCloud, serverId: string) {
  const found = await core.database.prisma.port.findFirst({ where: { serverId, position: 1 } });
  if (found === null) return null;
  const networks = await core.database.prisma.hostNetwork.count({ where: { networkId: found.networkId } });
  return { isLeaving: found.isLeaving, networks };
}

workflowProperties('server.attach', ['port.confirm', 'network.ensure', 'interface.plug'], async () => {
  const cloud = await openTestCloud();
  return {
    core: cloud.core,
    workflow: serverAttach,
    async start() {
      const { resourceId, portId } = await withSecondPort(cloud, false);
      return { resourceId, runId: await cloud.start('server.attach', resourceId, { input: { portId } }) };
    },
    async verifyDone(id) {
      expect(await cloud.readServer(id)).toMatchObject({ state: 'running', failure: null, ports: 2 });
      expect(await secondPort(cloud, id)).toEqual({ isLeaving: false, networks: 1 });
    },
    // It runs on with what it had.
    async verifyCleanSlate(id) {
      expect(await cloud.readServer(id)).toMatchObject({ state: 'running', failure: broken, ports: 1 });
      const second = { network: { name: 'second' }, hostId: cloud.host.id };
      const before = { network: { ports: { some: { serverId: { not: null } } } } };
      expect(await cloud.core.database.prisma.hostNetwork.count({ where: { AND: [second, { NOT: before }] } })).toBe(0);
    },
    close: cloud.close,
  };
});

workflowProperties('server.detach', ['interface.unplug', 'port.release'], async () => {
  const cloud = await openTestCloud();
  return {
    core: cloud.core,
    workflow: serverDetach,
    async start() {
      const { resourceId, portId } = await withSecondPort(cloud, true);
      return { resourceId, runId: await cloud.start('server.detach', resourceId, { input: { portId } }) };
    },
    async verifyDone(id) {
      expect(await cloud.readServer(id)).toMatchObject({ state: 'running', failure: null, ports: 1, addresses: 1 });
      expect(await secondPort(cloud, id)).toBeNull();
    },
    // The port is whole, unless it was given back already.
    async verifyCleanSlate(id) {
      expect(await cloud.readServer(id)).toMatchObject({ state: 'running', failure: broken });
      expect([null, { isLeaving: false, networks: 1 }]).toContainEqual(await secondPort(cloud, id));
    },
    close: cloud.close,
  };
});
