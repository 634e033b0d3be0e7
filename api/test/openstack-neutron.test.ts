import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { makeHost } from './installation.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let member: Ask;
let stranger: Ask;

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  const other = await makeTenant(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const outsider = await makePerson(cloud, { project: { id: other.id, role: 'member' } });
  member = openstackOf(cloud, '/network', await makeToken(cloud.core, person.id, {}));
  stranger = openstackOf(cloud, '/network', await makeToken(cloud.core, outsider.id, {}));
  await makeHost(cloud.core, cloud.services, 'rack-1');
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function make(kind: string, plural: string, body: Record<string, unknown>): Promise<string> {
  const told = await member('POST', `/v2.0/${plural}`, { body: { [kind]: body } });
  expect(told.status, told.text).toBe(201);
  return z.object({ [kind]: z.looseObject({ id: z.string() }) }).parse(told.body)[kind]?.id ?? '';
}

test('versions need no token; extensions are listed by what is really there', async () => {
  expect((await member('GET', '/', { token: null })).body).toMatchObject({
    versions: [{ id: 'v2.0', status: 'CURRENT' }],
  });
  expect((await member('GET', '/v2.0/extensions', { token: null })).status).toBe(401);
  const told = await member('GET', '/v2.0/extensions');
  expect(told.text).toContain('security-group');
  expect(told.text).not.toMatch(/dvr|trunk|l3-ha/);
  expect((await member('GET', '/v2.0/extensions/quotas')).body).toMatchObject({ extension: { alias: 'quotas' } });
  expect((await member('GET', '/v2.0/extensions/dvr')).status).toBe(404);
  expect((await member('GET', '/v2.0/trunks')).body).toMatchObject({ NeutronError: { type: 'HTTPNotFound' } });
  expect((await member('GET', '/v2.0/availability_zones')).body).toMatchObject({
    availability_zones: ['network', 'router'].map((resource) => ({ name: 'nova', resource })),
  });
});

describe('networks and subnets', () => {
  test('are made, shown by field, changed and removed', async () => {
    const network = await make('network', 'networks', { name: 'blue', admin_state_up: true });
    const subnet = await make('subnet', 'subnets', {
      name: 'sub',
      network_id: network,
      ip_version: 4,
      cidr: '10.77.0.0/29',
      dns_nameservers: ['9.9.9.9'],
    });
    expect((await member('GET', `/v2.0/networks/${network}`)).body).toMatchObject({
      network: {
        name: 'blue',
        subnets: [subnet],
        status: 'ACTIVE',
        shared: false,
        'router:external': false,
        project_id: tenant.id,
      },
    });
    expect((await member('GET', `/v2.0/subnets/${subnet}`)).body).toMatchObject({
      subnet: {
        gateway_ip: '10.77.0.1',
        allocation_pools: [{ start: '10.77.0.3', end: '10.77.0.6' }],
        enable_dhcp: true,
      },
    });
    expect((await member('GET', `/v2.0/networks/${network}?fields=id&fields=name`)).body).toEqual({
      network: { id: network, name: 'blue' },
    });
    const renamed = await member('PUT', `/v2.0/networks/${network}`, { body: { network: { name: 'green' } } });
    expect(renamed.body).toMatchObject({ network: { name: 'green' } });
    expect((await stranger('GET', `/v2.0/networks/${network}`)).status).toBe(404);
    expect((await member('DELETE', `/v2.0/subnets/${subnet}`)).status).toBe(204);
    expect((await member('DELETE', `/v2.0/networks/${network}`)).status).toBe(204);
    expect((await member('GET', `/v2.0/networks/${network}`)).body).toMatchObject({
      NeutronError: { type: 'HTTPNotFound', detail: '' },
    });
  });

  test('what is not here is refused by name, not quietly left out', async () => {
    for (const more of [
      { 'router:external': 'perhaps' },
      { dns_domain: 'example.org.' },
      { 'provider:physical_network': 'a b' },
      { 'provider:network_type': 'token-ring' },
    ]) {
      const told = await member('POST', '/v2.0/networks', { body: { network: { name: 'bad', ...more } } });
      expect(told.body, JSON.stringify(more)).toMatchObject({
        NeutronError: { message: expect.stringContaining(Object.keys(more)[0] ?? '') },
      });
      expect(told.status).toBe(400);
    }
    const subnet = { network_id: tenant.network.id, ip_version: 4, cidr: '10.9.0.0/24' };
    for (const more of [{ ip_version: 6 }, { allocation_pools: [] }, { cidr: '10.0.0.0/24' }]) {
      expect((await member('POST', '/v2.0/subnets', { body: { subnet: { ...subnet, ...more } } })).status).toBe(400);
    }
  });

  test('lists are filtered, sorted and paged', async () => {
    for (const name of ['n1', 'n2', 'n3']) await make('network', 'networks', { name });
    const page = z.object({
      networks: z.array(z.object({ name: z.string() })),
      networks_links: z.array(z.object({ rel: z.string(), href: z.string() })).optional(),
    });
    const names: string[] = [];
    let path: string | undefined = '/v2.0/networks?sort_key=name&sort_dir=desc&limit=2&name=n1&name=n2&name=n3';
    while (path !== undefined) {
      const { networks, networks_links: links } = page.parse((await member('GET', path)).body);
      names.push(...networks.map(({ name }) => name));
      path = links?.find(({ rel }) => rel === 'next')?.href.replace(/^.*\/network\/v/, '/v');
    }
    expect(names).toEqual(['n3', 'n2', 'n1']);
    const count = async (query: string) =>
      page.parse((await member('GET', `/v2.0/networks?${query}`)).body).networks.length;
    expect(await count('name=nobody')).toBe(0);
    expect(await count('shared=True')).toBe(0);
    expect(await count('router:external=False')).toBe(4);
    expect((await member('GET', '/v2.0/networks?limit=-1')).status).toBe(400);
    expect((await stranger('GET', '/v2.0/networks')).text).not.toContain('n1');
  });
});

test('ports are those of servers, found by their server, network and address', async () => {
  const parts = await makeParts(cloud);
  const { prisma } = cloud.core.database;
  const server = await prisma.server.create({
    data: {
      projectId: tenant.id,
      name: 'web',
      state: 'running',
      imageId: parts.image.id,
      reservationId: 'r-1',
      flavorId: parts.flavor.id,
      flavorName: 'f',
      vcpus: 1,
      memoryMib: 64,
      diskGib: 1,
    },
  });
  const at = { projectId: tenant.id, networkId: tenant.network.id, serverId: server.id };
  const port = await prisma.port.create({ data: { ...at, macAddress: 'fa:00:00:00:00:01' } });
  await prisma.portAddress.create({
    data: { portId: port.id, networkId: at.networkId, subnetId: tenant.subnet.id, address: '10.0.0.9' },
  });
  for (const query of [
    `device_id=${server.id}`,
    `network_id=${at.networkId}`,
    'fixed_ips=ip_address=10.0.0.9',
    `fixed_ips=subnet_id=${tenant.subnet.id}`,
    'device_owner=compute:nova',
  ]) {
    expect((await member('GET', `/v2.0/ports?${query}`)).body, query).toMatchObject({
      ports: [{ id: port.id, device_id: server.id }],
    });
  }
  expect((await member('GET', `/v2.0/ports?device_id=${randomUUID()}`)).body).toEqual({ ports: [] });
  expect((await member('GET', `/v2.0/ports/${port.id}`)).body).toMatchObject({
    port: { fixed_ips: [{ ip_address: '10.0.0.9' }] },
  });
  expect((await member('DELETE', `/v2.0/networks/${at.networkId}`)).status).toBe(409);
});

describe('security groups', () => {
  test('are made with what may go out, and get rules', async () => {
    const group = await make('security_group', 'security-groups', { name: 'web', description: 'x' });
    const rule = {
      security_group_id: group,
      direction: 'ingress',
      ethertype: 'IPv4',
      protocol: 'tcp',
      port_range_min: 22,
      port_range_max: 22,
      remote_ip_prefix: '0.0.0.0/0',
    };
    const made = await make('security_group_rule', 'security-group-rules', rule);
    expect((await member('POST', '/v2.0/security-group-rules', { body: { security_group_rule: rule } })).status).toBe(
      409,
    );
    expect(
      (await member('GET', `/v2.0/security-group-rules?security_group_id=${group}&direction=ingress`)).body,
    ).toMatchObject({
      security_group_rules: [{ id: made, protocol: 'tcp', port_range_min: 22, project_id: tenant.id }],
    });
    expect((await member('GET', `/v2.0/security-group-rules/${made}`)).body).toMatchObject({
      security_group_rule: { security_group_id: group },
    });
    expect((await stranger('GET', `/v2.0/security-group-rules/${made}`)).status).toBe(404);
    expect((await member('GET', `/v2.0/security-groups?name=web&fields=id&fields=name`)).body).toEqual({
      security_groups: [{ id: group, name: 'web' }],
    });
    expect((await member('DELETE', `/v2.0/security-group-rules/${made}`)).status).toBe(204);
    expect(
      (await member('PUT', `/v2.0/security-groups/${group}`, { body: { security_group: { name: 'api' } } })).body,
    ).toMatchObject({ security_group: { name: 'api' } });
    expect((await member('DELETE', `/v2.0/security-groups/${group}`)).status).toBe(204);
    expect((await member('DELETE', `/v2.0/security-groups/${tenant.group.id}`)).status).toBe(409);
  });

  test('rules that hosts could not keep are refused', async () => {
    const rule = { security_group_id: tenant.group.id, direction: 'ingress', protocol: 'tcp' };
    for (const more of [
      { ethertype: 'IPv5' },
      { protocol: 'no-such-protocol' },
      { port_range_min: 80, port_range_max: 79 },
      { port_range_min: 0, port_range_max: 65_536 },
    ]) {
      const told = await member('POST', '/v2.0/security-group-rules', {
        body: { security_group_rule: { ...rule, ...more } },
      });
      expect(told.status, JSON.stringify(more)).toBe(400);
    }
    for (const more of [{ remote_group_id: randomUUID() }, { remote_group_id: 'web' }]) {
      const body = { security_group_rule: { ...rule, ...more } };
      expect((await member('POST', '/v2.0/security-group-rules', { body })).status).toBe(404);
    }
    const twin = await member('POST', '/v2.0/security-groups', { body: { security_group: { name: 'default' } } });
    expect(twin.status).toBe(409);
  });
});

test('quotas are read', async () => {
  expect((await member('GET', `/v2.0/quotas/${tenant.id}`)).body).toMatchObject({ quota: { network: 10, port: 100 } });
  expect((await member('GET', `/v2.0/quotas/${tenant.id}/default`)).body).toMatchObject({ quota: { subnet: 20 } });
  await cloud.core.database.prisma.quotaDefault.create({ data: { name: 'subnets', limit: 21 } });
  expect((await member('GET', `/v2.0/quotas/${tenant.id}/default`)).body).toMatchObject({ quota: { subnet: 21 } });
  expect((await member('GET', `/v2.0/quotas/${tenant.id}/details.json`)).body).toMatchObject({
    quota: { network: { limit: 10, reserved: 0 } },
  });
  expect((await stranger('GET', `/v2.0/quotas/${tenant.id}`)).status).toBe(404);
});
