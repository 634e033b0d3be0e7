// H10: lists are narrowed in the database, so also what is behind the first thousand is found, in whole pages.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';
import { makeHost } from './installation.ts';
import { type Ask, openstackOf } from './openstack.ts';

const many = 1_050;
let cloud: Cloud;
let tenant: Tenant;
let token: string;
let operator: string;
let neutron: Ask;
const at = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 1000);

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
  operator = (await makePerson(cloud, { system: 'admin' })).token;
  neutron = openstackOf(cloud, '/network', token);
  const { prisma } = cloud.core.database;
  const group = await prisma.securityGroup.create({ data: { projectId: tenant.id, name: 'rare' } });
  // The oldest are the last of a list: three of them have what is asked for.
  const numbers = Array.from({ length: many }, (_, number) => number);
  const ports = numbers.map((number) => ({
    projectId: tenant.id,
    networkId: tenant.network.id,
    name: `port-${number}`,
    macAddress: `fa:16:3e:01:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}`,
    tags: number < 3 ? ['rare', 'old'] : ['old'],
    createdAt: at(number),
  }));
  await prisma.port.createMany({ data: ports });
  const rare = await prisma.port.findMany({ where: { tags: { has: 'rare' } }, select: { id: true } });
  await prisma.portSecurityGroup.createMany({
    data: rare.map(({ id }) => ({ portId: id, securityGroupId: group.id })),
  });
  rareGroup = group.id;
}, 60_000);
afterAll(() => cloud[Symbol.asyncDispose]());

let rareGroup: string;
const listed = z.object({ items: z.array(z.object({ name: z.string() })), nextCursor: z.string().nullable() });
const ask = async (path: string, as = token) => {
  const told = await cloud.ask('GET', `/v1${path}`, { token: as });
  expect(told.status, told.text).toBe(200);
  return listed.parse(told.body);
};
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);

test.each([
  ['tags', () => 'tags=rare,old'],
  ['a security group', () => `securityGroupId=${rareGroup}`],
])('ports are found by %s however many there are, page by page', async (_, query) => {
  const path = `/projects/${tenant.id}/ports?${query()}`;
  expect(names((await ask(path)).items)).toEqual(['port-2', 'port-1', 'port-0']);
  const first = await ask(`${path}&limit=2`);
  expect(names(first.items)).toEqual(['port-2', 'port-1']);
  expect(await ask(`${path}&limit=2&cursor=${first.nextCursor}`)).toEqual({
    items: [{ name: 'port-0' }],
    nextCursor: null,
  });
});

test('so they are at the network door, with links from page to page', async () => {
  const answer = z.object({
    ports: z.array(z.object({ id: z.string(), name: z.string() })),
    ports_links: z.array(z.object({ rel: z.string(), href: z.string() })).default([]),
  });
  for (const query of ['tags=rare,old', `security_groups=${rareGroup}`]) {
    const get = async (more: string) => answer.parse((await neutron('GET', `/v2.0/ports?${query}${more}`)).body);
    expect(names((await get('')).ports)).toEqual(['port-2', 'port-1', 'port-0']);
    const first = await get('&limit=2');
    expect(names(first.ports)).toEqual(['port-2', 'port-1']);
    expect(first.ports_links.map(({ rel }) => rel)).toContain('next');
    const last = await get(`&limit=2&marker=${first.ports[1]?.id}`);
    expect(names(last.ports)).toEqual(['port-0']);
    expect(last.ports_links.map(({ rel }) => rel)).not.toContain('next');
  }
});

test.each(['networks', 'subnets', 'routers', 'floating-ips', 'security-groups'])(
  '%s are narrowed by tags',
  async (noun) => {
    const path = `/projects/${tenant.id}/${noun}`;
    expect((await ask(`${path}?tags=nobody-has-it`)).items).toEqual([]);
  },
);

test('hosts are listed zone by zone, and the zones are counted in the database', async () => {
  const { prisma } = cloud.core.database;
  const { hostId } = await makeHost(cloud.core, cloud.services, 'template');
  const { facts } = await prisma.host.update({ where: { id: hostId }, data: { availabilityZone: 'attic' } });
  const numbers = Array.from({ length: many }, (_, number) => number);
  const size = {
    vcpus: 4,
    memoryMib: 8192,
    diskGib: 100,
    underlayAddress: '192.0.2.1',
    redisPasswordHash: 'a'.repeat(64),
  };
  await prisma.host.createMany({
    data: numbers.map((number) => ({
      ...size,
      name: `host-${number}`,
      facts: facts ?? {},
      availabilityZone: number < 2 ? 'cellar' : 'hall',
      credentialHash: Buffer.from(`credential-${number}`),
      lastHeartbeatAt: new Date(),
      createdAt: at(number),
    })),
  });
  expect(names((await ask('/hosts?availabilityZone=cellar', operator)).items)).toEqual(['host-1', 'host-0']);
  const told = await cloud.ask('GET', '/v1/cloud', { token: operator });
  expect(told.body).toMatchObject({
    zones: expect.arrayContaining([
      expect.objectContaining({ name: 'cellar', hosts: 2, openHosts: 2 }),
      expect.objectContaining({ name: 'hall', hosts: many - 2 }),
    ]),
  });
});

test('a host is found by its name behind a thousand others, and more servers than that on it', async () => {
  const { prisma } = cloud.core.database;
  const nova = openstackOf(cloud, '/compute', operator);
  const [oldest, next] = await Promise.all(
    ['host-0', 'host-1'].map((name) => prisma.host.findUniqueOrThrow({ where: { name } })),
  );
  const flavor = { flavorId: tenant.id, flavorName: 'any', vcpus: 1, memoryMib: 64, diskGib: 1 };
  const common = {
    ...flavor,
    projectId: tenant.id,
    state: 'stopped',
    reservationId: 'r-0',
    hostId: oldest?.id ?? null,
  };
  const servers = Array.from({ length: many }, (_, number) => ({
    ...common,
    name: `server-${number}`,
    createdAt: at(number),
  }));
  await prisma.server.createMany({ data: servers });
  const hypervisors = async (path: string) =>
    withServers.parse((await nova('GET', `/v2.1/os-hypervisors/${path}`)).body).hypervisors;
  const [found, ...others] = await hypervisors('host-0/servers');
  expect([found?.hypervisor_hostname, others]).toEqual(['host-0', []]);
  expect(found?.servers.length).toBe(many);
  expect(found?.servers.at(-1)?.name).toBe('server-0');
  expect((await hypervisors('host-10/search')).map((each) => each.hypervisor_hostname)).toEqual(
    expect.arrayContaining(['host-10', 'host-100', 'host-1049']),
  );
  const aggregate = z.object({ aggregate: z.object({ id: z.number() }) });
  const made = await nova('POST', '/v2.1/os-aggregates', { body: { aggregate: { name: 'old' } } });
  const added = await nova('POST', `/v2.1/os-aggregates/${aggregate.parse(made.body).aggregate.id}/action`, {
    body: { add_host: { host: next?.name } },
  });
  expect(added.body).toMatchObject({ aggregate: { hosts: ['host-1'] } });
});

const withServers = z.object({
  hypervisors: z.array(
    z.object({ hypervisor_hostname: z.string(), servers: z.array(z.object({ name: z.string() })).default([]) }),
  ),
});

test('the default subnet pool is found behind a thousand others', async () => {
  const { prisma } = cloud.core.database;
  const sizes = { family: 4, minPrefixLength: 8, maxPrefixLength: 29, defaultPrefixLength: 26 };
  const pools = Array.from({ length: many }, (_, number) => ({
    ...sizes,
    projectId: tenant.id,
    name: `pool-${number}`,
    isDefault: number === 0,
    createdAt: at(number),
  }));
  await prisma.subnetPool.createMany({ data: pools });
  const { id } = await prisma.subnetPool.findFirstOrThrow({ where: { name: 'pool-0' } });
  await prisma.subnetPoolPrefix.create({ data: { subnetPoolId: id, prefix: '10.77.0.0/16' } });
  const network = await neutron('POST', '/v2.0/networks', { body: { network: { name: 'pooled' } } });
  const { id: network_id } = z.object({ network: z.object({ id: z.string() }) }).parse(network.body).network;
  const subnet = { network_id, use_default_subnetpool: true, ip_version: 4 };
  expect((await neutron('POST', '/v2.0/subnets', { body: { subnet } })).body).toMatchObject({
    subnet: { cidr: '10.77.0.0/26', subnetpool_id: id },
  });
});
