import { randomUUID } from 'node:crypto';
import { readDesired, readDesiredIndex } from '@unkai/core/host/desired';
import { takeReports } from '@unkai/core/host/reports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, problemBody, type Tenant, withId } from './cloud.ts';
import { openRouterCloud, type RouterCloud } from './router-cloud.ts';

let world: RouterCloud;
let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let operator: string;
let outside: RouterCloud['outside'];
let host: string;
let ask: RouterCloud['ask'];
let makeRouter: RouterCloud['makeRouter'];
let makeSubnet: RouterCloud['makeSubnet'];
let read: RouterCloud['read'];

beforeAll(async () => {
  world = await openRouterCloud();
  ({ cloud, tenant, other, operator, outside, ask, makeRouter, makeSubnet, read, hostId: host } = world);
});
afterAll(() => world[Symbol.asyncDispose]());

async function specOf(id: string) {
  const told = await readDesired(cloud.core.database, host, 'router', id);
  if (told.presence !== 'present') throw new Error('the host knows no such router');
  return told;
}

/** What the host that carries a router reports as itself. */
async function carrierOf(routerId: string) {
  const { prisma } = cloud.core.database;
  const { host: row } = await prisma.router.findUniqueOrThrow({ where: { id: routerId }, include: { host: true } });
  if (row === null) throw new Error('no host');
  return { id: row.id, name: row.name, isUp: true, credential: '' };
}

/** Takes a router away with all that it has. */
async function clear(id: string) {
  for (const { portId } of (await read(id)).interfaces) await ask('DELETE', `/routers/${id}/interfaces/${portId}`);
  const gone = await ask('DELETE', `/routers/${id}`);
  expect(gone.status, gone.text).toBe(204);
}

describe('a router', () => {
  test('joins subnets at their gateway addresses and goes out by an address of the external network', async () => {
    const made = await makeRouter({ gateway: { networkId: outside.network.id } });
    expect(made).toMatchObject({ state: 'building', interfaces: [], hostName: null, isEnabled: true });
    const address = made.gateway?.addresses[0]?.address;
    expect(made.gateway).toMatchObject({ networkId: outside.network.id, hasSnat: true });
    expect(address).toMatch(/^203\.0\.113\.1\d$/);
    const joined = await ask('POST', `/routers/${made.id}/interfaces`, { subnetId: tenant.subnet.id });
    expect(joined.status, joined.text).toBe(201);
    const second = await makeSubnet('10.9.0.0/24');
    await ask('POST', `/routers/${made.id}/interfaces`, { subnetId: second.id });
    const { interfaces } = await read(made.id);
    expect(interfaces.map(({ addresses }) => addresses)).toEqual([
      [{ subnetId: tenant.subnet.id, address: '10.0.0.1' }],
      [{ subnetId: second.id, address: '10.9.0.1' }],
    ]);

    const { spec, generation } = await specOf(made.id);
    expect(spec.interfaces.map((each) => each.addresses[0]?.address)).toEqual(['10.0.0.1', '10.9.0.1']);
    expect(spec.gateway).toMatchObject({
      hasSnat: true,
      tunnelKey: 16_000_000,
      addresses: [{ address, prefixLength: 24, gatewayAddress: '203.0.113.1' }],
    });
    // Its networks are the host's business, and it is a neighbour on each.
    const { items } = await readDesiredIndex(cloud.core.database, host);
    expect(items.map(({ id }) => id)).toEqual(
      expect.arrayContaining([made.id, outside.network.id, tenant.network.id, second.networkId]),
    );
    const network = await readDesired(cloud.core.database, host, 'network', second.networkId);
    expect(network).toMatchObject({
      spec: { neighbours: [{ kind: 'router', addresses: ['10.9.0.1'], hostName: null, underlayAddress: null }] },
    });
    await takeReports(
      cloud.core,
      await carrierOf(made.id),
      { reports: [{ noun: 'router', id: made.id, generation, state: 'present', actionsDone: [] }] },
      'r',
    );
    expect(await read(made.id)).toMatchObject({ state: 'active', failure: null });
    const seen = await ask('GET', `/routers/${made.id}`, undefined, operator);
    expect(seen.body).toMatchObject({ hostName: 'edge-1' });
    await clear(made.id);
  });

  test('says why it failed, and an old report says nothing of what is asked of it now', async () => {
    const { id } = await makeRouter();
    const failure = { code: 'host_failed' as const, message: 'no namespace', next: 'Try again.' };
    const say = async (generation: number) =>
      takeReports(
        cloud.core,
        await carrierOf(id),
        { reports: [{ noun: 'router', id, generation, state: 'failed', failure, actionsDone: [] }] },
        'r',
      );
    const { generation } = await cloud.core.database.prisma.router.findUniqueOrThrow({ where: { id } });
    await say(generation);
    expect(await read(id)).toMatchObject({ state: 'error', failure });
    await ask('PATCH', `/routers/${id}`, { description: 'again' });
    await say(generation);
    expect(await read(id)).toMatchObject({ state: 'building', failure: null });
    await clear(id);
  });

  test('refuses overlapping subnets, and gateways and subnets that are not there for it', async () => {
    const { id } = await makeRouter();
    const wide = await makeSubnet('10.20.0.0/16');
    const inside = await makeSubnet('10.20.30.0/24');
    const bare = await makeSubnet('10.30.0.0/24', { gatewayAddress: null });
    await ask('POST', `/routers/${id}/interfaces`, { subnetId: wide.id });
    const refused: [unknown, number, RegExp][] = [
      [{ subnetId: inside.id }, 400, /overlaps 10\.20\.0\.0\/16/],
      [{ subnetId: wide.id }, 400, /overlaps/],
      [{ subnetId: bare.id }, 400, /no gateway address/],
      [{ subnetId: other.subnet.id }, 404, /subnet/],
      [{ subnetId: outside.subnet.id }, 400, /router’s project/],
      [{}, 400, /either/],
      [{ subnetId: wide.id, portId: id }, 400, /either/],
      [{ portId: id }, 404, /port/],
    ];
    for (const [body, status, words] of refused) {
      const told = await ask('POST', `/routers/${id}/interfaces`, body);
      expect([told.status, told.text], JSON.stringify(body)).toEqual([status, expect.stringMatching(words)]);
    }
    const gateway = (body: unknown) => ask('PATCH', `/routers/${id}`, { gateway: body });
    expect((await gateway({ networkId: tenant.network.id })).text).toMatch(/not an external network/);
    expect((await gateway({ networkId: other.network.id })).status).toBe(404);
    const chosen = { networkId: outside.network.id, addresses: [{ address: '203.0.113.99' }] };
    expect((await gateway(chosen)).text).toMatch(/may be chosen only/);
    const told = await ask('PATCH', `/routers/${id}`, { gateway: chosen }, operator);
    expect(told.body).toMatchObject({ gateway: { addresses: [{ address: '203.0.113.99' }] } });
    await clear(id);
  });

  test('has those addresses outside that were asked for last: fewer as well as more, and the same change nothing', async () => {
    const { id } = await makeRouter({ gateway: { networkId: outside.network.id } });
    const choose = async (...addresses: string[]) => {
      const gateway = { networkId: outside.network.id, addresses: addresses.map((address) => ({ address })) };
      const told = await ask('PATCH', `/routers/${id}`, { gateway }, operator);
      expect(told.status, told.text).toBe(200);
      const now = (await read(id)).gateway;
      return { port: now?.portId, addresses: now?.addresses.map(({ address }) => address).toSorted() };
    };
    const both = await choose('203.0.113.97', '203.0.113.98');
    expect(both.addresses).toEqual(['203.0.113.97', '203.0.113.98']);
    expect(await choose('203.0.113.98', '203.0.113.97')).toEqual(both);
    expect((await choose('203.0.113.98')).addresses).toEqual(['203.0.113.98']);
    const outOfRange = { networkId: outside.network.id, addresses: [{ address: '198.51.100.1' }] };
    const told = await ask('PATCH', `/routers/${id}`, { gateway: outOfRange }, operator);
    expect([told.status, told.text]).toEqual([400, expect.stringMatching(/gateway\.addresses\.0/)]);
    await clear(id);
  });

  test('A45: takes no port, subnet or network of another project, also for who may see both', async () => {
    const { id } = await makeRouter();
    const told = await ask('POST', `/routers/${id}/interfaces`, { subnetId: other.subnet.id }, operator);
    expect([told.status, told.text]).toEqual([400, expect.stringMatching(/router’s project/)]);
    const made = await ask('POST', `/networks/${other.network.id}/ports`, {}, operator);
    const foreign = await ask('POST', `/routers/${id}/interfaces`, { portId: withId.parse(made.body).id }, operator);
    expect([foreign.status, foreign.text]).toEqual([400, expect.stringMatching(/router’s project/)]);
    for (const body of [{ routerId: id }, { deviceOwner: 'network:router_interface' }]) {
      expect((await ask('POST', `/networks/${tenant.network.id}/ports`, body)).status).toBe(400);
    }
    await clear(id);
  });

  test('A44: its ports are changed and deleted with it alone, and no server is made with them', async () => {
    const { id } = await makeRouter({ gateway: { networkId: outside.network.id } });
    const subnet = await makeSubnet('10.40.0.0/24');
    const port = await ask('POST', `/networks/${subnet.networkId}/ports`, { name: 'own' });
    const { id: portId } = withId.parse(port.body);
    const joined = await ask('POST', `/routers/${id}/interfaces`, { portId });
    expect(joined.body).toMatchObject({ interfaces: [{ portId, addresses: [{ address: '10.40.0.3' }] }] });
    expect((await ask('GET', `/ports/${portId}`)).body).toMatchObject({
      routerId: id,
      deviceOwner: 'network:router_interface',
      serverId: null,
      securityGroupIds: [],
    });
    const change = await ask('PATCH', `/ports/${portId}`, { securityGroupIds: [] });
    expect([change.status, change.text]).toEqual([409, expect.stringMatching(/part of the router edge/)]);
    expect((await ask('DELETE', `/ports/${portId}`)).status).toBe(409);
    expect((await ask('POST', `/routers/${id}/interfaces`, { portId })).status).toBe(409);
    // What is on the network of operators is seen by them alone.
    const gateway = (await read(id)).gateway?.portId ?? '';
    expect((await ask('GET', `/ports/${gateway}`)).status).toBe(404);
    expect((await ask('DELETE', `/ports/${gateway}`, undefined, operator)).status).toBe(409);
    await clear(id);
    expect((await ask('GET', `/ports/${portId}`)).status).toBe(404);
  });

  test('H7: is not deleted, nor are its subnets, while it has interfaces; each is named', async () => {
    const { id } = await makeRouter();
    const subnet = await makeSubnet('10.50.0.0/24');
    await ask('POST', `/routers/${id}/interfaces`, { subnetId: subnet.id });
    const told = await ask('DELETE', `/routers/${id}`);
    expect(told.status).toBe(409);
    expect(problemBody.parse(told.body).errors[0]?.message).toBe(
      'it has the interface 10.50.0.1 on the subnet 10.50.0.0/24',
    );
    for (const path of [`/subnets/${subnet.id}`, `/networks/${subnet.networkId}`]) {
      const kept = await ask('DELETE', path);
      expect([kept.status, kept.text]).toEqual([409, expect.stringMatching(/the router edge has a port on it/)]);
    }
    expect((await ask('PATCH', `/subnets/${subnet.id}`, { gatewayAddress: null })).text).toMatch(/router edge has/);
    await clear(id);
    expect((await ask('DELETE', `/networks/${subnet.networkId}`)).status).toBe(204);
    // Nothing of it is left for its host.
    expect(await readDesired(cloud.core.database, host, 'router', id)).toMatchObject({ presence: 'absent' });
    expect(await cloud.core.database.prisma.hostNetwork.count({ where: { networkId: subnet.networkId } })).toBe(0);
  });

  test('has routes to next hops on its own networks alone', async () => {
    const { id } = await makeRouter();
    const subnet = await makeSubnet('10.60.0.0/24');
    await ask('POST', `/routers/${id}/interfaces`, { subnetId: subnet.id });
    const put = (routes: unknown) => ask('PATCH', `/routers/${id}`, { routes });
    const good = [{ destination: '192.0.2.0/24', nextHop: '10.60.0.9' }];
    expect((await put(good)).body).toMatchObject({ routes: good });
    const bad: [unknown, RegExp][] = [
      [[{ destination: '192.0.2.0/24', nextHop: '10.61.0.9' }], /on no network of the router/],
      [[{ destination: '192.0.2.0/24', nextHop: '10.60.0.1' }], /the router itself/],
      [[...good, ...good], /there twice/],
      [[{ destination: '192.0.2.1/24', nextHop: '10.60.0.9' }], /bits set/],
      [[{ destination: '192.0.2.0/24', nextHop: 'x' }], /nextHop/],
    ];
    for (const [routes, words] of bad) {
      const told = await put(routes);
      expect([told.status, told.text]).toEqual([400, expect.stringMatching(words)]);
    }
    const [port] = (await read(id)).interfaces;
    const kept = await ask('DELETE', `/routers/${id}/interfaces/${port?.portId}`);
    expect([kept.status, kept.text]).toEqual([409, expect.stringMatching(/the route to 192\.0\.2\.0\/24/)]);
    await put([]);
    await clear(id);
  });

  test('counts in the quota, and its gateway port in nobody’s', async () => {
    const before = await cloud.core.database.prisma.router.count({ where: { projectId: tenant.id } });
    await ask('PATCH', `/projects/${tenant.id}/limits`, { limits: { routers: before + 1 } }, operator);
    const made = await makeRouter({ gateway: { networkId: outside.network.id } });
    const told = await ask('POST', `/projects/${tenant.id}/routers`, { name: 'more' });
    expect([told.status, told.text]).toEqual([403, expect.stringMatching(/Routers: needs 1/)]);
    const used = await ask('GET', `/limits?projectId=${outside.projectId}`, undefined, operator);
    expect(used.body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ name: 'ports', used: 0 })]),
    });
    await ask('PATCH', `/projects/${tenant.id}/limits`, { limits: { routers: null } }, operator);
    await clear(made.id);
  });

  test('is told with a reason where no host reaches its external network', async () => {
    const { prisma } = cloud.core.database;
    await prisma.network.update({ where: { id: outside.network.id }, data: { physicalNetwork: 'nowhere' } });
    const { id } = await makeRouter({ gateway: { networkId: outside.network.id } });
    expect(await read(id)).toMatchObject({
      state: 'error',
      failure: { code: 'no_capacity', message: expect.stringContaining('the physical network nowhere') },
    });
    await prisma.network.update({ where: { id: outside.network.id }, data: { physicalNetwork: 'provider' } });
    await clear(id);
  });
});

test('the audit log keeps what became of a router', async () => {
  const { id } = await makeRouter({ name: `kept-${randomUUID()}` });
  await ask('PATCH', `/routers/${id}`, { gateway: { networkId: outside.network.id }, isEnabled: false });
  const line = await cloud.core.database.prisma.auditLine.findFirstOrThrow({
    where: { resourceId: id, action: 'router:update' },
  });
  expect(line).toMatchObject({
    before: { gateway: null, isEnabled: true },
    after: { gateway: [expect.stringMatching(/^203\.0\.113\./)], isEnabled: false },
  });
});

test('H7: a project is not deleted while it has routers or floating IPs, or others go out through its network', async () => {
  const { id } = await makeRouter({ gateway: { networkId: outside.network.id } });
  const own = await ask('DELETE', `/projects/${tenant.id}`, undefined, operator);
  expect([own.status, own.text]).toEqual([409, expect.stringMatching(/it has the router edge/)]);
  const theirs = await ask('DELETE', `/projects/${outside.projectId}`, undefined, operator);
  expect([theirs.status, theirs.text]).toEqual([409, expect.stringContaining(`a port of the project ${tenant.id}`)]);
  await clear(id);
});
