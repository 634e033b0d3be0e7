import { subnetPool } from '@unkai/contracts/resources/subnet-pool';
import { rangesOverlap } from '@unkai/core/address/ipam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let token: string;
let operator: string;
let neutron: Ask;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
  operator = (await makePerson(cloud, { system: 'admin' })).token;
  neutron = openstackOf(cloud, '/network', token);
  const raised = { limits: { subnets: 1000, networks: 1000, subnetPools: 1000 } };
  for (const { id } of [tenant, other]) await ask('PATCH', `/projects/${id}/limits`, raised, operator);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown, as = token) =>
  cloud.ask(method, `/v1${path}`, { token: as, body });
const makePool = async (said: Record<string, unknown>, projectId = tenant.id, as = token) => {
  const told = await ask('POST', `/projects/${projectId}/subnet-pools`, { name: 'pool', ...said }, as);
  expect(told.status, told.text).toBe(201);
  return subnetPool.parse(told.body);
};
const makeNetwork = async (projectId = tenant.id, as = token) =>
  withId.parse((await ask('POST', `/projects/${projectId}/networks`, { name: 'n' }, as)).body).id;
const take = async (said: Record<string, unknown>, as = token, networkId?: string) => {
  const path = `/networks/${networkId ?? (await makeNetwork())}/subnets`;
  return ask('POST', path, { name: 's', ...said }, as);
};
const outcome = async (asked: ReturnType<typeof ask>) => {
  const { status, body } = await asked;
  return [status, ...problemBody.parse(body).errors.map(({ field }) => field)];
};
const ranged = z.object({ cidr: z.string() });

describe('subnets from a pool', () => {
  test('50 at once of two projects have 50 ranges, none of which overlaps another', async () => {
    const { id: subnetPoolId } = await makePool({ prefixes: ['10.64.0.0/18'], isShared: true }, other.id, operator);
    const networks = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? makeNetwork() : makeNetwork(other.id, operator))),
    );
    const told = await Promise.all(
      networks.map((networkId, index) =>
        take({ subnetPoolId, prefixLength: 24 + (index % 4) }, index % 2 === 0 ? token : operator, networkId),
      ),
    );
    const ranges = told.map(({ body }) => ranged.parse(body).cidr);
    expect(new Set(ranges).size).toBe(50);
    const overlapping = ranges.filter((one) =>
      ranges.some((another) => another !== one && rangesOverlap(one, another)),
    );
    expect(overlapping).toEqual([]);
  }, 60_000);

  test('are as large as the pool gives or as asked for, within its bounds, and end with it', async () => {
    const pool = await makePool({ prefixes: ['10.0.0.0/24'], defaultPrefixLength: 26, minPrefixLength: 25 });
    expect(pool).toMatchObject({ family: 4, minPrefixLength: 25, defaultPrefixLength: 26, maxPrefixLength: 30 });
    const subnetPoolId = pool.id;
    expect((await take({ subnetPoolId })).body).toMatchObject({
      cidr: '10.0.0.0/26',
      gatewayAddress: '10.0.0.1',
      subnetPoolId,
    });
    expect((await take({ subnetPoolId, cidr: '10.0.0.128/26' })).body).toMatchObject({ cidr: '10.0.0.128/26' });
    expect(await outcome(take({ subnetPoolId, cidr: '10.0.0.160/27' }))).toEqual([409, 'cidr']);
    expect(await outcome(take({ subnetPoolId, cidr: '10.9.0.0/26' }))).toEqual([400, 'cidr']);
    expect(await outcome(take({ subnetPoolId, prefixLength: 24 }))).toEqual([400, 'prefixLength']);
    expect(await outcome(take({ prefixLength: 26 }))).toEqual([400, 'cidr', 'prefixLength']);
    expect((await take({ subnetPoolId, prefixLength: 25 })).status).toBe(507);
    expect((await take({ subnetPoolId })).body).toMatchObject({ cidr: '10.0.0.64/26' });
    expect((await ask('DELETE', `/subnet-pools/${subnetPoolId}`)).status).toBe(409);
    const less = ask('PATCH', `/subnet-pools/${subnetPoolId}`, { prefixes: ['10.0.0.0/25'] });
    expect((await less).status).toBe(409);
  });

  test('count against the quota that the pool gives each project', async () => {
    const { id: subnetPoolId } = await makePool({ prefixes: ['10.0.0.0/16'], quota: 300 });
    expect((await take({ subnetPoolId, prefixLength: 24 })).status).toBe(201);
    const more = await take({ subnetPoolId, prefixLength: 26 });
    expect([more.status, more.text]).toEqual([403, expect.stringContaining('used 256 of 300')]);
    expect((await take({ subnetPoolId, prefixLength: 27 })).status).toBe(201);
  });

  test('are of either family, as guests make their addresses in it', async () => {
    const { id: subnetPoolId } = await makePool({ prefixes: ['2001:db8::/48'] });
    const told = await take({ subnetPoolId, ipv6Mode: 'slaac' });
    expect(told.body).toMatchObject({ cidr: '2001:db8::/64', ipv6Mode: 'slaac' });
    expect(await outcome(take({ subnetPoolId, dnsServers: ['10.0.0.1'] }))).toEqual([400, 'dnsServers']);
  });

  test('A45: come from pools of the project, and from those that are shared with it; these stay so while it has any', async () => {
    const foreign = await makePool({ prefixes: ['10.3.0.0/16'] }, other.id, operator);
    expect((await ask('GET', `/subnet-pools/${foreign.id}`)).status).toBe(404);
    expect(await outcome(take({ subnetPoolId: foreign.id }))).toEqual([400, 'subnetPoolId']);
    await ask('PATCH', `/subnet-pools/${foreign.id}`, { isShared: true }, operator);
    expect((await take({ subnetPoolId: foreign.id })).status).toBe(201);
    expect((await ask('PATCH', `/subnet-pools/${foreign.id}`, { isShared: false }, operator)).status).toBe(409);
    expect((await ask('PATCH', `/subnet-pools/${foreign.id}`, { name: 'mine' })).status).toBe(403);
  });
});

describe('a pool', () => {
  test.each([
    ['prefixes', { prefixes: ['10.0.0.0/24', '2001:db8::/64'] }],
    ['prefixes.1', { prefixes: ['10.0.0.0/16', '10.0.1.0/24'] }],
    ['prefixes.0', { prefixes: ['10.0.0.1/16'] }],
    ['maxPrefixLength', { prefixes: ['10.0.0.0/16'], maxPrefixLength: 31 }],
    ['minPrefixLength', { prefixes: ['10.0.0.0/16'], minPrefixLength: 26, maxPrefixLength: 24 }],
    ['defaultPrefixLength', { prefixes: ['10.0.0.0/16'], minPrefixLength: 24, defaultPrefixLength: 20 }],
    ['addressScopeId', { prefixes: ['10.0.0.0/16'], addressScopeId: crypto.randomUUID() }],
  ])('that cannot be is refused by its field: %s', async (field, said) => {
    const told = ask('POST', `/projects/${tenant.id}/subnet-pools`, { name: 'x', ...said });
    expect(await outcome(told)).toEqual([400, field]);
  });

  test('never overlaps another of its scope, also when two are made at once, and for the database neither', async () => {
    const scope = await ask('POST', `/projects/${tenant.id}/address-scopes`, { name: 'site', family: 4 });
    const addressScopeId = withId.parse(scope.body).id;
    const wanted = { name: 'p', prefixes: ['10.7.0.0/16'], addressScopeId };
    const make = () => ask('POST', `/projects/${tenant.id}/subnet-pools`, wanted);
    const told = await Promise.all([make(), make(), make()]);
    expect(told.map(({ status }) => status).toSorted()).toEqual([201, 400, 400]);
    const outside = await makePool({ prefixes: ['10.7.1.0/24'] });
    const move = ask('PATCH', `/subnet-pools/${outside.id}`, { addressScopeId });
    expect(await outcome(move)).toEqual([400, 'prefixes.0']);
    const { prisma } = cloud.core.database;
    const forced = prisma.subnetPool.update({ where: { id: outside.id }, data: { addressScopeId } });
    await expect(forced).rejects.toThrow(/overlap/);
    expect((await ask('DELETE', `/address-scopes/${addressScopeId}`)).status).toBe(409);
    const six = { name: 'p', prefixes: ['2001:db8::/48'], addressScopeId };
    expect(await outcome(ask('POST', `/projects/${tenant.id}/subnet-pools`, six))).toEqual([400, 'addressScopeId']);
  });

  test('of another scope gives nothing to a network that has a subnet of one', async () => {
    const scope = await ask('POST', `/projects/${tenant.id}/address-scopes`, { name: 'site', family: 4 });
    const scoped = await makePool({ prefixes: ['10.8.0.0/16'], addressScopeId: withId.parse(scope.body).id });
    const plain = await makePool({ prefixes: ['10.9.0.0/16'] });
    const networkId = await makeNetwork();
    expect((await take({ subnetPoolId: scoped.id }, token, networkId)).status).toBe(201);
    expect(await outcome(take({ subnetPoolId: plain.id }, token, networkId))).toEqual([400, 'subnetPoolId']);
    expect((await neutron('GET', `/v2.0/networks/${networkId}`)).body).toMatchObject({
      network: { ipv4_address_scope: withId.parse(scope.body).id, ipv6_address_scope: null },
    });
  });
});

test('the network door makes pools, scopes and subnets as clients do', async () => {
  const scope = await neutron('POST', '/v2.0/address-scopes', {
    body: { address_scope: { name: 's', ip_version: 4 } },
  });
  const { address_scope: made } = z.object({ address_scope: withId }).parse(scope.body);
  const wanted = { name: 'p', prefixes: ['10.90.0.0/16'], default_prefixlen: '26', address_scope_id: made.id };
  const pool = await neutron('POST', '/v2.0/subnetpools', { body: { subnetpool: wanted } });
  expect(pool.body).toMatchObject({ subnetpool: { ip_version: 4, default_prefixlen: '26', min_prefixlen: '8' } });
  const { id } = z.object({ subnetpool: withId }).parse(pool.body).subnetpool;
  const network_id = await makeNetwork();
  const subnet = await neutron('POST', '/v2.0/subnets', {
    body: { subnet: { network_id, subnetpool_id: id, prefixlen: '27', ip_version: 4 } },
  });
  expect(subnet.body).toMatchObject({ subnet: { cidr: '10.90.0.0/27', subnetpool_id: id } });
  const asDefault = { subnet: { network_id, use_default_subnetpool: true, ip_version: 6 } };
  const none = await neutron('POST', '/v2.0/subnets', { body: asDefault });
  expect([none.status, none.text]).toEqual([400, expect.stringContaining('use_default_subnetpool')]);
  const six = { name: 'all', prefixes: ['2001:db8:9::/48'], isDefault: true, isShared: true };
  await makePool(six, other.id, operator);
  expect((await neutron('POST', '/v2.0/subnets', { body: asDefault })).body).toMatchObject({
    subnet: { cidr: '2001:db8:9::/64' },
  });
  expect((await neutron('GET', '/v2.0/subnetpools?is_default=true')).body).toMatchObject({
    subnetpools: [{ name: 'all' }],
  });
  const grown = await neutron('PUT', `/v2.0/subnetpools/${id}`, {
    body: { subnetpool: { prefixes: ['10.91.0.0/16'] } },
  });
  expect(grown.body).toMatchObject({ subnetpool: { prefixes: ['10.90.0.0/16', '10.91.0.0/16'] } });
  expect((await neutron('DELETE', `/v2.0/address-scopes/${made.id}`)).status).toBe(409);
});
