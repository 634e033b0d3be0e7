import { commit } from '@unkai/core/database/database';
import { readDesired } from '@unkai/core/host/desired';
import { releasePorts } from '@unkai/core/store/host-network';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { makeHost } from './installation.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let parts: Awaited<ReturnType<typeof makeParts>>;
let token: string;
let operator: string;

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
  parts = await makeParts(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  token = await makeToken(cloud.core, person.id, {});
  operator = await makeToken(cloud.core, (await makePerson(cloud, { system: 'admin' })).id, {});
  await makeHost(cloud.core, cloud.services, 'rack-1');
});
afterAll(() => cloud[Symbol.asyncDispose]());

const port = z.object({
  id: z.string(),
  macAddress: z.string(),
  serverId: z.string().nullable(),
  addresses: z.tuple([z.object({ address: z.string() })]),
});

const ask = (method: string, path: string, body?: unknown) => cloud.ask(method, `/v1${path}`, { token, body });

async function makePort(body: Record<string, unknown> = {}) {
  const told = await ask('POST', `/networks/${tenant.network.id}/ports`, body);
  expect(told.status, told.text).toBe(201);
  return port.parse(told.body);
}

async function makeServer(more: Record<string, unknown>, by = token) {
  const body = { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id, ...more };
  return cloud.ask('POST', `/v1/projects/${tenant.id}/servers`, { token: by, body });
}

describe('the name of a port', () => {
  const conflict = { status: 409, body: { code: 'conflict', errors: [{ field: 'dnsName' }] } };
  const named = (dnsName: unknown) => ask('POST', `/networks/${tenant.network.id}/ports`, { dnsName });

  test('is its own in its network, also beside the names of servers there', async () => {
    const first = port.parse((await named('ledger')).body);
    expect((await ask('GET', `/ports/${first.id}`)).body).toMatchObject({ dnsName: 'ledger' });
    expect(await named('LEDGER')).toMatchObject(conflict);
    expect((await makeServer({ name: 'Big Shop', networkIds: [tenant.network.id] })).status).toBe(201);
    expect(await named('big-shop')).toMatchObject(conflict);
    const second = port.parse((await named('till')).body);
    const rename = (dnsName: string | null) => ask('PATCH', `/ports/${second.id}`, { dnsName });
    expect(await rename('ledger')).toMatchObject(conflict);
    // Two requests at once: the database lets one of them.
    const both = await Promise.all([named('twice'), named('twice')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await rename(null)).body).toMatchObject({ dnsName: null });
    expect((await named('till')).status).toBe(201);
  });

  test('is told to its host and to all others of the network, which hear when it changes', async () => {
    const made = port.parse((await named('origin')).body);
    const told = await makeServer({ name: 'bearer', interfaces: [{ portId: made.id }] });
    expect(told.status, told.text).toBe(201);
    const serverId = z.object({ id: z.string() }).parse(told.body).id;
    const { prisma } = cloud.core.database;
    const { id: hostId } = await prisma.host.findFirstOrThrow();
    await prisma.server.update({ where: { id: serverId }, data: { hostId, desiredPresence: 'present' } });
    const networkId = tenant.network.id;
    await prisma.hostNetwork.createMany({ data: [{ hostId, networkId }], skipDuplicates: true });
    const generation = async () => (await prisma.network.findUniqueOrThrow({ where: { id: networkId } })).generation;
    const before = await generation();
    const neighbours = async () => (await readDesired(cloud.core.database, hostId, 'network', networkId)) as unknown;
    const own = async () => (await readDesired(cloud.core.database, hostId, 'server', serverId)) as unknown;
    const asTold = (hostName: string) => ({
      spec: { neighbours: expect.arrayContaining([expect.objectContaining({ portId: made.id, hostName })]) },
    });
    expect(await neighbours()).toMatchObject(asTold('origin'));
    expect(await own()).toMatchObject({ spec: { hostName: 'bearer', ports: [{ dnsName: 'origin' }] } });
    await ask('PATCH', `/ports/${made.id}`, { dnsName: null });
    expect(await generation()).toBe(before + 1);
    expect(await neighbours()).toMatchObject(asTold('bearer'));
  });
});

describe('a port by itself', () => {
  test('has the next free address and the default group, or those that are chosen', async () => {
    const plain = await makePort();
    expect((await ask('GET', `/ports/${plain.id}`)).body).toMatchObject({
      name: '',
      serverId: null,
      isKept: true,
      projectId: tenant.id,
      securityGroupIds: [tenant.group.id],
    });
    const addresses = [{ subnetId: tenant.subnet.id, address: '10.0.0.77' }];
    const chosen = { name: 'db', macAddress: 'fa:16:3e:00:00:77', addresses, securityGroupIds: [], tags: ['x'] };
    expect((await ask('GET', `/ports/${(await makePort(chosen)).id}`)).body).toMatchObject(chosen);
  });

  test('is refused an address, a MAC address, a group or a network that it cannot have', async () => {
    await makePort({ macAddress: 'fa:16:3e:00:00:01', addresses: [{ address: '10.0.0.80' }] });
    const refused: [Record<string, unknown>, number][] = [
      [{ addresses: [{ address: '10.0.0.80' }] }, 409],
      [{ macAddress: 'fa:16:3e:00:00:01' }, 409],
      [{ macAddress: '01:00:5e:00:00:01' }, 400],
      [{ addresses: [{ address: '192.0.2.1' }] }, 400],
      [{ addresses: [{ address: '10.0.0.1' }] }, 400],
      [{ addresses: [{ address: '10.0.0.2' }] }, 400],
      [{ addresses: [{ subnetId: other.subnet.id }] }, 400],
      [{ addresses: [] }, 400],
      [{ securityGroupIds: [other.group.id] }, 400],
      [{ name: 'a\nb' }, 400],
    ];
    for (const [body, status] of refused) {
      const told = await ask('POST', `/networks/${tenant.network.id}/ports`, body);
      expect(told.status, JSON.stringify(body)).toBe(status);
    }
    expect((await ask('POST', `/networks/${other.network.id}/ports`, {})).status).toBe(404);
  });

  test('counts in the quota', async () => {
    const small = await makeTenant(cloud);
    await cloud.core.database.prisma.projectQuota.create({ data: { projectId: small.id, name: 'ports', limit: 1 } });
    const make = () => cloud.ask('POST', `/v1/networks/${small.network.id}/ports`, { token: operator, body: {} });
    expect((await make()).status).toBe(201);
    expect((await make()).body).toMatchObject({ errors: [{ field: 'ports' }] });
  });

  test('changes, and goes; its address is free then', async () => {
    const { id } = await makePort({ addresses: [{ address: '10.0.0.90' }] });
    const change = { name: 'other', addresses: [{ address: '10.0.0.91' }], securityGroupIds: [] };
    expect((await ask('PATCH', `/ports/${id}`, change)).body).toMatchObject(change);
    await makePort({ addresses: [{ address: '10.0.0.90' }] });
    expect((await ask('DELETE', `/ports/${id}`)).status).toBe(204);
    await makePort({ addresses: [{ address: '10.0.0.91' }] });
  });
});

describe('a server', () => {
  test('is made with a port: it has its addresses, and leaves it behind when it goes', async () => {
    const { id, macAddress } = await makePort({ addresses: [{ address: '10.0.0.100' }] });
    const told = await makeServer({ interfaces: [{ portId: id }] });
    const { id: serverId } = z.object({ id: z.string() }).parse(told.body);
    expect(told.body).toMatchObject({ addresses: [{ portId: id, address: '10.0.0.100', macAddress }] });
    expect((await makeServer({ interfaces: [{ portId: id }] })).status).toBe(409);
    expect((await ask('DELETE', `/ports/${id}`)).body).toMatchObject({ errors: [{ field: serverId }] });
    expect((await ask('PATCH', `/ports/${id}`, { macAddress: 'fa:16:3e:00:01:00' })).status).toBe(409);
    const { generation } = await cloud.core.database.prisma.server.findUniqueOrThrow({ where: { id: serverId } });
    expect((await ask('PATCH', `/ports/${id}`, { securityGroupIds: [] })).status).toBe(200);
    const row = await cloud.core.database.prisma.server.findUniqueOrThrow({ where: { id: serverId } });
    expect(row.generation).toBeGreaterThan(generation);
    await commit(cloud.core.database, (unit) => releasePorts(unit, cloud.core, serverId, 'r'));
    expect(port.parse((await ask('GET', `/ports/${id}`)).body)).toMatchObject({ serverId: null, macAddress });
  });

  test('has a port or an address alone, however many ask for it at once', async () => {
    const { id } = await makePort();
    const address = '10.0.0.130';
    for (const wanted of [{ portId: id }, { networkId: tenant.network.id, address }]) {
      const told = await Promise.all([1, 2, 3, 4].map(() => makeServer({ interfaces: [wanted] })));
      expect(told.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    }
  });

  test('is made with an address of choice, and its own port goes with it', async () => {
    const interfaces = [{ networkId: tenant.network.id, address: '10.0.0.110' }];
    const told = await makeServer({ interfaces });
    expect(told.body).toMatchObject({ addresses: [{ address: '10.0.0.110' }] });
    expect((await makeServer({ interfaces })).status).toBe(409);
    const made = z.object({ id: z.string(), addresses: z.array(z.object({ portId: z.string() })) }).parse(told.body);
    await commit(cloud.core.database, (unit) => releasePorts(unit, cloud.core, made.id, 'r'));
    expect((await ask('GET', `/ports/${made.addresses[0]?.portId}`)).status).toBe(404);
  });

  test('is made without a network; not with a stranger’s, nor twice on one', async () => {
    expect((await makeServer({ interfaces: [] })).body).toMatchObject({ addresses: [] });
    const networkId = tenant.network.id;
    const foreign = await cloud.core.database.prisma.port.create({
      data: { projectId: other.id, networkId: other.network.id, macAddress: 'fa:16:3e:00:02:00', isKept: true },
    });
    for (const more of [
      { interfaces: [{ portId: foreign.id }] },
      { interfaces: [{ networkId: other.network.id }] },
      { interfaces: [{ networkId }, { networkId }] },
      { interfaces: [{ networkId }], networkIds: [networkId] },
    ]) {
      expect((await makeServer(more)).status, JSON.stringify(more)).toBe(400);
    }
  });

  test('is made on a host of choice by operators alone', async () => {
    expect((await makeServer({ hostName: 'rack-1' })).status).toBe(403);
    expect((await makeServer({ hostName: 'rack-2' }, operator)).status).toBe(400);
    const told = await makeServer({ hostName: 'rack-1' }, operator);
    const { id } = z.object({ id: z.string() }).parse(told.body);
    const host = await cloud.core.database.prisma.host.findUniqueOrThrow({ where: { name: 'rack-1' } });
    const row = await cloud.core.database.prisma.server.findUniqueOrThrow({ where: { id } });
    expect(row.wantedHostId).toBe(host.id);
  });
});

test('goes with its project', async () => {
  const { id, network } = await makeTenant(cloud);
  await cloud.ask('POST', `/v1/networks/${network.id}/ports`, { token: operator, body: {} });
  expect((await cloud.ask('DELETE', `/v1/projects/${id}`, { token: operator })).status).toBe(204);
});

const pool = (first: string, last: string) => ({ first, last });
const addressed = z.object({ addresses: z.array(z.object({ address: z.string() })) });

test('a subnet changes what it tells guests, within what can be', async () => {
  const { id } = tenant.subnet;
  const change = { gatewayAddress: '10.0.0.250', dnsServers: ['192.0.2.53'], tags: ['t'] };
  expect((await ask('PATCH', `/subnets/${id}`, change)).body).toMatchObject(change);
  await makePort({ addresses: [{ address: '10.0.0.120' }] });
  for (const gatewayAddress of ['10.0.0.2', '10.0.0.120', '192.0.2.1', '10.0.0.0']) {
    expect((await ask('PATCH', `/subnets/${id}`, { gatewayAddress })).status, gatewayAddress).toBe(400);
  }
  expect((await ask('PATCH', `/subnets/${id}`, { gatewayAddress: null })).body).toMatchObject({ gatewayAddress: null });
});

test('ports have addresses of the pools, the lowest that is free first, and any other address of the range when it is chosen', async () => {
  const { id: networkId } = tenant.network;
  const pools = [pool('10.50.0.20', '10.50.0.21'), pool('10.50.0.10', '10.50.0.11')];
  const range = { name: 'pooled', cidr: '10.50.0.0/24', allocationPools: pools };
  const made = z.object({ id: z.string() }).parse((await ask('POST', `/networks/${networkId}/subnets`, range)).body);
  expect((await ask('GET', `/subnets/${made.id}`)).body).toMatchObject({
    dhcpAddress: '10.50.0.10',
    allocationPools: [pool('10.50.0.11', '10.50.0.11'), pool('10.50.0.20', '10.50.0.21')],
  });
  const given = async (address: Record<string, string> = {}) => {
    const told = await ask('POST', `/networks/${networkId}/ports`, { addresses: [{ subnetId: made.id, ...address }] });
    return addressed.safeParse(told.body).data?.addresses[0]?.address ?? told.status;
  };
  expect(await given({ address: '10.50.0.200' })).toBe('10.50.0.200');
  expect([await given(), await given(), await given(), await given()]).toEqual([
    '10.50.0.11',
    '10.50.0.20',
    '10.50.0.21',
    507,
  ]);
  await ask('PATCH', `/subnets/${made.id}`, { allocationPools: [] });
  expect(await given()).toBe('10.50.0.2');
});

test('limits are set by operators, and put back', async () => {
  const set = (limits: unknown) =>
    cloud.ask('PATCH', `/v1/projects/${tenant.id}/limits`, { token: operator, body: { limits } });
  const limitOf = async (name: string) => {
    const told = await cloud.ask('GET', `/v1/projects/${tenant.id}/limits`, { token });
    const { items } = z.object({ items: z.array(z.object({ name: z.string(), limit: z.number() })) }).parse(told.body);
    return items.find((each) => each.name === name)?.limit;
  };
  expect((await set({ servers: 3, ports: 7 })).status).toBe(200);
  expect([await limitOf('servers'), await limitOf('ports'), await limitOf('networks')]).toEqual([3, 7, 10]);
  await set({ servers: null });
  expect([await limitOf('servers'), await limitOf('ports')]).toEqual([20, 7]);
  expect((await set({ chairs: 1 })).status).toBe(400);
  expect((await set({ servers: -1 })).status).toBe(400);
});
