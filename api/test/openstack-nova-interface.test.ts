import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makePerson, makeTenant, makeToken } from './cloud.ts';
import { factsOf, makeHost } from './installation.ts';
import { openstackOf } from './openstack.ts';
import { type Compute, openCompute } from './openstack-compute.ts';

const withPort = z.object({ port: z.looseObject({ id: z.string() }) });
const withNetwork = z.object({ network: z.looseObject({ id: z.string() }) });
const attached = z.object({ interfaceAttachment: z.looseObject({ port_id: z.string(), net_id: z.string() }) });

let compute: Compute;
let network: Compute['member'];

beforeAll(async () => {
  compute = await openCompute();
  const { cloud, tenant } = compute;
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  network = openstackOf(cloud, '/network', await makeToken(cloud.core, person.id, {}));
});
afterAll(() => compute.cloud[Symbol.asyncDispose]());

/** A further network of the project with a subnet of these addresses. */
async function makeNetwork(prefix: string): Promise<string> {
  const made = await network('POST', '/v2.0/networks', { body: { network: { name: prefix } } });
  const { id } = withNetwork.parse(made.body).network;
  const subnet = { network_id: id, ip_version: 4, cidr: `${prefix}.0/24` };
  expect((await network('POST', '/v2.0/subnets', { body: { subnet } })).status).toBe(201);
  return id;
}

async function makePort(networkId: string): Promise<string> {
  const made = await network('POST', '/v2.0/ports', { body: { port: { network_id: networkId } } });
  return withPort.parse(made.body).port.id;
}

/** A server on a host, which is off. */
async function makeOff(): Promise<string> {
  const { cloud, makeServer, setState } = compute;
  const id = await makeServer();
  const host = await cloud.core.database.prisma.host.findFirstOrThrow({ where: { name: 'rack-1' } });
  await cloud.core.database.prisma.server.update({ where: { id }, data: { hostId: host.id } });
  await setState(id, 'stopped');
  return id;
}

const attach = (id: string, wanted: object) =>
  compute.member('POST', `/v2.1/servers/${id}/os-interface`, { body: { interfaceAttachment: wanted } });
const generationOf = async (id: string) =>
  (await compute.cloud.core.database.prisma.server.findUniqueOrThrow({ where: { id } })).generation;

describe('interfaces of a server that is off', () => {
  test('one is made on a network, its host hears of both, and it goes with its detach', async () => {
    const { member, cloud } = compute;
    const networkId = await makeNetwork('10.61.0');
    const id = await makeOff();
    const before = await generationOf(id);
    const told = await attach(id, { net_id: networkId, fixed_ips: [{ ip_address: '10.61.0.40' }] });
    const { port_id: portId } = attached.parse(told.body).interfaceAttachment;
    expect(told.body).toMatchObject({ interfaceAttachment: { fixed_ips: [{ ip_address: '10.61.0.40' }] } });
    expect(await generationOf(id)).toBeGreaterThan(before);
    expect(await cloud.core.database.prisma.hostNetwork.count({ where: { networkId } })).toBe(1);
    expect((await network('GET', `/v2.0/ports/${portId}`)).body).toMatchObject({ port: { device_id: id } });
    const one = `/v2.1/servers/${id}/os-interface/${portId}`;
    expect((await member('GET', one)).body).toMatchObject({ interfaceAttachment: { net_id: networkId } });
    expect((await member('DELETE', one)).status).toBe(202);
    expect((await member('DELETE', one)).status).toBe(404);
    expect((await network('GET', `/v2.0/ports/${portId}`)).status).toBe(404);
    expect(await cloud.core.database.prisma.hostNetwork.count({ where: { networkId } })).toBe(0);
  });

  test('a port that is there is taken, comes last, and stays when it is taken away', async () => {
    const { member } = compute;
    const portId = await makePort(await makeNetwork('10.62.0'));
    const [id, other] = [await makeOff(), await makeOff()];
    expect((await attach(id, { port_id: portId })).status).toBe(200);
    expect((await attach(other, { port_id: portId })).status).toBe(409);
    const list = z.object({ interfaceAttachments: z.array(z.looseObject({ port_id: z.string() })) });
    const all = list.parse((await member('GET', `/v2.1/servers/${id}/os-interface`)).body).interfaceAttachments;
    expect(all.map(({ port_id }) => port_id)).toEqual([expect.any(String), portId]);
    expect((await member('DELETE', `/v2.1/servers/${id}/os-interface/${portId}`)).status).toBe(202);
    expect((await network('GET', `/v2.0/ports/${portId}`)).body).toMatchObject({ port: { device_id: '' } });
    expect((await attach(other, { port_id: portId })).status).toBe(200);
  });

  test('what cannot be is refused by its field, and nothing is left of it', async () => {
    const { cloud, tenant, setState } = compute;
    const id = await makeOff();
    const ports = () => cloud.core.database.prisma.port.count();
    const networkId = await makeNetwork('10.63.0');
    const before = await ports();
    expect((await attach(id, { net_id: tenant.network.id })).text).toContain('has an interface on');
    expect((await attach(id, {})).text).toContain('net_id');
    expect((await attach(id, { net_id: networkId, port_id: networkId })).text).toContain('net_id');
    expect((await attach(id, { net_id: networkId, tag: 'x' })).text).toContain('tag');
    const elsewhere = await makeTenant(cloud);
    expect((await attach(id, { net_id: elsewhere.network.id })).status).toBe(404);
    await setState(id, 'rebooting');
    const refused = await attach(id, { net_id: networkId });
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('runs or is off')]);
    expect(await ports()).toBe(before);
  });
});

describe('interfaces of a server that runs', () => {
  const runsOf = (resourceId: string) =>
    compute.cloud.core.database.prisma.workflowRun.findMany({ where: { resourceId }, orderBy: { sequence: 'asc' } });
  const begun = async (id: string) => (await runsOf(id)).map(({ name, input }) => ({ name, input }));

  test('one is given and taken by operations, and is not taken twice', async () => {
    const { member, setState } = compute;
    const networkId = await makeNetwork('10.64.0');
    const id = await makeOff();
    await setState(id, 'running');
    const told = await attach(id, { net_id: networkId });
    const { port_id: portId } = attached.parse(told.body).interfaceAttachment;
    expect(await begun(id)).toContainEqual({ name: 'server.attach', input: { portId, networkId } });
    const one = `/v2.1/servers/${id}/os-interface/${portId}`;
    expect((await member('DELETE', one)).status).toBe(202);
    expect(await begun(id)).toContainEqual({ name: 'server.detach', input: { portId } });
    expect((await member('DELETE', one)).status).toBe(409);
    // Its host has not let go of it yet.
    expect((await network('GET', `/v2.0/ports/${portId}`)).body).toMatchObject({ port: { device_id: id } });
  });

  test('a ninth is refused', async () => {
    const { cloud, tenant, setState } = compute;
    const id = await makeOff();
    await setState(id, 'running');
    const further = await makeNetwork('10.65.7');
    const own = { projectId: tenant.id, serverId: id };
    for (let number = 1; number < 8; number += 1) {
      const named = { projectId: tenant.id, name: `full-${number}`, tunnelKey: 900_000 + number, mtu: 1450 };
      const macAddress = `fa:16:3e:65:00:0${number}`;
      const port = { create: { ...own, position: number, macAddress } };
      await cloud.core.database.prisma.network.create({ data: { ...named, ports: port } });
    }
    expect((await attach(id, { net_id: further })).text).toContain('8 interfaces');
  });
});

describe('what operators are told of hosts', () => {
  test('how long one has run, unless its agent is too old to say', async () => {
    const { cloud, operator, member } = compute;
    const { hostId } = await makeHost(cloud.core, cloud.services, 'rack-7');
    const ask = (who = operator) => who('GET', `/v2.1/os-hypervisors/${hostId}/uptime`, { version: '2.53' });
    const shown = z.object({ hypervisor: z.looseObject({ uptime: z.string() }) });
    expect(shown.parse((await ask()).body).hypervisor.uptime).toMatch(/^ \d\d:\d\d:\d\d up \d+ days, \d\d:\d\d$/);
    expect((await ask(member)).status).toBe(403);
    const { bootedAt: _, ...facts } = factsOf('rack-7');
    await cloud.core.database.prisma.host.update({ where: { id: hostId }, data: { facts } });
    expect((await ask()).status).toBe(404);
  });

  test('a service that is deleted is a host that is forgotten, by operators, while nothing is on it', async () => {
    const { cloud, operator, member } = compute;
    const { hostId } = await makeHost(cloud.core, cloud.services, 'rack-8');
    const remove = (who = operator) => who('DELETE', `/v2.1/os-services/${hostId}`, { version: '2.53' });
    expect((await remove(member)).status).toBe(403);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });
});
