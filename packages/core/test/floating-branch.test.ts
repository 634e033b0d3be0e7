import { randomUUID } from 'node:crypto';
import { desired } from '@unkai/contracts/host/desired';
import { hostNoun, nounsOfBefore } from '@unkai/contracts/host/job';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Core } from '../src/call.ts';
import { commit } from '../src/database/database.ts';
import { readDesired, readDesiredIndex } from '../src/host/desired.ts';
import { noteHeartbeat } from '../src/host/heartbeat.ts';
import { takeReports } from '../src/host/reports.ts';
import { floatingIpWays } from '../src/reconcile/floating-ip-holders.ts';
import { reconsiderFloatingIps } from '../src/store/floating-ip-way.ts';
import { announceNetworks, retractNetworks } from '../src/store/host-network.ts';
import { settleRouter } from '../src/store/router-host.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let core: Core;
let [edge, near, other]: string[] = [];
let [routerId, outsideId, insideId, serverId, gatewayId, interfaceId]: string[] = [];
const provider = (nouns: readonly string[] = hostNoun.options, name = 'provider') => ({
  nouns: [...nouns],
  physicalNetworks: [{ name, bridge: 'br-ex', mtu: 1500 }],
});
/** What its agent says in full. */
const wholeFacts = {
  ...provider(),
  hostName: 'b-near',
  agentVersion: '0.1.0',
  kernel: '6.1.0',
  architecture: 'x86_64',
  cpuModel: 'c',
  vcpus: 4,
  memoryMib: 8192,
  diskGib: 100,
  diskFreeGib: 90,
  qemuVersion: '7.2',
  isSimulated: true,
  accelerator: { kind: 'tcg' as const, why: 'a test' },
  openVswitch: { version: '3.1', datapath: 'simulated' as const, why: 'a test' },
  underlayAddress: '192.0.2.1',
  underlayMtu: 1500,
  warnings: [],
};

beforeAll(async () => {
  opened = await openTestCore();
  core = opened.core;
  const { prisma } = core.database;
  const domain = await prisma.domain.create({ data: { name: randomUUID() } });
  const { id: projectId } = await prisma.project.create({ data: { domainId: domain.id, name: 'p' } });
  const network = async (over: object, cidr: string, gatewayAddress: string) => {
    const tunnelKey = 1 + Math.floor(Math.random() * 1_000_000);
    const { id } = await prisma.network.create({ data: { projectId, name: 'n', tunnelKey, mtu: 1450, ...over } });
    const own = {
      networkId: id,
      projectId,
      name: 's',
      cidr,
      gatewayAddress,
      dhcpAddress: cidr.replace('.0/24', '.2'),
      dnsServers: [],
    };
    return { id, subnetId: (await prisma.subnet.create({ data: own })).id };
  };
  const inside = await network({}, '10.0.0.0/24', '10.0.0.1');
  const vlan = { isExternal: true, networkType: 'vlan', physicalNetwork: 'provider', segmentationId: 77, mtu: 1500 };
  const outside = await network(vlan, '203.0.113.0/24', '203.0.113.1');
  const port = async (on: { id: string; subnetId: string }, address: string, over: object) => {
    const macAddress = `fa:${randomUUID().replaceAll('-', '').slice(0, 10).match(/../g)?.join(':')}`;
    const { id } = await prisma.port.create({ data: { projectId, networkId: on.id, macAddress, ...over } });
    await prisma.portAddress.create({ data: { portId: id, networkId: on.id, subnetId: on.subnetId, address } });
    return id;
  };
  edge = await addHost('a-edge', provider());
  near = await addHost('b-near', provider());
  other = await addHost('c-other', { ...provider(), physicalNetworks: [] });
  const flavor = { flavorId: randomUUID(), flavorName: 'm', vcpus: 1, memoryMib: 512, diskGib: 1 };
  const server = { projectId, name: 'web', state: 'running', reservationId: 'r', hostId: near, ...flavor };
  serverId = (await prisma.server.create({ data: server })).id;
  const routes = [{ destination: '192.0.2.0/24', nextHop: '10.0.0.9' }];
  routerId = (await prisma.router.create({ data: { projectId, name: 'r', hostId: edge, routes } })).id;
  interfaceId = await port(inside, '10.0.0.1', { routerId, deviceOwner: 'network:router_interface' });
  gatewayId = await port(outside, '203.0.113.11', { routerId, deviceOwner: 'network:router_gateway' });
  const guestPort = await port(inside, '10.0.0.51', { serverId });
  const externalPortId = await port(outside, '203.0.113.51', { deviceOwner: 'network:floatingip' });
  const reached = { routerId, portId: guestPort, fixedAddress: '10.0.0.51' };
  const kept = { projectId, networkId: outside.id, externalPortId, address: '203.0.113.51' };
  await prisma.floatingIp.create({ data: { ...kept, ...reached } });
  [outsideId, insideId] = [outside.id, inside.id];
  await commit(core.database, (unit) => settleRouter(unit, core, { routerId: routerId ?? '', requestId: 'r' }));
  await announce(near ?? '');
});
afterAll(() => opened.close());

async function addHost(name: string, facts: object): Promise<string> {
  const size = { facts, vcpus: 4, memoryMib: 8192, diskGib: 100, underlayAddress: '192.0.2.1' };
  const secrets = { credentialHash: Buffer.from(randomUUID()), redisPasswordHash: 'a'.repeat(64) };
  return (await core.database.prisma.host.create({ data: { name, lastHeartbeatAt: new Date(), ...size, ...secrets } }))
    .id;
}

const where = (hostId: string) => ({ serverId: serverId ?? '', hostId, requestId: 'r' });
const announce = (hostId: string) => commit(core.database, (unit) => announceNetworks(unit, core, where(hostId)));
const branchOn = (hostId = '') => readDesired(core.database, hostId, 'router-branch', routerId ?? '');
const listed = async (hostId = '') => {
  const { items } = await readDesiredIndex(core.database, hostId);
  return items.filter(({ noun }) => noun.startsWith('router')).map(({ noun }) => noun);
};
async function atRouter(): Promise<string[]> {
  const answer = desired.router.parse(await readDesired(core.database, edge ?? '', 'router', routerId ?? ''));
  return answer.presence === 'present' ? answer.spec.floatingIps.map(({ address }) => address) : ['absent'];
}
/** The host of the guest lets go of what it is not told of any more. */
const letGo = async (hostId = near ?? '') => {
  const { generation: told } = await branchOn(hostId);
  const report = { noun: 'router-branch' as const, id: routerId ?? '', generation: told, state: 'absent' as const };
  const host = { id: hostId, name: '', isUp: true, credential: '' };
  await takeReports(core, host, { reports: [{ ...report, actionsDone: [] }] }, 'r');
};
const routerLetsGo = async () => {
  const { generation: told } = await readDesired(core.database, edge ?? '', 'router', routerId ?? '');
  const report = { noun: 'router' as const, id: routerId ?? '', generation: told, state: 'present' as const };
  const host = { id: edge ?? '', name: '', isUp: true, credential: '' };
  await takeReports(core, host, { reports: [{ ...report, actionsDone: [] }] }, 'r');
};
const setFacts = (id: string | undefined, facts: object) =>
  core.database.prisma.host.update({ where: { id: id ?? '' }, data: { facts } });
const generation = async () =>
  (await core.database.prisma.router.findUniqueOrThrow({ where: { id: routerId ?? '' } })).generation;

test('a floating IP is told to the host of its guest, with a way outside of its own, and not to its router', async () => {
  expect(await listed(near)).toEqual(['router-branch']);
  expect(await branchOn(near)).toMatchObject({
    presence: 'present',
    generation: await generation(),
    spec: {
      id: routerId,
      interfaces: [
        { portId: interfaceId, networkId: insideId, addresses: [{ address: '10.0.0.1', prefixLength: 24 }] },
      ],
      gateway: {
        portId: gatewayId,
        macAddress: expect.stringMatching(/^0a(:[0-9a-f]{2}){5}$/),
        physicalNetwork: 'provider',
        vlan: 77,
        prefixLength: 24,
        nextHop: '203.0.113.1',
      },
      otherPrefixes: ['10.0.0.0/24', '192.0.2.0/24'],
      floatingIps: [{ address: '203.0.113.51', fixedAddress: '10.0.0.51', networkId: insideId }],
    },
  });
  expect(await atRouter()).toEqual([]);
  const network = await readDesired(core.database, edge ?? '', 'network', outsideId ?? '');
  expect(network).toMatchObject({ spec: { neighbours: [{ portId: gatewayId, addresses: ['203.0.113.11'] }] } });
  // It is nobody else's business.
  expect(await branchOn(edge)).toMatchObject({ presence: 'absent' });
  expect(await branchOn(other)).toMatchObject({ presence: 'absent' });
});

test('it passes at its router where its guest’s host has no way outside, or an agent that knows nothing of it', async () => {
  for (const facts of [provider(nounsOfBefore), provider(undefined, 'another')]) {
    await setFacts(near, facts);
    const before = await generation();
    await commit(core.database, (unit) => reconsiderFloatingIps(unit, core, near ?? '', 'r'));
    // So that the router's host asks anew.
    expect(await generation()).toBeGreaterThan(before);
    expect(await branchOn(near)).toMatchObject({ presence: 'absent' });
    expect(await listed(near)).toEqual([]);
    expect(await atRouter()).toEqual([]);
    await letGo();
    expect(await atRouter()).toEqual(['203.0.113.51']);
    await setFacts(near, provider());
    await commit(core.database, (unit) => reconsiderFloatingIps(unit, core, near ?? '', 'r'));
    expect(await atRouter()).toEqual([]);
    await routerLetsGo();
    expect(await branchOn(near)).toMatchObject({ presence: 'present' });
  }
});

test('a heartbeat that tells of another way is noted together with what follows from it, or is new at the next', async () => {
  const { prisma } = core.database;
  await setFacts(near, provider(undefined, 'another'));
  await commit(core.database, (unit) => reconsiderFloatingIps(unit, core, near ?? '', 'r'));
  const before = await generation();
  const host = { id: near ?? '', name: 'b-near', isUp: true, credential: `ukh_${randomUUID()}` };
  const beat = (heardBy = core) => noteHeartbeat(heardBy, host, { facts: wholeFacts }, Buffer.from('its hash'));
  const beforeCommit = () => Promise.reject(new Error('the disk is full'));
  await expect(beat({ ...core, database: { ...core.database, beforeCommit } })).rejects.toThrow('the disk is full');
  // Nobody takes it for said.
  const { heartbeatHash: kept } = await prisma.host.findUniqueOrThrow({ where: { id: near ?? '' } });
  expect(kept).toBeNull();
  expect(await generation()).toBe(before);
  await beat();
  expect(await generation()).toBe(before + 1);
  expect(await branchOn(near)).toMatchObject({ presence: 'present' });
  const { heartbeatHash: noted } = await prisma.host.findUniqueOrThrow({ where: { id: near ?? '' } });
  expect(noted).not.toBeNull();
  await beat();
  expect(await generation()).toBe(before + 1);
});

test('what a host cannot do for it stands at the floating IP, until it can or lets go', async () => {
  const { prisma } = core.database;
  const host = { id: near ?? '', name: 'b-near', isUp: true, credential: '' };
  const failure = { code: 'host_failed' as const, message: 'No arping is there.', next: 'Look at the host.' };
  const say = (state: 'failed' | 'present' | 'absent', at: number, who = host) => {
    const report = { noun: 'router-branch' as const, id: routerId ?? '', generation: at, state, actionsDone: [] };
    return takeReports(core, who, { reports: [{ ...report, ...(state === 'failed' && { failure }) }] }, 'r');
  };
  const kept = () => prisma.routerBranch.findMany({ select: { hostId: true, observedFailure: true } });
  const told = () => prisma.event.count({ where: { noun: 'floating-ip', kind: 'changed' } });
  const now = await generation();
  const before = await told();
  await say('failed', now);
  expect(await kept()).toEqual([{ hostId: near, observedFailure: failure }]);
  expect(await told()).toBe(before + 1);
  // Twice is nothing new; what is older than that, what is yet to come and the router's own host say nothing of it.
  await say('failed', now);
  await say('present', now - 1);
  await say('failed', now + 1, { ...host, id: other ?? '' });
  await say('failed', now, { ...host, id: edge ?? '' });
  expect(await kept()).toHaveLength(1);
  expect(await told()).toBe(before + 1);
  await say('present', now);
  expect(await kept()).toEqual([]);
  expect(await told()).toBe(before + 2);
  await say('failed', now);
  await say('absent', 0);
  expect(await kept()).toEqual([]);
});

test('it moves with its guest, and with its router', async () => {
  const { prisma } = core.database;
  const id = serverId ?? '';
  const before = await generation();
  await prisma.server.update({ where: { id }, data: { hostId: other ?? null } });
  await announce(other ?? '');
  await commit(core.database, (unit) => retractNetworks(unit, core, where(near ?? '')));
  expect(await generation()).toBeGreaterThan(before);
  expect([await listed(near), await listed(other)]).toEqual([[], []]);
  await letGo();
  expect(await atRouter()).toEqual(['203.0.113.51']);
  await setFacts(other, provider());
  await commit(core.database, (unit) => reconsiderFloatingIps(unit, core, other ?? '', 'r'));
  await routerLetsGo();
  expect(await listed(other)).toEqual(['router-branch']);
  // Its router comes to the same host: one of the two is enough.
  await prisma.router.update({ where: { id: routerId ?? '' }, data: { hostId: other ?? null } });
  await floatingIpWays.run(core);
  expect(await listed(other)).toEqual(['router']);
  expect(await branchOn(other)).toMatchObject({ presence: 'absent', generation: await generation() });
});
