import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makePerson, makeTenant } from './cloud.ts';
import { type Ask, openstackOf } from './openstack.ts';
import { type Compute, openCompute } from './openstack-compute.ts';

// Where ports are and what they are called, and how many addresses networks have to give.
let compute: Compute;
let member: Ask;
let stranger: Ask;
let operator: Ask;
beforeAll(async () => {
  compute = await openCompute();
  const { cloud, tenant } = compute;
  const other = await makeTenant(cloud);
  const askAs = async (projectId: string, system?: 'admin') => {
    const person = await makePerson(cloud, { project: { id: projectId, role: 'member' }, ...(system && { system }) });
    return openstackOf(cloud, '/network', person.token);
  };
  member = await askAs(tenant.id);
  stranger = await askAs(other.id);
  operator = await askAs(tenant.id, 'admin');
});
afterAll(() => compute.cloud[Symbol.asyncDispose]());

const thing = z.looseObject({ id: z.string() });
async function make(kind: string, body: Record<string, unknown>): Promise<string> {
  const told = await member('POST', `/v2.0/${kind}s`, { body: { [kind]: body } });
  expect(told.status, told.text).toBe(201);
  return thing.parse(z.record(z.string(), z.unknown()).parse(told.body)[kind]).id;
}
const available = z.object({ network_ip_availabilities: z.array(z.looseObject({})) });
const listed = async (query: string, ask = member) => {
  const told = await ask('GET', `/v2.0/network-ip-availabilities?${query}`);
  expect(told.status, told.text).toBe(200);
  return available.parse(told.body).network_ip_availabilities;
};

test('a port is told by the name of its server, and to operators with its host', async () => {
  const port = await make('port', { network_id: compute.tenant.network.id, 'binding:profile': {} });
  const at = `/v2.0/ports/${port}`;
  const unbound = { 'binding:host_id': '', 'binding:vif_type': 'unbound', 'binding:profile': {}, dns_name: '' };
  expect((await operator('GET', at)).body).toMatchObject({ port: { ...unbound, dns_assignment: [] } });
  const server = await compute.makeServer({ name: 'My Web', networks: [{ port }] });
  const { prisma } = compute.cloud.core.database;
  const host = await prisma.host.findFirstOrThrow({ where: { name: 'rack-1' } });
  await prisma.server.update({ where: { id: server }, data: { hostId: host.id } });
  const dns_assignment = [
    { hostname: 'my-web', fqdn: 'my-web.novalocal.', ip_address: expect.stringMatching(/^10\./) },
  ];
  const bound = { 'binding:host_id': 'rack-1', 'binding:vif_type': 'ovs', dns_name: 'my-web', dns_assignment };
  expect((await operator('GET', at)).body).toMatchObject({ port: bound });
  expect((await operator('GET', '/v2.0/ports?binding:host_id=rack-1')).body).toMatchObject({ ports: [bound] });
  const told = await member('GET', at);
  expect(told.body).toMatchObject({ port: { dns_name: 'my-web', dns_assignment } });
  expect(told.text).not.toContain('host_id');
  expect(told.text).not.toContain('rack-1');
});

test('a port is found by the name that it is given, until that is taken away', async () => {
  const { network } = compute.tenant;
  const port = await make('port', { network_id: network.id, dns_name: 'Data-Base' });
  const at = `/v2.0/ports/${port}`;
  const assigned = (hostname: string) => [expect.objectContaining({ hostname, fqdn: `${hostname}.novalocal.` })];
  const named = { dns_name: 'data-base', dns_assignment: assigned('data-base') };
  expect((await member('GET', at)).body).toMatchObject({ port: named });
  await compute.makeServer({ name: 'Shop', networks: [{ port }] });
  expect((await member('GET', at)).body).toMatchObject({ port: named });
  const set = (dns_name: unknown) => member('PUT', at, { body: { port: { dns_name } } });
  expect((await set('other')).body).toMatchObject({ port: { dns_name: 'other' } });
  expect((await set('')).body).toMatchObject({ port: { dns_name: 'shop', dns_assignment: assigned('shop') } });
  for (const bad of ['a.b', '-a', 'a-', 'a_b', 'a'.repeat(64), 'localhost', 'a\nb', 'ü']) {
    expect(await set(bad)).toMatchObject({ status: 400, text: expect.stringContaining('dns_name') });
  }
  expect((await set('a'.repeat(63))).status).toBe(200);
});

test.each([
  ['binding:host_id', 'rack-1'],
  ['binding:profile', { trusted: true }],
  ['binding:vnic_type', 'direct'],
])('%s of a port follows from what has it, and is refused by name', async (field, value) => {
  const body = { port: { network_id: compute.tenant.network.id, [field]: value } };
  const told = await operator('POST', '/v2.0/ports', { body });
  expect(told).toMatchObject({ status: 400, text: expect.stringContaining(field) });
});

test('networks tell how many addresses they have to give, and give, subnet by subnet, to their own project', async () => {
  const network_id = await make('network', { name: 'counted' });
  const allocation_pools = [{ start: '10.70.0.10', end: '10.70.0.19' }];
  const cidr = '10.70.0.0/24';
  const subnet_id = await make('subnet', {
    network_id,
    ip_version: 4,
    cidr,
    allocation_pools,
    gateway_ip: '10.70.0.1',
  });
  await make('subnet', { network_id, ip_version: 6, cidr: 'fd00:70::/64' });
  await make('port', { network_id, fixed_ips: [{ subnet_id }] });
  const [four] = await listed('network_name=counted&ip_version=4');
  // Of the pool one is DHCP's.
  const ofFour = { subnet_id, cidr, ip_version: 4, total_ips: 9, used_ips: 1 };
  expect(four).toMatchObject({ network_id, project_id: compute.tenant.id });
  expect(four).toMatchObject({ total_ips: 9, used_ips: 1, subnet_ip_availability: [ofFour] });
  const [six] = await listed('network_name=counted&ip_version=6');
  expect(six).toMatchObject({ used_ips: 0, subnet_ip_availability: [{ cidr: 'fd00:70::/64', ip_version: 6 }] });
  expect(await listed('network_name=counted&ip_version=5')).toEqual([]);
  const at = `/v2.0/network-ip-availabilities/${network_id}`;
  const shown = await member('GET', at);
  expect(shown.body).toMatchObject({ network_ip_availability: { network_id, used_ips: 1 } });
  // 2^64 less the first, the last, the gateway and DHCP, digit by digit: a number of JavaScript would round it.
  expect(shown.text.match(/"total_ips":(\d+)/g)).toEqual([
    ...['"total_ips":18446744073709551621', '"total_ips":9', '"total_ips":18446744073709551612'],
  ]);
  expect((await operator('GET', at)).status).toBe(200);
  expect((await stranger('GET', at)).status).toBe(404);
});

test('of a network that is shared, others are not told how many addresses are used', async () => {
  const network_id = await make('network', { name: 'lent' });
  const shared = await operator('PUT', `/v2.0/networks/${network_id}`, { body: { network: { shared: true } } });
  expect(shared.status).toBe(200);
  expect((await stranger('GET', `/v2.0/networks/${network_id}`)).status).toBe(200);
  expect(await listed('network_name=lent', stranger)).toEqual([]);
  expect((await stranger('GET', `/v2.0/network-ip-availabilities/${network_id}`)).status).toBe(404);
});
