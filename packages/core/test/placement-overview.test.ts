// More hosts than are read anew for each decision: what is ranked may be a moment old, and what is taken is right.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../src/call.ts';
import { commit } from '../src/database/database.ts';
import { PlacementOverview } from '../src/placement/overview.ts';
import { releaseHost, reserveHost } from '../src/placement/reserve.ts';
import { wanted } from './placement-wanted.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

const hostCount = 120;
/** Of 512 MiB each: an eighth of its 1,200 MiB is the host’s own. */
const roomFor = 2;

let opened: TestCore;
let core: Core;
let overview: PlacementOverview;
beforeEach(async () => {
  opened = await openTestCore();
  core = opened.core;
  overview = new PlacementOverview();
  const { prisma } = core.database;
  await prisma.host.deleteMany({});
  const facts = { facts: { architecture: 'x86_64' }, vcpus: 4, memoryMib: 1_200, diskGib: 200 };
  const place = { redisPasswordHash: '', underlayAddress: '192.0.2.1', lastHeartbeatAt: new Date() };
  const names = Array.from({ length: hostCount }, (_, index) => `host-${String(index).padStart(3, '0')}`);
  await prisma.host.createMany({
    data: names.map((name) => ({ name, credentialHash: Buffer.from(randomUUID()), ...facts, ...place })),
  });
});
afterEach(() => opened.close());

async function addServers(count: number): Promise<string[]> {
  const { prisma } = core.database;
  const domain = await prisma.domain.create({ data: { name: randomUUID() } });
  const { id: projectId } = await prisma.project.create({ data: { domainId: domain.id, name: 'p' } });
  const flavor = { flavorId: randomUUID(), flavorName: 'm', vcpus: 1, memoryMib: 512, diskGib: 1 };
  const ids = Array.from({ length: count }, () => randomUUID());
  const made = { projectId, state: 'building', reservationId: 'r', ...flavor };
  await prisma.server.createMany({ data: ids.map((id) => ({ id, name: id, ...made })) });
  return ids;
}

const reserve = (id: string, by = overview) => commit(core.database, ({ tx }) => reserveHost(tx, id, wanted, by));
const allocations = () => core.database.prisma.hostAllocation.findMany({});
const hostNamed = (name: string) => core.database.prisma.host.findUniqueOrThrow({ where: { name } });

test('A57: two processes with a look of their own fill every host to the brim and none beyond', async () => {
  const servers = await addServers(hostCount * roomFor);
  const other = new PlacementOverview();
  await Promise.all(servers.map((id, index) => reserve(id, index % 2 === 0 ? overview : other)));
  const byHost = Map.groupBy(await allocations(), ({ hostId }) => hostId);
  expect(byHost.size).toBe(hostCount);
  expect(Math.max(...[...byHost.values()].map(({ length }) => length))).toBe(roomFor);
  const [late = ''] = await addServers(1);
  await expect(reserve(late)).rejects.toMatchObject({ code: 'no_capacity' });
}, 60_000);

test('decisions of one moment spread as if each had looked anew', async () => {
  const servers = await addServers(hostCount);
  for (const id of servers) await reserve(id);
  expect(new Set((await allocations()).map(({ hostId }) => hostId)).size).toBe(hostCount);
}, 60_000);

test('a host that was taken out of placement since the look gets nothing', async () => {
  const [first = '', second = ''] = await addServers(2);
  await reserve(first);
  const { prisma } = core.database;
  await prisma.host.updateMany({ where: { name: { not: 'host-077' } }, data: { isEnabled: false } });
  expect(await reserve(second)).toEqual({ hostId: (await hostNamed('host-077')).id });
});

test('room that was given back since the look is found before anybody is refused', async () => {
  const servers = await addServers(hostCount * roomFor);
  const { prisma } = core.database;
  const hosts = await prisma.host.findMany({ select: { id: true } });
  const taken = { vcpus: 1, memoryMib: 512, diskGib: 1 };
  await prisma.hostAllocation.createMany({
    data: servers.map((serverId, index) => ({ serverId, hostId: hosts[index % hostCount]?.id ?? '', ...taken })),
  });
  const [late = ''] = await addServers(1);
  await expect(reserve(late)).rejects.toMatchObject({ code: 'no_capacity' });
  const [gone = ''] = servers;
  await commit(core.database, ({ tx }) => releaseHost(tx, gone));
  expect(await reserve(late)).toEqual({ hostId: hosts[0]?.id });
});
