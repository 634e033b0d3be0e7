import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { makeHost } from './installation.ts';
import { openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let token: string;
let operator: string;
let hostId: string;
beforeAll(async () => {
  cloud = await openCloud();
  [tenant, other] = [await makeTenant(cloud), await makeTenant(cloud)];
  ({ token } = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } }));
  operator = await makeToken(cloud.core, (await makePerson(cloud, { system: 'admin' })).id, {});
  ({ hostId } = await makeHost(cloud.core, cloud.services, 'rack-1'));
  await cloud.core.database.prisma.hostNetwork.create({ data: { hostId, networkId: tenant.network.id } });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown, as = token) =>
  cloud.ask(method, `/v1${path}`, { token: as, body });

/** What hosts would hear of: generations, and hints in the host's queue. */
async function heard() {
  const { prisma } = cloud.core.database;
  const { generation } = await prisma.network.findUniqueOrThrow({ where: { id: tenant.network.id } });
  const ports = await prisma.port.count();
  return { generation, ports, hints: await cloud.core.queues.redis.llen(`unkai:host-${hostId}:wait`) };
}

const subnet = (body: object) => ['POST', `/networks/${tenant.network.id}/subnets`, { name: 'more', ...body }] as const;
const port = (body: object, network = tenant.network.id) => ['POST', `/networks/${network}/ports`, body] as const;
const rule = (body: object) => ['POST', `/security-groups/${tenant.group.id}/rules`, body] as const;
const options = (value: string) => ({ dhcpOptions: [{ family: 4, name: 'domain-name', value }] });
const pools = (...ranges: [string, string][]) => ({
  cidr: '10.60.0.0/24',
  allocationPools: ranges.map(([first, last]) => ({ first, last })),
});

type Asked = readonly [method: string, path: string, body: object];
const bad: ReadonlyArray<readonly [what: string, asked: () => Asked, field: string, rule: RegExp]> = [
  ['a subnet that overlaps one of its network', () => subnet({ cidr: '10.0.0.128/25' }), 'cidr', /overlaps the subnet/],
  ['a range that is none', () => subnet({ cidr: '10.60.0.0/40' }), 'cidr', /must be a prefix/],
  [
    'a gateway outside the range',
    () => subnet({ cidr: '10.60.0.0/24', gatewayAddress: '10.61.0.1' }),
    'gatewayAddress',
    /must be an address of/,
  ],
  [
    'pools that overlap',
    () => subnet(pools(['10.60.0.10', '10.60.0.20'], ['10.60.0.15', '10.60.0.30'])),
    'allocationPools',
    /overlap/,
  ],
  ['a pool outside the range', () => subnet(pools(['10.61.0.10', '10.61.0.20'])), 'allocationPools', /./],
  ['a pool the wrong way round', () => subnet(pools(['10.60.0.20', '10.60.0.10'])), 'allocationPools', /./],
  ['an owner of its own', () => port({ deviceOwner: 'network:dhcp' }), 'deviceOwner', /not a field/],
  ['a line break in a DHCP option', () => port(options('x\ndhcp-option=3,1.2.3.4')), 'dhcpOptions', /printable|ASCII/],
  ['a line break in a name', () => port({ name: 'x\ny' }), 'name', /control characters or line breaks/],
  [
    'a range that is none in a rule',
    () => rule({ direction: 'ingress', remotePrefix: '10.0.0.0/40' }),
    'remotePrefix',
    /./,
  ],
];

const subnetThere = (body: object) =>
  ['subnets', { subnet: { network_id: tenant.network.id, ip_version: 4, ...body } }] as const;
const portThere = (body: object) => ['ports', { port: { network_id: tenant.network.id, ...body } }] as const;
const ruleThere = (body: object) =>
  ['security-group-rules', { security_group_rule: { security_group_id: tenant.group.id, ...body } }] as const;
const optionThere = (opt_value: string) => ({ extra_dhcp_opts: [{ opt_name: 'domain-name', opt_value }] });
const poolsThere = (...ranges: [string, string][]) => ({
  cidr: '10.60.0.0/24',
  allocation_pools: ranges.map(([start, end]) => ({ start, end })),
});

type AskedThere = readonly [path: string, body: object];
/** The same at the door of OpenStack's clients, which names the field as they do and the rule in its words. */
const badThere: ReadonlyArray<readonly [what: string, asked: () => AskedThere, words: RegExp]> = [
  ['a subnet that overlaps one of its network', () => subnetThere({ cidr: '10.0.0.128/25' }), /cidr.*overlaps/],
  ['a range that is none', () => subnetThere({ cidr: '10.60.0.0/40' }), /cidr.*must be a prefix/],
  [
    'a gateway outside the range',
    () => subnetThere({ cidr: '10.60.0.0/24', gateway_ip: '10.61.0.1' }),
    /gateway.*must be an address of/i,
  ],
  [
    'pools that overlap',
    () => subnetThere(poolsThere(['10.60.0.10', '10.60.0.20'], ['10.60.0.15', '10.60.0.30'])),
    /pools.*overlap/i,
  ],
  ['a pool outside the range', () => subnetThere(poolsThere(['10.61.0.10', '10.61.0.20'])), /pools/i],
  ['a pool the wrong way round', () => subnetThere(poolsThere(['10.60.0.20', '10.60.0.10'])), /pools/i],
  ['an owner of its own', () => portThere({ device_owner: 'network:dhcp' }), /device_owner/],
  ['a line break in a DHCP option', () => portThere(optionThere('x\ndhcp-option=3,1.2.3.4')), /opts.*printable ASCII/i],
  ['a line break in a name', () => portThere({ name: 'x\ny' }), /name.*control characters or line breaks/],
  [
    'a range that is none in a rule',
    () => ruleThere({ direction: 'ingress', remote_ip_prefix: '10.0.0.0/40' }),
    /remote_ip_prefix.*must be a prefix/,
  ],
];

describe('before any agent hears of it, by field and rule, is refused', () => {
  let before: Awaited<ReturnType<typeof heard>>;
  beforeEach(async () => {
    before = await heard();
  });

  test.each(bad)('%s', async (_, asked, field, words) => {
    const told = await ask(...asked());
    expect(told.status, told.text).toBe(400);
    const { errors } = problemBody.parse(told.body);
    const named = errors.find((each) => each.field === field || each.field.startsWith(`${field}.`));
    expect(named?.message, told.text).toMatch(words);
    expect(await heard()).toEqual(before);
  });

  test.each(badThere)('at the network door of OpenStack’s clients: %s', async (_, asked, words) => {
    const [path, body] = asked();
    const told = await openstackOf(cloud, '/network', token)('POST', `/v2.0/${path}`, { body });
    expect([told.status, told.text]).toEqual([400, expect.stringMatching(words)]);
    expect(await heard()).toEqual(before);
  });

  test('at the network door too: a port on the network of another tenant, which is not there', async () => {
    const body = { port: { network_id: other.network.id } };
    const told = await openstackOf(cloud, '/network', token)('POST', '/v2.0/ports', { body });
    expect([told.status, told.text]).toEqual([404, expect.stringContaining(other.network.id)]);
    expect(await heard()).toEqual(before);
  });

  test('a port on the network of another tenant, which is not there', async () => {
    const told = await ask(...port({}, other.network.id));
    expect([told.status, told.text]).toEqual([404, expect.stringContaining(other.network.id)]);
    expect(await heard()).toEqual(before);
  });

  test('10,000 rules: by the quota, and beyond any quota by what one group may have', async () => {
    const { prisma } = cloud.core.database;
    const group = withId.parse((await ask('POST', `/projects/${tenant.id}/security-groups`, { name: 'long' })).body);
    const add = (portMin: number) =>
      ask('POST', `/security-groups/${group.id}/rules`, {
        direction: 'ingress',
        protocol: 'tcp',
        portMin,
        portMax: portMin,
      });
    const limit = (securityGroupRules: number) =>
      ask('PATCH', `/projects/${tenant.id}/limits`, { limits: { securityGroupRules } }, operator);
    const write = (from: number, to: number) =>
      prisma.securityGroupRule.createMany({
        data: Array.from({ length: to - from }, (_, index) => {
          const at = from + index;
          return { securityGroupId: group.id, direction: 'ingress', protocol: 'tcp', portMin: at, portMax: at };
        }),
      });
    const present = await prisma.securityGroupRule.count({ where: { securityGroup: { projectId: tenant.id } } });
    await limit(present + 10);
    await write(1, 11);
    const over = await add(11);
    expect([over.status, over.text]).toEqual([403, expect.stringMatching(/Security group rules: needs 1, used/)]);
    expect(problemBody.parse(over.body).errors[0]?.field).toBe('securityGroupRules');
    expect((await limit(20_000)).status).toBe(200);
    const own = await prisma.securityGroupRule.count({ where: { securityGroupId: group.id } });
    await write(11, 11 + 999 - own);
    expect((await add(2_000)).status).toBe(201);
    const most = await add(2_001);
    expect(most.status).toBe(400);
    const ports = { port_range_min: 2_001, port_range_max: 2_001 };
    const wanted = { security_group_id: group.id, direction: 'ingress', protocol: 'tcp', ...ports };
    const there = openstackOf(cloud, '/network', token);
    const body = { security_group_rule: wanted };
    const mostThere = await there('POST', '/v2.0/security-group-rules', { body });
    expect([mostThere.status, mostThere.text]).toEqual([400, expect.stringMatching(/has 1000 rules, the most/)]);
    expect(problemBody.parse(most.body).errors).toMatchObject([
      { field: 'securityGroupId', message: expect.stringMatching(/has 1000 rules, the most/) },
    ]);
    expect(await heard()).toEqual(before);
  });
});
