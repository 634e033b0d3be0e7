import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../src/call.ts';
import { commit } from '../src/database.ts';
import { readDesired, readDesiredIndex } from '../src/host/desired.ts';
import { hostLiveness } from '../src/reconcile/host-liveness.ts';
import { orphans } from '../src/reconcile/orphans.ts';
import { routerHosts } from '../src/reconcile/router-hosts.ts';
import { settleRouter } from '../src/store/router-host.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let core: Core;
beforeEach(async () => {
  opened = await openTestCore();
  core = opened.core;
});
afterEach(() => opened.close());

async function addHost(name: string, physicalNetwork: string | null): Promise<string> {
  const facts = {
    physicalNetworks: physicalNetwork === null ? [] : [{ name: physicalNetwork, bridge: 'br', mtu: 1500 }],
  };
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
