import { readDesired } from '@unkai/core/host/desired';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, problemBody, type Tenant, withId } from './cloud.ts';
import { openRouterCloud, type RouterCloud } from './router-cloud.ts';

let world: RouterCloud;
let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let operator: string;
let outside: RouterCloud['outside'];
let ask: RouterCloud['ask'];
let makeRouter: RouterCloud['makeRouter'];
let read: RouterCloud['read'];
beforeAll(async () => {
  world = await openRouterCloud();
  ({ cloud, tenant, other, operator, outside, ask, makeRouter, read } = world);
});
afterAll(() => world[Symbol.asyncDispose]());

async function specOf(id: string) {
  const told = await readDesired(cloud.core.database, world.hostId, 'router', id);
  if (told.presence !== 'present') throw new Error('the host knows no such router');
  return told;
}

/** Takes a router away with all that it has. */
async function clear(id: string) {
  for (const { portId } of (await read(id)).interfaces) await ask('DELETE', `/routers/${id}/interfaces/${portId}`);
  expect((await ask('DELETE', `/routers/${id}`)).status).toBe(204);
}

describe('a router', () => {
  test('goes out by an address of each family, or by those that who manages the network chooses', async () => {
    const { prisma } = cloud.core.database;
    const six = await prisma.subnet.create({
      data: {
        projectId: outside.projectId,
        networkId: outside.network.id,
        name: 'public-6',
        cidr: '2001:db8:ff::/64',
        gatewayAddress: '2001:db8:ff::1',
        dhcpAddress: '2001:db8:ff::2',
        hasDhcp: false,
        ipv6Mode: 'dhcpv6-stateful',
      },
    });
    const { id, gateway } = await makeRouter({ gateway: { networkId: outside.network.id } });
    expect(gateway?.addresses.map(({ address }) => address).toSorted()).toEqual([
      '2001:db8:ff::3',
      expect.stringMatching(/^203\.0\.113\.1\d$/),
    ]);
    expect((await specOf(id)).spec.gateway?.addresses).toEqual([
      { address: expect.stringMatching(/^203/), prefixLength: 24, gatewayAddress: '203.0.113.1' },
      { address: '2001:db8:ff::3', prefixLength: 64, gatewayAddress: '2001:db8:ff::1' },
    ]);
    const choose = (addresses: object[], as = operator) =>
      ask('PATCH', `/routers/${id}`, { gateway: { networkId: outside.network.id, addresses } }, as);
    const both = [{ address: '203.0.113.98' }, { subnetId: six.id, address: '2001:DB8:FF::0:99' }];
    const refused = await choose(both, world.token);
    expect(problemBody.parse(refused.body).errors[0]?.field).toBe('gateway.addresses.0.address');
    expect((await choose(both)).body).toMatchObject({
      gateway: {
        addresses: expect.arrayContaining([
          { subnetId: outside.subnet.id, address: '203.0.113.98' },
          { subnetId: six.id, address: '2001:db8:ff::99' },
        ]),
      },
    });
    const { generation } = await specOf(id);
    const wrong = await choose([{ address: '203.0.113.97' }, { address: '10.0.0.9' }]);
    expect(problemBody.parse(wrong.body).errors[0]?.field).toBe('gateway.addresses.1');
    expect((await choose([{ address: '203.0.113.96' }, { address: '203.0.113.96' }])).status).toBe(400);
    expect((await choose(Array(9).fill({ subnetId: six.id }))).text).toMatch(/at most 8/);
    expect((await specOf(id)).generation).toBe(generation);
    // What is as it was asked stays, with its port.
    const port = (await read(id)).gateway?.portId;
    await choose([{ subnetId: six.id }, { address: '203.0.113.98' }]);
    expect((await read(id)).gateway?.portId).toBe(port);
    // One that is not asked for any more goes.
    const fewer = (await choose([{ subnetId: six.id }])).body;
    expect(fewer).toMatchObject({ gateway: { addresses: [{ subnetId: six.id }] } });
    await clear(id);
    await prisma.subnet.delete({ where: { id: six.id } });
  });

  test('joins a network that is shared with its project by a port there; the gateway address is for who manages it', async () => {
    const { prisma } = cloud.core.database;
    const { id } = await makeRouter();
    const lend = { networkId: other.network.id, projectId: other.id, action: 'access_as_shared' };
    const { id: policy } = await prisma.rbacPolicy.create({ data: { ...lend, targetProjectId: tenant.id } });
    const join = (body: object, as?: string) => ask('POST', `/routers/${id}/interfaces`, body, as);
    const taken = await join({ subnetId: other.subnet.id });
    expect([taken.status, taken.text]).toEqual([400, expect.stringMatching(/gateway address is for who manages it/)]);
    const port = await ask('POST', `/networks/${other.network.id}/ports`, { projectId: tenant.id });
    const made = withId.parse(port.body);
    const joined = await join({ portId: made.id });
    expect(joined.body).toMatchObject({ interfaces: [{ portId: made.id, networkId: other.network.id }] });
    expect((await ask('DELETE', `/routers/${id}/interfaces/${made.id}`)).status).toBe(204);
    const lent = await join({ subnetId: other.subnet.id }, operator);
    expect(lent.body).toMatchObject({ interfaces: [{ addresses: [{ address: '10.0.0.1' }] }] });
    const { portId = '' } = (await read(id)).interfaces[0] ?? {};
    expect(await prisma.port.findUnique({ where: { id: portId } })).toMatchObject({ projectId: tenant.id });
    await clear(id);
    await prisma.rbacPolicy.delete({ where: { id: policy } });
  });
});
