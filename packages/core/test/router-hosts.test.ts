import { randomUUID } from 'node:crypto';
import { hostNoun, nounsOfBefore } from '@unkai/contracts/host/job';
import type { Prisma } from '@unkai/prisma/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Core } from '../src/call.ts';
import { commit } from '../src/database/database.ts';
import { readDesired, readDesiredIndex } from '../src/host/desired.ts';
import { fenceHost, leaseSeconds } from '../src/host/lease.ts';
import { noteListening } from '../src/host/listening.ts';
import { hostLiveness } from '../src/reconcile/host-liveness.ts';
import { orphans } from '../src/reconcile/orphans.ts';
import { routerHosts } from '../src/reconcile/router-hosts.ts';
import { settleRouter } from '../src/store/router-host.ts';
import { listenFor, openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let core: Core;
beforeEach(async () => {
  opened = await openTestCore();
  core = opened.core;
  await listenFor(core, 3_600);
});
afterEach(async () => {
  vi.useRealTimers();
  await opened.close();
});

const factsOf = (physicalNetwork: string | null, nouns: readonly string[] = hostNoun.options) => ({
  nouns: [...nouns],
  physicalNetworks: physicalNetwork === null ? [] : [{ name: physicalNetwork, bridge: 'br', mtu: 1500 }],
});

async function addHost(name: string, physicalNetwork: string | null, nouns?: readonly string[]): Promise<string> {
  const facts = factsOf(physicalNetwork, nouns);
  const size = { facts, vcpus: 4, memoryMib: 8192, diskGib: 100, underlayAddress: '192.0.2.1' };
  const secrets = { credentialHash: Buffer.from(randomUUID()), redisPasswordHash: 'a'.repeat(64) };
  const data = { name, lastHeartbeatAt: new Date(), ...size, ...secrets };
  return (await core.database.prisma.host.create({ data })).id;
}

/** A router with an interface and a gateway on the physical network `provider`, settled. */
async function addRouter(): Promise<{ id: string; networkId: string }> {
  const { prisma } = core.database;
  const domain = await prisma.domain.create({ data: { name: randomUUID() } });
  const { id: projectId } = await prisma.project.create({ data: { domainId: domain.id, name: 'p' } });
  const { id } = await prisma.router.create({ data: { projectId, name: 'r' } });
  const outside = { isExternal: true, networkType: 'flat', physicalNetwork: 'provider' };
  const key = () => 1 + Math.floor(Math.random() * 1_000_000);
  const existing = await prisma.network.findFirst({ where: { isExternal: true } });
  const own = { data: { projectId, name: 'own', tunnelKey: key(), mtu: 1450 } };
  const inside = await prisma.network.create(own);
  const external = existing ?? (await prisma.network.create({ data: { ...own.data, tunnelKey: key(), ...outside } }));
  const ports = [
    { networkId: inside.id, projectId, deviceOwner: 'network:router_interface' },
    { networkId: external.id, projectId: external.projectId, deviceOwner: 'network:router_gateway' },
  ];
  for (const port of ports) {
    const macAddress = `fa:${randomUUID().slice(0, 8).match(/../g)?.join(':')}:01`;
    await prisma.port.create({ data: { ...port, macAddress, routerId: id } });
  }
  await commit(core.database, (unit) => settleRouter(unit, core, { routerId: id, requestId: 'r' }));
  return { id, networkId: inside.id };
}

const hostOf = async (id: string) => (await core.database.prisma.router.findUniqueOrThrow({ where: { id } })).hostId;
const change = (id: string, data: Prisma.HostUpdateInput) => core.database.prisma.host.update({ where: { id }, data });
const fallSilent = (id: string) =>
  core.database.prisma.host.update({ where: { id }, data: { lastHeartbeatAt: new Date(Date.now() - 60_000) } });

test('routers spread over the hosts that reach their external network', async () => {
  await addHost('a-compute', null);
  const wanted = [await addHost('b-edge', 'provider'), await addHost('c-edge', 'provider')];
  await addHost('d-edge', 'elsewhere');
  const [one, two] = [await addRouter(), await addRouter()];
  expect([await hostOf(one.id), await hostOf(two.id)].toSorted()).toEqual(wanted.toSorted());
});

test('a router whose host falls silent moves with its networks, and the old host purges it when it is back', async () => {
  const old = await addHost('a-edge', 'provider');
  await addHost('b-compute', null);
  const { id, networkId } = await addRouter();
  expect(await hostOf(id)).toBe(old);
  const next = await addHost('c-edge', 'provider');
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(old);

  await fallSilent(old);
  await hostLiveness.run(core);
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(next);
  expect(await readDesired(core.database, next, 'router', id)).toMatchObject({ presence: 'present' });
  // What the old one asks for when it is back.
  expect(await readDesiredIndex(core.database, old)).toEqual({ items: [] });
  expect(await readDesired(core.database, old, 'router', id)).toMatchObject({ presence: 'absent' });
  expect(await readDesired(core.database, old, 'network', networkId)).toMatchObject({ presence: 'absent' });
  const { generation } = await core.database.prisma.router.findUniqueOrThrow({ where: { id } });
  // It stays there, also when the other one is back, and nothing that it needs is taken for left behind.
  await core.database.prisma.host.update({ where: { id: old }, data: { isUp: true, lastHeartbeatAt: new Date() } });
  await routerHosts.run(core);
  await orphans.run(core);
  expect(await core.database.prisma.router.findUniqueOrThrow({ where: { id } })).toMatchObject({
    hostId: next,
    generation,
  });
  expect((await readDesiredIndex(core.database, next)).items).toHaveLength(3);
});

test('a router stays where it is while nobody could hear its host, and for as long after as a host may be silent', async () => {
  const own = await addHost('a-edge', 'provider');
  const { id } = await addRouter();
  const other = await addHost('b-edge', 'provider');
  await core.database.prisma.hostListening.updateMany({ data: { lastAt: new Date(Date.now() - 60_000) } });
  await fallSilent(own);
  await fallSilent(other);
  await hostLiveness.run(core);
  await routerHosts.run(core);
  const { generation } = await core.database.prisma.router.findUniqueOrThrow({ where: { id } });

  // The other one is the first to be heard.
  await noteListening(core.database);
  await change(other, { lastHeartbeatAt: new Date() });
  await hostLiveness.run(core);
  await routerHosts.run(core);
  expect(await core.database.prisma.router.findUniqueOrThrow({ where: { id } })).toMatchObject({
    hostId: own,
    generation,
    failure: null,
  });

  await listenFor(core, 14);
  await hostLiveness.run(core);
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(own);
  await listenFor(core, 16);
  await hostLiveness.run(core);
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(other);
});

test('with no other host the reason is told once, and the first that is up takes it', async () => {
  const old = await addHost('a-edge', 'provider');
  const { id } = await addRouter();
  await fallSilent(old);
  await hostLiveness.run(core);
  await routerHosts.run(core);
  const told = await core.database.prisma.router.findUniqueOrThrow({ where: { id } });
  expect(told).toMatchObject({
    hostId: old,
    failure: { code: 'no_capacity', message: expect.stringContaining('provider') },
  });
  await routerHosts.run(core);
  expect(await core.database.prisma.router.findUniqueOrThrow({ where: { id } })).toEqual(told);
  await core.database.prisma.host.update({ where: { id: old }, data: { isUp: true, lastHeartbeatAt: new Date() } });
  await routerHosts.run(core);
  expect(await core.database.prisma.router.findUniqueOrThrow({ where: { id } })).toMatchObject({
    hostId: old,
    failure: null,
  });
});

test('the routers of a dead host are elsewhere within 10 s of the end of its lease', async () => {
  const dead = await addHost('a-edge', 'provider');
  const routers = [await addRouter(), await addRouter(), await addRouter()];
  const next = await addHost('b-edge', 'provider');
  const movedAfter = async () => {
    // As the workers' clock does: each at its own pace, and at the worst moment for the other.
    for (let at = 0; at <= 120_000; at += 500) {
      await change(dead, { lastHeartbeatAt: new Date(Date.now() - at) });
      await change(next, { lastHeartbeatAt: new Date() });
      if (at % routerHosts.everyMs === 0) await routerHosts.run(core);
      if (at % hostLiveness.everyMs === 500) await hostLiveness.run(core);
      const hosts = await Promise.all(routers.map(({ id }) => hostOf(id)));
      if (hosts.every((host) => host === next)) return at;
    }
    return null;
  };
  const after = await movedAfter();
  expect(after).not.toBeNull();
  expect(after).toBeLessThanOrEqual((leaseSeconds + 10) * 1000);
  // Until then it may be there all the same.
  expect(after).toBeGreaterThanOrEqual(leaseSeconds * 1000);
});

test('a router that cannot be moved keeps no other one at a dead host', async () => {
  const dead = await addHost('a-edge', 'provider');
  const routers = [await addRouter(), await addRouter(), await addRouter()];
  const next = await addHost('b-edge', 'provider');
  const [stuck] = routers.map(({ id }) => id).toSorted();
  // Its row takes no further change.
  await core.database.prisma.router.update({ where: { id: stuck ?? '' }, data: { generation: 2 ** 31 - 1 } });
  await change(dead, { isUp: false, isForcedDown: true });
  await expect(routerHosts.run(core)).rejects.toThrow('1 of 3 could not be done');
  const hosts = await Promise.all(routers.map(async ({ id }) => [id, await hostOf(id)]));
  expect(Object.fromEntries(hosts)).toEqual(
    Object.fromEntries(routers.map(({ id }) => [id, id === stuck ? dead : next])),
  );
});

test('a program whose clock is ahead takes no living host for dead, and no lease for over', async () => {
  const own = await addHost('a-edge', 'provider');
  const { id } = await addRouter();
  const silent = await addHost('b-edge', 'provider');
  await change(silent, { isUp: false });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  await hostLiveness.run(core);
  expect(await core.database.prisma.host.findUniqueOrThrow({ where: { id: own } })).toMatchObject({ isUp: true });
  await expect(commit(core.database, (unit) => fenceHost(unit, { id: silent, name: 'b-edge' }))).rejects.toThrow(
    /The lease of the host b-edge ends in \d+ s/,
  );
  await change(own, { isUp: false });
  await change(silent, { isUp: true });
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(own);
});

test('the routers of a host whose machine is said to be off are elsewhere at once', async () => {
  const dead = await addHost('a-edge', 'provider');
  const { id } = await addRouter();
  const next = await addHost('b-edge', 'provider');
  await change(dead, { isUp: false });
  await routerHosts.run(core);
  // It does not answer, and has its lease.
  expect(await hostOf(id)).toBe(dead);
  await commit(core.database, (unit) => settleRouter(unit, core, { routerId: id, requestId: 'r' }));
  expect(await hostOf(id)).toBe(dead);
  await change(dead, { isForcedDown: true });
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(next);
});

test('a host that is to take nothing new gives its routers away, and keeps them while nobody else can carry them', async () => {
  const old = await addHost('a-edge', 'provider');
  const { id } = await addRouter();
  const before = await core.database.prisma.router.findUniqueOrThrow({ where: { id } });
  await change(old, { isEnabled: false, disabledReason: 'maintenance' });
  await addHost('b-compute', null);
  await routerHosts.run(core);
  // Not told anew with each turn either: it works where it is.
  expect(await core.database.prisma.router.findUniqueOrThrow({ where: { id } })).toEqual(before);
  const next = await addHost('c-edge', 'provider');
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(next);
  expect(await readDesiredIndex(core.database, old)).toEqual({ items: [] });
  // No way back of its own accord.
  await change(old, { isEnabled: true });
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(next);
});

test('a router leaves a host that lost its physical network for one that has it', async () => {
  const old = await addHost('a-edge', 'provider');
  const { id } = await addRouter();
  await change(old, { facts: factsOf('another') });
  await routerHosts.run(core);
  expect(await core.database.prisma.router.findUniqueOrThrow({ where: { id } })).toMatchObject({
    hostId: old,
    failure: { message: expect.stringContaining('provider') },
  });
  const next = await addHost('b-edge', 'provider');
  await routerHosts.run(core);
  expect(await core.database.prisma.router.findUniqueOrThrow({ where: { id } })).toMatchObject({
    hostId: next,
    failure: null,
  });
});

test('an agent that does not say that it knows routers is given none, and hears of none', async () => {
  const before = await addHost('a-edge', 'provider', nounsOfBefore);
  const { id, networkId } = await addRouter();
  expect(await hostOf(id)).toBeNull();
  const next = await addHost('b-edge', 'provider');
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(next);
  // Its agent was put back to the release of before.
  await change(next, { facts: factsOf('provider', nounsOfBefore) });
  const { items } = await readDesiredIndex(core.database, next);
  expect(items.map(({ noun }) => noun)).toEqual(['network', 'network']);
  await change(before, { facts: factsOf('provider') });
  await routerHosts.run(core);
  expect(await hostOf(id)).toBe(before);
  expect(await readDesired(core.database, before, 'network', networkId)).toMatchObject({ presence: 'present' });
});
