// What is kept, by the database and by three real hosts together, after random lives of servers and routers among which
// things fail: a change on a host, an agent that starts again, a switch that is killed, a host that the others do not reach.
// Guests are namespaces (light-guests.ts): one that runs under emulation takes 8 s to boot, and would be none the wiser.
import { granted } from '@unkai/client/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { externalId } from '../../src/resources/ofport.ts';
import { eventually } from '../real/eventually.ts';
import { numbersFrom, pick, type Random, seed } from '../real/random.ts';
import { remains } from '../real/remains.ts';
import type { CloudHost } from './cloud-host.ts';
import { CloudOnHosts, done } from './cloud-on-hosts.ts';

/**
 * How many; `UNKAI_TEST_CYCLES` says it otherwise, as 200. On an idle machine 24 take half a minute. A create is some fifty
 * starts of programs one after the other, and beside twelve busy processes on two cores each start takes 16 times as long:
 * then a create that takes two seconds takes fifty, every step of it alike. So the limits here are long ones.
 */
const cycles = Number(process.env['UNKAI_TEST_CYCLES'] ?? 12);
const limitMs = 300_000 + cycles * 30_000;
/** How many things happen at once. */
const atOnce = 2;

let cloud: CloudOnHosts;
let networks: { id: string; subnetId: string }[];

async function makeNetwork(number: number) {
  const path = { projectId: cloud.tenant.id };
  const body = { name: `net-${number}` };
  const { id } = granted(await cloud.member.POST('/projects/{projectId}/networks', { params: { path }, body }));
  const subnet = { name: `net-${number}`, cidr: `10.${number}.0.0/24` };
  const made = cloud.member.POST('/networks/{networkId}/subnets', {
    params: { path: { networkId: id } },
    body: subnet,
  });
  return { id, subnetId: granted(await made).id };
}

const servers = async () => {
  const params = { path: { projectId: cloud.tenant.id }, query: { limit: 100 } };
  return granted(await cloud.member.GET('/projects/{projectId}/servers', { params })).items;
};
const routers = async () => {
  const params = { path: { projectId: cloud.tenant.id } };
  return granted(await cloud.member.GET('/projects/{projectId}/routers', { params })).items;
};

async function deleteServer(id: string): Promise<void> {
  await done(cloud.member.DELETE('/servers/{id}', { params: { path: { id } } }));
  await cloud.untilQuiet(id);
}

/** Gives a server that runs an interface on a network, or takes it away; one that is off begins to run. */
async function change(id: string, network: { id: string }, dice: number): Promise<void> {
  const { state, addresses } = await cloud.server(id);
  const params = { path: { id } };
  if (state === 'stopped') await done(cloud.member.POST('/servers/{id}/start', { params }));
  else if (state !== 'running') return deleteServer(id);
  else if (dice === 0) await done(cloud.member.POST('/servers/{id}/stop', { params }));
  else {
    const port = addresses.find(({ networkId }) => networkId === network.id);
    if (port === undefined) {
      await done(cloud.member.POST('/servers/{id}/interfaces', { params, body: { networkId: network.id } }));
    } else {
      const path = { id, portId: port.portId };
      await done(cloud.member.DELETE('/servers/{id}/interfaces/{portId}', { params: { path } }));
    }
  }
  await cloud.untilQuiet(id);
}

async function makeRouter(subnetIds: readonly string[]): Promise<void> {
  const path = { projectId: cloud.tenant.id };
  const body = { name: 'router' };
  const { id } = granted(await cloud.member.POST('/projects/{projectId}/routers', { params: { path }, body }));
  for (const subnetId of subnetIds) {
    await done(cloud.member.POST('/routers/{id}/interfaces', { params: { path: { id } }, body: { subnetId } }));
  }
}

async function deleteRouter({ id, interfaces }: Awaited<ReturnType<typeof routers>>[number]): Promise<void> {
  for (const { portId } of interfaces) {
    await done(cloud.member.DELETE('/routers/{id}/interfaces/{portId}', { params: { path: { id, portId } } }));
  }
  await done(cloud.member.DELETE('/routers/{id}', { params: { path: { id } } }));
}

/** One router at a time: all three subnets have one gateway address each. */
async function toggleRouter(random: Random): Promise<void> {
  const [router] = await routers();
  if (router === undefined) await makeRouter(networks.slice(random(2)).map(({ subnetId }) => subnetId));
  else await deleteRouter(router);
}

const troubles: readonly ((host: CloudHost, index: number, random: Random) => Promise<void>)[] = [
  async ({ faults }, _, random) => faults.set({ after: random(10), isDone: random(2) === 0 }),
  async ({ faults }, _, random) => faults.set({ after: random(4), isDone: random(2) === 0 }),
  (host) => host.restartAgent(),
  (host) => host.killDaemon('ovs-vswitchd'),
  async (_, index) => {
    await cloud.fabric.setUnderlay(index, 'down');
    await cloud.fabric.setUnderlay(index, 'up');
  },
];

/** All that the database holds for servers and routers, by whomever. */
async function held() {
  const { prisma } = cloud.cloud.core.database;
  return {
    servers: await prisma.server.count(),
    routers: await prisma.router.count(),
    ports: await prisma.port.count(),
    addresses: await prisma.portAddress.count(),
    room: await prisma.hostAllocation.count(),
    networksOfHosts: await prisma.hostNetwork.count(),
    routersOnHosts: await prisma.routerBranch.count(),
    acts: await prisma.serverAction.count(),
    operationsUnderWay: await prisma.workflowRun.count({ where: { endedAt: null } }),
  };
}

/** What the database says a host has, and what the host has. */
async function expectAsKept(host: CloudHost): Promise<void> {
  const { prisma } = cloud.cloud.core.database;
  const { id: hostId } = await prisma.host.findUniqueOrThrow({ where: { name: host.name } });
  const ports = await prisma.port.findMany({ where: { server: { hostId } }, select: { id: true } });
  const ofRouters = await prisma.port.findMany({ where: { router: { hostId } }, select: { id: true } });
  const ofNetworks = await prisma.hostNetwork.findMany({ where: { hostId }, select: { networkId: true } });
  const rows = await host.host.tools.ovs.ports();
  const told = (key: string) => rows.flatMap(({ externalIds }) => externalIds[key] ?? []).toSorted();
  expect({
    ports: told(externalId.port),
    routers: told(externalId.routerPort),
    networks: told(externalId.service).filter((name) => name.length === 36),
  }).toEqual({
    ports: ports.map(({ id }) => id).toSorted(),
    routers: ofRouters.map(({ id }) => id).toSorted(),
    networks: ofNetworks.map(({ networkId }) => networkId).toSorted(),
  });
}

const everywhere = (look: (host: CloudHost) => Promise<unknown>) => Promise.all(cloud.hosts.map(look));
/** A host tries again after at most 30 s what it could not do; the rest is for a busy machine. */
const calm = (look: () => Promise<unknown>) => eventually(async () => void (await look()), 180_000);

async function live(): Promise<void> {
  const random = numbersFrom(seed);
  const [rowsBefore, before] = [await held(), await everywhere(remains)];
  const ends = new Set<string>();
  for (let cycle = 0; cycle < cycles; cycle += atOnce) {
    const there = await servers();
    const works = Array.from({ length: atOnce }, (_, nth) => {
      const known = there.filter((_, index) => index % atOnce === nth)[random(3)];
      const network = pick(random, networks);
      const dice = random(4);
      if (dice === 3 && nth === 0) return () => toggleRouter(random);
      if (known === undefined) {
        const wish = { networkIds: networks.slice(random(3)).map(({ id }) => id) };
        return async () => cloud.untilQuiet(await cloud.askForServer(`cycle-${cycle}`, wish));
      }
      return () => (dice === 0 ? deleteServer(known.id) : change(known.id, network, random(4)));
    });
    const trouble = random(2) === 0 ? pick(random, troubles) : undefined;
    const index = random(cloud.hosts.length);
    await Promise.all([...works.map((work) => work()), trouble?.(cloud.host(index), index, random)]);
    for (const { faults } of cloud.hosts) faults.set(null);
    for (const { state } of await servers()) ends.add(state);
    if ((cycle + atOnce) % 12 === 0) await calm(() => everywhere(expectAsKept));
  }
  // It was no easy way.
  expect(ends).toContain('running');
  for (const { id } of await servers()) await deleteServer(id);
  for (const router of await routers()) await deleteRouter(router);
  await calm(async () => expect(await held()).toEqual(rowsBefore));
  await calm(async () => expect(await everywhere(remains)).toEqual(before));
}

describe('three hosts with their database', () => {
  beforeAll(async () => {
    cloud = await CloudOnHosts.start();
    networks = await Promise.all([1, 2, 3].map(makeNetwork));
  });
  afterAll(() => cloud?.close());

  test(`hold nothing and leave nothing after ${cycles} random lives and failures (seed ${seed})`, live, limitMs);
});
