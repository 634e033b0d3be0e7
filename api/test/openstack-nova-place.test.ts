import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makePerson, makeToken } from './cloud.ts';
import { openstackOf } from './openstack.ts';
import { type Compute, openCompute } from './openstack-compute.ts';

let compute: Compute;
let network: Compute['member'];

beforeAll(async () => {
  compute = await openCompute();
  const { cloud, tenant } = compute;
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  network = openstackOf(cloud, '/network', await makeToken(cloud.core, person.id, {}));
});
afterAll(() => compute.cloud[Symbol.asyncDispose]());

const shown = z.object({ server: z.looseObject({ addresses: z.record(z.string(), z.array(z.looseObject({}))) }) });

async function addressesOf(id: string) {
  return shown.parse((await compute.member('GET', `/v2.1/servers/${id}`)).body).server.addresses;
}

async function refused(server: Record<string, unknown>, version = '2.1', ask = compute.member) {
  const { parts } = compute;
  const body = { server: { name: 'bad', imageRef: parts.image.id, flavorRef: parts.flavor.id, ...server } };
  return (await ask('POST', '/v2.1/servers', { version, body })).status;
}

describe('interfaces of a new server', () => {
  test('an address of choice, a port that is there, or none at all', async () => {
    const { tenant, makeServer } = compute;
    const networks = [{ uuid: tenant.network.id, fixed_ip: '10.0.0.40' }];
    expect(await addressesOf(await makeServer({ networks }))).toMatchObject({ default: [{ addr: '10.0.0.40' }] });
    expect(await refused({ networks })).toBe(409);
    const port = { network_id: tenant.network.id, fixed_ips: [{ ip_address: '10.0.0.41' }] };
    const made = await network('POST', '/v2.0/ports', { body: { port } });
    const { id } = z.object({ port: z.object({ id: z.string() }) }).parse(made.body).port;
    const serverId = await makeServer({ networks: [{ port: id }] });
    expect(await addressesOf(serverId)).toMatchObject({ default: [{ addr: '10.0.0.41' }] });
    expect((await network('GET', `/v2.0/ports/${id}`)).body).toMatchObject({
      port: { device_id: serverId, device_owner: 'compute:nova' },
    });
    expect(await refused({ networks: [{ port: id }] })).toBe(409);
    expect(await addressesOf(await makeServer({ networks: 'none' }, '2.37'))).toEqual({});
  });

  test('groups are put on it and taken off', async () => {
    const { makeServer, member, tenant } = compute;
    const id = await makeServer();
    const act = (body: unknown) => member('POST', `/v2.1/servers/${id}/action`, { body });
    const groups = async () => (await member('GET', `/v2.1/servers/${id}`)).body;
    expect((await act({ removeSecurityGroup: { name: 'default' } })).status).toBe(202);
    expect(JSON.stringify(await groups())).not.toContain('security_groups');
    expect((await act({ removeSecurityGroup: { name: 'default' } })).status).toBe(404);
    expect((await act({ addSecurityGroup: { name: tenant.group.id } })).status).toBe(202);
    expect(await groups()).toMatchObject({ server: { security_groups: [{ name: 'default' }] } });
  });
});

describe('the host of a new server', () => {
  test('is chosen by operators alone', async () => {
    const { operator, cloud, parts } = compute;
    const zone = { availability_zone: 'nova:rack-1' };
    expect(await refused(zone)).toBe(403);
    expect(await refused({ availability_zone: 'nova:nobody' }, '2.1', operator)).toBe(400);
    expect(await refused({ host: 'rack-1' }, '2.73', operator)).toBe(400);
    expect(await refused({ host: 'rack-1', hypervisor_hostname: 'rack-2', networks: 'auto' }, '2.74', operator)).toBe(
      400,
    );
    for (const [version, place] of [
      ['2.1', zone],
      ['2.1', { availability_zone: 'nova::rack-1' }],
      ['2.74', { host: 'rack-1', networks: 'auto' }],
    ] as const) {
      const server = { name: 'placed', imageRef: parts.image.id, flavorRef: parts.flavor.id, ...place };
      const told = await operator('POST', '/v2.1/servers', { version, body: { server } });
      expect(told.status, told.text).toBe(202);
    }
    const rows = await cloud.core.database.prisma.server.findMany({ where: { name: 'placed' } });
    expect(rows.every(({ wantedHostId }) => wantedHostId !== null)).toBe(true);
    expect(rows.length).toBe(3);
  });

  test('is found by name, with its servers, as before 2.53', async () => {
    const { operator, member } = compute;
    expect((await operator('GET', '/v2.1/os-hypervisors/rack/search')).body).toMatchObject({
      hypervisors: [{ hypervisor_hostname: 'rack-1' }],
    });
    expect((await operator('GET', '/v2.1/os-hypervisors/rack-1/servers')).status).toBe(200);
    expect((await operator('GET', '/v2.1/os-hypervisors/nobody/search')).status).toBe(404);
    expect((await operator('GET', '/v2.1/os-hosts/rack-1')).body).toMatchObject({
      host: [{ resource: { host: 'rack-1', project: '(total)' } }, {}, {}],
    });
    expect((await operator('PUT', '/v2.1/os-hosts/rack-1', { body: { status: 'enable' } })).body).toEqual({
      host: 'rack-1',
      status: 'enabled',
    });
    for (const path of ['/v2.1/os-hypervisors/rack/search', '/v2.1/os-hosts/rack-1']) {
      expect((await member('GET', path)).status, path).toBe(403);
    }
  });
});

describe('quotas', () => {
  test('are set by operators, not below what is used unless forced', async () => {
    const { operator, member, tenant, makeServer, cloud } = compute;
    const at = `/v2.1/os-quota-sets/${tenant.id}`;
    const set = (quota_set: Record<string, unknown>, ask = operator) => ask('PUT', at, { body: { quota_set } });
    await makeServer();
    expect((await set({ cores: 50 }, member)).status).toBe(403);
    expect((await set({ cores: 50, ram: -1 })).body).toMatchObject({ quota_set: { cores: 50, ram: -1 } });
    expect((await member('GET', at)).body).toMatchObject({ quota_set: { cores: 50, ram: -1, instances: 20 } });
    expect((await set({ instances: 0 })).status).toBe(400);
    expect((await set({ instances: 0, force: true })).status).toBe(200);
    expect((await set({ key_pairs: 3 })).body).toMatchObject({ quota_set: { key_pairs: 3 } });
    expect((await set({ server_groups: 3 })).body).toMatchObject({ quota_set: { server_groups: 3 } });
    expect((await operator('DELETE', at)).status).toBe(202);
    await cloud.core.database.prisma.quotaDefault.create({
      data: { domainId: cloud.domainId, name: 'keyPairs', limit: 7 },
    });
    expect((await member('GET', `${at}/defaults`)).body).toMatchObject({ quota_set: { key_pairs: 7, cores: 40 } });
    expect((await member('GET', at)).body).toMatchObject({ quota_set: { cores: 40, instances: 20 } });
  });
});

test('the quota class default is what projects get that have no limits of their own', async () => {
  const { operator, member, tenant } = compute;
  const at = '/v2.1/os-quota-class-sets/default';
  const set = (quota_class_set: object, ask = operator) =>
    ask('PUT', at, { body: { quota_class_set }, version: '2.57' });
  expect((await set({ instances: 12, cores: -1 }, member)).status).toBe(403);
  expect((await set({ instances: 12, cores: -1 })).body).toMatchObject({
    quota_class_set: { instances: 12, cores: -1 },
  });
  expect((await operator('GET', at)).body).toMatchObject({
    quota_class_set: { id: 'default', instances: 12, cores: -1 },
  });
  const quotas = await member('GET', `/v2.1/os-quota-sets/${tenant.id}`);
  expect(quotas.body).toMatchObject({ quota_set: { instances: 12, cores: -1 } });
  expect((await set({ instances: -2 })).status).toBe(400);
  expect((await operator('GET', '/v2.1/os-quota-class-sets/gold')).status).toBe(404);
});

test('v2.0 is v2.1 at its first microversion', async () => {
  const { member, operator } = compute;
  expect((await member('GET', '/', { token: null })).body).toMatchObject({
    versions: [{ id: 'v2.0', status: 'SUPPORTED' }, { id: 'v2.1' }],
  });
  const told = await operator('GET', '/v2/os-hosts', { version: '2.74' });
  expect([told.status, told.headers.get('openstack-api-version')]).toEqual([200, 'compute 2.1']);
  expect((await member('GET', '/v2/servers', { token: null })).status).toBe(401);
});

test('an unheard-of action of a server that is not there is 404', async () => {
  const told = await compute.member('POST', `/v2.1/servers/${crypto.randomUUID()}/action`, { body: { migrate: null } });
  expect(told.status).toBe(404);
});
