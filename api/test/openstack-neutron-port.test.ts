import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let member: Ask;
let reader: Ask;
let stranger: Ask;
let operator: Ask;

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
  const as = async (roles: Parameters<typeof makePerson>[1]) =>
    openstackOf(cloud, '/network', await makeToken(cloud.core, (await makePerson(cloud, roles)).id, {}));
  member = await as({ project: { id: tenant.id, role: 'member' } });
  reader = await as({ project: { id: tenant.id, role: 'reader' } });
  stranger = await as({ project: { id: other.id, role: 'member' } });
  operator = await as({ project: { id: tenant.id, role: 'admin' }, system: 'admin' });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const created = z.object({ port: z.looseObject({ id: z.string() }) });

async function makePort(more: Record<string, unknown> = {}) {
  const port = { network_id: tenant.network.id, admin_state_up: true, ...more };
  const told = await member('POST', '/v2.0/ports', { body: { port } });
  expect(told.status, told.text).toBe(201);
  return created.parse(told.body).port;
}

describe('ports', () => {
  test('are made, changed and removed in Neutron’s words', async () => {
    const wanted = {
      name: 'db',
      description: 'of the database',
      mac_address: 'FA:16:3E:00:00:50',
      fixed_ips: [{ subnet_id: tenant.subnet.id, ip_address: '10.0.0.50' }],
      security_groups: [],
    };
    const made = await makePort(wanted);
    expect(made).toMatchObject({
      ...wanted,
      mac_address: 'fa:16:3e:00:00:50',
      status: 'DOWN',
      device_id: '',
      device_owner: '',
      admin_state_up: true,
      project_id: tenant.id,
      'binding:vnic_type': 'normal',
    });
    const changed = await member('PUT', `/v2.0/ports/${made.id}`, {
      body: { port: { name: '', fixed_ips: [{ ip_address: '10.0.0.51' }], security_groups: [tenant.group.id] } },
    });
    expect(changed.body).toMatchObject({
      port: { name: '', fixed_ips: [{ ip_address: '10.0.0.51' }], security_groups: [tenant.group.id] },
    });
    const query = 'mac_address=fa:16:3e:00:00:50&fixed_ips=ip_address=10.0.0.51';
    expect((await member('GET', `/v2.0/ports?${query}`)).body).toMatchObject({ ports: [{ id: made.id }] });
    expect((await reader('DELETE', `/v2.0/ports/${made.id}`)).status).toBe(403);
    expect((await stranger('DELETE', `/v2.0/ports/${made.id}`)).status).toBe(404);
    expect((await member('DELETE', `/v2.0/ports/${made.id}`)).status).toBe(204);
  });

  test('what a tenant may not say of one is refused by name', async () => {
    for (const more of [
      { device_owner: 'network:dhcp' },
      { device_id: tenant.id },
      { allowed_address_pairs: [{ ip_address: '10.0.0.0/33' }] },
      { fixed_ips: [] },
      { 'binding:host_id': 'rack-1' },
    ]) {
      const port = { network_id: tenant.network.id, ...more };
      const told = await member('POST', '/v2.0/ports', { body: { port } });
      expect(told.body, JSON.stringify(more)).toMatchObject({
        NeutronError: { message: expect.stringContaining(Object.keys(more)[0] ?? '') },
      });
      expect(told.status).toBe(400);
    }
    const foreign = { network_id: other.network.id };
    expect((await member('POST', '/v2.0/ports', { body: { port: foreign } })).status).toBe(404);
  });
});

test('subnets change what guests are told, and no more', async () => {
  const at = `/v2.0/subnets/${tenant.subnet.id}`;
  const set = (subnet: Record<string, unknown>) => member('PUT', at, { body: { subnet } });
  expect((await set({ name: 'a', gateway_ip: null, dns_nameservers: ['9.9.9.9'] })).body).toMatchObject({
    subnet: { name: 'a', gateway_ip: null, dns_nameservers: ['9.9.9.9'] },
  });
  const said = {
    enable_dhcp: false,
    allocation_pools: [{ start: '10.0.0.100', end: '10.0.0.110' }],
    host_routes: [{ destination: '192.0.2.0/24', nexthop: '10.0.0.9' }],
  };
  expect((await set(said)).body).toMatchObject({ subnet: said });
  const [first, second] = [
    { start: '10.0.0.9', end: '10.0.0.20' },
    { start: '10.0.0.20', end: '10.0.0.30' },
  ];
  const everywhere = { destination: '0.0.0.0/0', nexthop: '10.0.0.9' };
  for (const more of [
    { cidr: '10.0.0.0/25' },
    { gateway_ip: '192.0.2.1' },
    { gateway_ip: '10.0.0.105' },
    { allocation_pools: [first, second] },
    { host_routes: [everywhere] },
    { host_routes: [{ destination: '192.0.2.1/24', nexthop: '10.0.0.9' }] },
  ]) {
    expect((await set(more)).status, JSON.stringify(more)).toBe(400);
  }
  expect((await reader('PUT', at, { body: { subnet: { name: 'b' } } })).status).toBe(403);
  expect((await stranger('PUT', at, { body: { subnet: { name: 'b' } } })).status).toBe(404);
});

describe('tags', () => {
  test.each([
    ['networks', () => tenant.network.id],
    ['subnets', () => tenant.subnet.id],
    ['security-groups', () => tenant.group.id],
  ] as const)('of %s are put, found by, and taken away', async (path, idOf) => {
    const at = `/v2.0/${path}/${idOf()}/tags`;
    const has = async (query: string) => (await member('GET', `/v2.0/${path}?${query}`)).text.includes(idOf());
    expect((await member('PUT', at, { body: { tags: ['red', 'blue'] } })).body).toEqual({ tags: ['red', 'blue'] });
    expect((await member('PUT', `${at}/green`)).status).toBe(201);
    expect((await member('GET', `${at}/green`)).status).toBe(204);
    expect(await has('tags=red,green')).toBe(true);
    expect(await has('tags=red,black')).toBe(false);
    expect(await has('tags-any=red,black')).toBe(true);
    expect(await has('not-tags-any=red')).toBe(false);
    expect((await member('DELETE', `${at}/red`)).status).toBe(204);
    expect((await member('DELETE', `${at}/red`)).status).toBe(404);
    expect((await reader('PUT', at, { body: { tags: [] } })).status).toBe(403);
    expect((await stranger('GET', at)).status).toBe(404);
    expect((await member('PUT', at, { body: { tags: ['a/b'] } })).status).toBe(400);
    expect((await member('DELETE', at)).status).toBe(204);
    expect((await member('GET', at)).body).toEqual({ tags: [] });
  });
});

describe('operators', () => {
  test('are shown what is in all projects; nobody else is', async () => {
    for (const [path, id] of [
      ['networks', other.network.id],
      ['subnets', other.subnet.id],
      ['security-groups', other.group.id],
    ] as const) {
      expect((await operator('GET', `/v2.0/${path}`)).text).toContain(id);
      expect((await operator('GET', `/v2.0/${path}?project_id=${tenant.id}`)).text).not.toContain(id);
      expect((await member('GET', `/v2.0/${path}`)).text).not.toContain(id);
    }
  });

  test('set quotas, and put them back', async () => {
    const at = `/v2.0/quotas/${tenant.id}`;
    const set = (ask: Ask) => ask('PUT', at, { body: { quota: { port: 7, network: -1 } } });
    expect((await set(member)).status).toBe(403);
    expect((await set(stranger)).status).toBe(404);
    expect((await set(operator)).body).toMatchObject({ quota: { port: 7, network: -1, subnet: 20 } });
    expect((await member('GET', at)).body).toMatchObject({ quota: { port: 7, network: -1 } });
    expect((await operator('PUT', at, { body: { quota: { trunk: 1 } } })).status).toBe(400);
    expect((await operator('DELETE', at)).status).toBe(204);
    expect((await member('GET', at)).body).toMatchObject({ quota: { port: 100, network: 10 } });
  });
});
