// What holds whatever happens at once: nothing is promised twice, nothing promised is lost, groups keep their word.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../src/call.ts';
import { commit } from '../src/database/database.ts';
import { releaseHost, reserveHost } from '../src/placement/reserve.ts';
import { wanted } from './placement-wanted.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let core: Core;
beforeEach(async () => {
  opened = await openTestCore();
  core = opened.core;
});
afterEach(() => opened.close());

async function addHosts(count: number, memoryMib: number): Promise<string[]> {
  const { prisma } = core.database;
  await prisma.hostAllocation.deleteMany({});
  await prisma.host.deleteMany({});
  const ids = Array.from({ length: count }, () => randomUUID());
  const facts = { facts: { architecture: 'x86_64' }, vcpus: 4, memoryMib, diskGib: 200 };
  const place = { redisPasswordHash: '', underlayAddress: '192.0.2.1', lastHeartbeatAt: new Date() };
  const secret = () => Buffer.from(randomUUID());
  await prisma.host.createMany({
    data: ids.map((id) => ({ id, name: id, credentialHash: secret(), ...facts, ...place })),
  });
  return ids;
}

async function addServers(count: number, policy?: string): Promise<string[]> {
  const { prisma } = core.database;
  const domain = await prisma.domain.create({ data: { name: randomUUID() } });
  const { id: projectId } = await prisma.project.create({ data: { domainId: domain.id, name: 'p' } });
  const group = policy && (await prisma.serverGroup.create({ data: { projectId, name: 'g', policy } }));
  const flavor = { flavorId: randomUUID(), flavorName: 'm', vcpus: 1, memoryMib: 512, diskGib: 1 };
  const made = { projectId, state: 'building', reservationId: 'r', ...flavor, serverGroupId: group ? group.id : null };
  const ids = Array.from({ length: count }, () => randomUUID());
  await prisma.server.createMany({ data: ids.map((id) => ({ id, name: id, ...made })) });
  return ids;
}

const reserve = (id: string) => commit(core.database, ({ tx }) => reserveHost(tx, id, wanted));
const release = (id: string) => commit(core.database, ({ tx }) => releaseHost(tx, id));
const allocations = () => core.database.prisma.hostAllocation.findMany({});

test('A57: 50 creates at once while hosts die: nothing over-committed, nothing lost, nothing new on a dead host', async () => {
  const act = fc.record({ dies: fc.nat(3), gives: fc.nat(49), memoryMib: fc.constantFrom(4096, 8192) });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
      const memoryMib = acts[0]?.memoryMib ?? 4096;
      const hosts = await addHosts(4, memoryMib);
      const servers = await addServers(50);
      const dead = new Set(acts.map(({ dies }) => hosts[dies] ?? ''));
      const kill = (id: string) => core.database.prisma.host.update({ where: { id }, data: { isUp: false } });
      const [outcomes] = await Promise.all([
        Promise.allSettled(servers.map(reserve)),
        ...[...dead].map(kill),
        ...acts.map(({ gives }) => release(servers[gives] ?? '')),
      ]);
      const rows = await allocations();
      const own = Math.floor(memoryMib / 8);
      for (const id of hosts) {
        const taken = rows.filter(({ hostId }) => hostId === id);
        expect(taken.reduce((sum, each) => sum + each.memoryMib, 0)).toBeLessThanOrEqual(memoryMib - own);
      }
      // Who was told of a host has it, but for what was given back meanwhile.
      const givenBack = new Set(acts.map(({ gives }) => servers[gives]));
      for (const [index, outcome] of outcomes.entries()) {
        const id = servers[index] ?? '';
        const row = rows.find(({ serverId }) => serverId === id);
        if (outcome.status === 'rejected') {
          expect(outcome.reason).toMatchObject({ code: 'no_capacity' });
          expect(row).toBeUndefined();
        } else if (!givenBack.has(id)) expect(row?.hostId).toBe(outcome.value.hostId);
      }
      // Now that they are known to be dead.
      const [late = ''] = await addServers(1);
      const found = await reserve(late).catch(() => null);
      if (found !== null) expect(dead.has(found.hostId)).toBe(false);
    }),
    { numRuns: 6 },
  );
}, 120_000);

test('servers of one group that are made at once keep the policy', async () => {
  const hosts = await addHosts(3, 16_384);
  const apart = await addServers(8, 'anti-affinity');
  const outcomes = await Promise.allSettled(apart.map(reserve));
  const placed = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value.hostId] : []));
  expect(placed.toSorted()).toEqual(hosts.toSorted());
  const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  for (const reason of refused) expect(reason).toMatchObject({ code: 'no_capacity' });
  const together = await addServers(8, 'affinity');
  const found = await Promise.all(together.map(reserve));
  expect(new Set(found.map(({ hostId }) => hostId)).size).toBe(1);
}, 60_000);
