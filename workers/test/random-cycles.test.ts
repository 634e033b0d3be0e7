// What the control plane keeps, through random lives of servers on three hosts. What real hosts have left after as many is
// looked at in hostagent/test/real/leftovers.test.ts.
import { folderImageStore } from '@unkai/core/image/image-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allWorkflows } from '../src/workflows/all.ts';
import { openTestCloud, type TestCloud } from './test-cloud.ts';
import { joinTestHost, type TestHost, testDisks } from './test-host.ts';
import { untilEnded } from './workflow-properties.ts';

const cycles = 200;
const seed = Number(process.env['UNKAI_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const workflows = allWorkflows(folderImageStore('/nonexistent'), testDisks);
const broken = { code: 'host_failed', message: 'Broken on purpose.', next: 'Try again.' } as const;

let cloud: TestCloud;
let hosts: TestHost[];
beforeAll(async () => {
  cloud = await openTestCloud();
  hosts = [cloud.host];
  for (let more = 0; more < 2; more += 1) hosts.push(await joinTestHost(cloud.core, cloud.redisUrl));
}, 60_000);
afterAll(async () => {
  for (const host of hosts.slice(1)) await host.close();
  await cloud.close();
});

/** Numbers from a seed (mulberry32), so that a run that failed can be had again. */
function numbersFrom(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
const random = numbersFrom(seed);

/** Runs an operation to its end; in one of three its hosts fail at servers, or at networks. Says how it ended. */
async function perform(...[name, id, options]: Parameters<TestCloud['start']>): Promise<string> {
  const noun = random(2) === 0 ? 'server' : 'network';
  const isBroken = random(3) === 0 && name !== 'server.delete';
  if (isBroken) for (const { faults } of hosts) faults.set(noun, broken);
  try {
    return await untilEnded(cloud.core, workflows, await cloud.start(name, id, options));
  } finally {
    for (const { faults } of hosts) faults.clear();
  }
}

async function makeNetworks(): Promise<string[]> {
  const { prisma } = cloud.core.database;
  const ids: string[] = [];
  for (const number of [1, 2, 3]) {
    const named = { projectId: cloud.projectId, name: `net-${number}`, tunnelKey: 200 + number, mtu: 1450 };
    ids.push((await prisma.network.create({ data: named })).id);
  }
  return ids;
}

let macs = 0;
/** Attaches a running server to a network that it is not on, or detaches it from there. */
async function toggle(serverId: string, networkId: string, position: number): Promise<void> {
  const { prisma } = cloud.core.database;
  const there = await prisma.port.findFirst({ where: { serverId, networkId } });
  if (there !== null) {
    await perform('server.detach', serverId, { input: { portId: there.id } });
    return;
  }
  macs += 1;
  const macAddress = `fa:16:3e:ff:00:${macs.toString(16).padStart(2, '0')}`;
  const place = { projectId: cloud.projectId, networkId, serverId, position };
  // Some were there before, and stay.
  const made = await prisma.port.create({ data: { ...place, macAddress, isKept: random(2) === 0 } });
  await perform('server.attach', serverId, { input: { portId: made.id } });
}

/** All that is held for servers, by whomever. */
async function held() {
  const { prisma } = cloud.core.database;
  return {
    servers: await prisma.server.count(),
    ports: await prisma.port.count({
      where: { OR: [{ serverId: { not: null } }, { isKept: false }, { isLeaving: true }] },
    }),
    addresses: await prisma.portAddress.count(),
    room: await prisma.hostAllocation.count(),
    networksOfHosts: await prisma.hostNetwork.count(),
    acts: await prisma.serverAction.count(),
    operationsUnderWay: await prisma.workflowRun.count({ where: { endedAt: null } }),
  };
}

const onHosts = () => hosts.flatMap(({ things }) => [...things.keys()].filter((key) => !key.startsWith('image/')));

test(`nothing is held after ${cycles} random creates, attaches, detaches, failures and deletes on three hosts (seed ${seed})`, async () => {
  const networks = await makeNetworks();
  const before = await held();
  const servers = new Map<string, string>();
  const ends: string[] = [];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const known = [...servers.keys()];
    const id = known[random(6)];
    if (id === undefined) {
      const made = await cloud.addServer();
      const end = await perform('server.create', made);
      servers.set(made, end);
      ends.push(`create ${end}`);
    } else if (random(3) === 0 || servers.get(id) !== 'succeeded') {
      expect(await perform('server.delete', id, { state: 'deleting' })).toBe('succeeded');
      servers.delete(id);
    } else {
      const which = random(networks.length);
      await toggle(id, networks[which] ?? '', which + 1);
    }
  }
  // It was no easy way: creates failed and did not.
  expect(new Set(ends)).toEqual(new Set(['create succeeded', 'create failed']));
  for (const id of servers.keys()) expect(await perform('server.delete', id, { state: 'deleting' })).toBe('succeeded');
  expect(await held()).toEqual(before);
  await expect.poll(onHosts, { timeout: 30_000 }).toEqual([]);
}, 120_000);
