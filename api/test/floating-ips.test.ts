import { randomUUID } from 'node:crypto';
import { type FloatingIp, floatingIp } from '@unkai/contracts/resources/floating-ip';
import { usageReport } from '@unkai/contracts/resources/usage';
import { commit } from '@unkai/core/database/database';
import { readDesired } from '@unkai/core/host/desired';
import { releasePorts } from '@unkai/core/store/host-network';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, makeParts, problemBody, type Tenant, type Told, withId } from './cloud.ts';
import { openRouterCloud, type RouterCloud } from './router-cloud.ts';

let world: RouterCloud;
let cloud: Cloud;
let tenant: Tenant;
let ask: RouterCloud['ask'];
let routerId: string;

beforeAll(async () => {
  world = await openRouterCloud();
  ({ cloud, tenant, ask } = world);
  ({ id: routerId } = await world.makeRouter({ gateway: { networkId: world.outside.network.id } }));
  await ask('POST', `/routers/${routerId}/interfaces`, { subnetId: tenant.subnet.id });
});
afterAll(() => world[Symbol.asyncDispose]());

const take = (body: Record<string, unknown> = {}, as?: string) =>
  ask('POST', `/projects/${tenant.id}/floating-ips`, { networkId: world.outside.network.id, ...body }, as);

async function taken(body: Record<string, unknown> = {}): Promise<FloatingIp> {
  const told = await take(body);
  expect(told.status, told.text).toBe(201);
  return floatingIp.parse(told.body);
}

async function makePort(networkId = tenant.network.id): Promise<{ id: string; address: string }> {
  const { id } = withId.parse((await ask('POST', `/networks/${networkId}/ports`, {})).body);
  const address = await cloud.core.database.prisma.portAddress.findFirstOrThrow({ where: { portId: id } });
  return { id, address: address.address };
}

const patch = (id: string, body: unknown) => ask('PATCH', `/floating-ips/${id}`, body);
const remove = (id: string) => ask('DELETE', `/floating-ips/${id}`);

async function spec() {
  const told = await readDesired(cloud.core.database, world.hostId, 'router', routerId);
  if (told.presence !== 'present') throw new Error('the host knows no such router');
  return told;
}

describe('a floating IP', () => {
  test('is a free address of the external network; who manages that network chooses', async () => {
    const free = await taken();
    expect(free.address).toMatch(/^203\.0\.113\.1\d$/);
    expect(free).toMatchObject({ portId: null, fixedAddress: null, routerId: null, server: null, forwardings: [] });
    expect((await take({ address: '203.0.113.77' })).text).toMatch(/may be chosen only/);
    const chosen = await take({ address: '203.0.113.77' }, world.operator);
    expect(chosen.body).toMatchObject({ address: '203.0.113.77', projectId: tenant.id });
    expect((await take({ address: '203.0.113.77' }, world.operator)).status).toBe(409);
    expect((await take({ networkId: tenant.network.id })).text).toMatch(/not an external network/);
    expect((await take({ networkId: world.other.network.id })).status).toBe(404);
    expect((await remove(withId.parse(chosen.body).id)).status).toBe(204);
    expect((await remove(free.id)).status).toBe(204);
    expect((await take({ address: '203.0.113.77' }, world.operator)).status).toBe(201);
  });

  test('reaches a port through the router, moves to another and leaves it, and the host hears of each', async () => {
    const [one, two] = [await makePort(), await makePort()];
    const { id, address } = await taken({ portId: one.id });
    const before = await spec();
    expect(before.spec.floatingIps).toEqual([{ id, address, fixedAddress: one.address }]);
    const moved = await patch(id, { portId: two.id });
    expect(moved.body).toMatchObject({ portId: two.id, fixedAddress: two.address, routerId });
    const after = await spec();
    expect(after.spec.floatingIps).toEqual([{ id, address, fixedAddress: two.address }]);
    expect(after.generation).toBeGreaterThan(before.generation);
    // Who is on the external network asks there for it, and is answered by whoever serves it.
    const outside = await readDesired(cloud.core.database, world.hostId, 'network', world.outside.network.id);
    expect(outside).toMatchObject({ spec: { neighbours: [{ addresses: [expect.not.stringContaining(address)] }] } });
    expect((await patch(id, { portId: null })).body).toMatchObject({
      portId: null,
      fixedAddress: null,
      routerId: null,
    });
    expect((await spec()).spec.floatingIps).toEqual([]);
    await remove(id);
  });

  test('A45: reaches no port of another project, of a router, or that no router of the project joins', async () => {
    const { id } = await taken();
    const foreign = await ask('POST', `/networks/${world.other.network.id}/ports`, {}, world.operator);
    const apart = await world.makeSubnet('10.77.0.0/24');
    const router = (await world.read(routerId)).interfaces[0]?.portId;
    const taken2 = await makePort();
    const other = await taken({ portId: taken2.id });
    const refused: [unknown, number, RegExp][] = [
      [{ portId: withId.parse(foreign.body).id }, 400, /no port of this project/],
      [{ portId: randomUUID() }, 400, /no port of this project/],
      [{ portId: router }, 400, /a port of a router/],
      [{ portId: (await makePort(apart.networkId)).id }, 400, /no router joins/],
      [{ portId: taken2.id, fixedAddress: '10.0.0.99' }, 400, /no IPv4 address of the port/],
      [{ portId: taken2.id }, 409, /has the floating IP/],
    ];
    for (const [body, status, words] of refused) {
      const told = await patch(id, body);
      expect([told.status, told.text], JSON.stringify(body)).toEqual([status, expect.stringMatching(words)]);
    }
    await remove(id);
    await remove(other.id);
  });

  test('of a port with several addresses reaches the one that is named', async () => {
    const addresses = [{ address: '10.0.0.150' }, { address: '10.0.0.151' }];
    const port = withId.parse((await ask('POST', `/networks/${tenant.network.id}/ports`, { addresses })).body);
    const told = await take({ portId: port.id });
    expect([told.status, told.text]).toEqual([400, expect.stringMatching(/10\.0\.0\.150, 10\.0\.0\.151/)]);
    expect(problemBody.parse(told.body).errors.map(({ field }) => field)).toEqual(['fixedAddress']);
    const { id } = await taken({ portId: port.id, fixedAddress: '10.0.0.151' });
    expect((await patch(id, { fixedAddress: '10.0.0.150' })).body).toMatchObject({
      portId: port.id,
      fixedAddress: '10.0.0.150',
    });
    await remove(id);
    await ask('DELETE', `/ports/${port.id}`);
  });

  test('keeps the way that it needs: neither gateway nor interface nor router goes before it', async () => {
    const { id, address } = await taken({ portId: (await makePort()).id });
    const { interfaces } = await world.read(routerId);
    const needed = [
      await ask('DELETE', `/routers/${routerId}/interfaces/${interfaces[0]?.portId}`),
      await ask('PATCH', `/routers/${routerId}`, { gateway: null }),
      await ask('DELETE', `/routers/${routerId}`),
    ];
    for (const told of needed) expect([told.status, told.text]).toEqual([409, expect.stringContaining(address)]);
    await remove(id);
  });

  test('is free again when its port goes, by hand or with its server', async () => {
    const port = await makePort();
    const { id } = await taken({ portId: port.id });
    const { generation } = await spec();
    expect((await ask('DELETE', `/ports/${port.id}`)).status).toBe(204);
    expect((await ask('GET', `/floating-ips/${id}`)).body).toMatchObject({ portId: null, routerId: null });
    const after = await spec();
    expect(after.spec.floatingIps).toEqual([]);
    expect(after.generation).toBeGreaterThan(generation);

    const parts = await makeParts(cloud);
    const body = { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id };
    const server = withId.parse((await ask('POST', `/projects/${tenant.id}/servers`, body)).body);
    const { prisma } = cloud.core.database;
    const own = await prisma.port.findFirstOrThrow({ where: { serverId: server.id } });
    const reached = await patch(id, { portId: own.id });
    expect(reached.body).toMatchObject({ server: { id: server.id, name: 'web' } });
    const { address } = floatingIp.parse(reached.body);
    const shown = await ask('GET', `/servers/${server.id}`);
    expect(shown.body).toMatchObject({ addresses: [{ portId: own.id, floatingAddress: address }] });
    await commit(cloud.core.database, (unit) => releasePorts(unit, cloud.core, server.id, 'r'));
    expect((await ask('GET', `/floating-ips/${id}`)).body).toMatchObject({ portId: null, server: null });
    await remove(id);
  });

  test('counts in the quota, and costs from when it is taken until it is given back', async () => {
    const used = await cloud.core.database.prisma.floatingIp.count({ where: { projectId: tenant.id } });
    await ask('PATCH', `/projects/${tenant.id}/limits`, { limits: { floatingIps: used + 1 } }, world.operator);
    const { id, address } = await taken();
    expect((await take()).text).toMatch(/Floating IPs: needs 1/);
    await ask('PATCH', `/projects/${tenant.id}/limits`, { limits: { floatingIps: null } }, world.operator);
    const usage = () => cloud.core.database.prisma.usage.findMany({ where: { resourceId: id } });
    expect(await usage()).toMatchObject([{ kind: 'floating-ip', resourceName: address, quantity: 1n, endedAt: null }]);
    const prices = [{ kind: 'floating-ip', price: '3600' }];
    await ask('POST', '/price-lists', { name: 'addresses', currency: 'EUR', prices }, world.operator);
    const bill = async () => {
      const report = usageReport.parse((await ask('GET', `/projects/${tenant.id}/usage`)).body);
      const line = report.lines.findLast(({ resourceId, price }) => resourceId === id && price !== null);
      return { line, left: Number(report.forecast?.total) - Number(report.total) };
    };
    await expect.poll(async () => Number((await bill()).line?.cost)).toBeGreaterThan(0);
    const kept = await bill();
    expect(kept.line).toMatchObject({ kind: 'floating-ip', resourceName: address, price: '3600', isOpen: true });
    await remove(id);
    expect(await usage()).toMatchObject([{ kind: 'floating-ip', endedAt: expect.any(Date) }]);
    const given = await bill();
    expect(given.line?.isOpen).toBe(false);
    expect(given.left).toBeLessThan(kept.left);
    expect((await bill()).line?.cost).toBe(given.line?.cost);
  });
});

describe('port forwardings', () => {
  const forward = (id: string, body: unknown) => ask('POST', `/floating-ips/${id}/port-forwardings`, body);

  test('lead ports of one address to ports of guests', async () => {
    const [web, ssh] = [await makePort(), await makePort()];
    const { id, address } = await taken();
    const first = { protocol: 'tcp', externalPortMin: 80, portId: web.id, internalPortMin: 8080 };
    const made = await forward(id, first);
    expect(made.status, made.text).toBe(201);
    await forward(id, {
      protocol: 'tcp',
      externalPortMin: 2200,
      externalPortMax: 2209,
      portId: ssh.id,
      internalPortMin: 22,
      internalPortMax: 31,
    });
    const { portForwardings, floatingIps } = (await spec()).spec;
    expect(floatingIps).toEqual([]);
    expect(
      portForwardings.map(({ externalPortMin, fixedAddress }) => [externalPortMin, fixedAddress]).toSorted(),
    ).toEqual([
      [2200, ssh.address],
      [80, web.address],
    ]);
    expect(portForwardings[0]?.address).toBe(address);
    const refused: [Record<string, unknown>, number, RegExp][] = [
      [{ externalPortMin: 2205 }, 400, /is in use: tcp 2200/],
      [{ externalPortMin: 90, externalPortMax: 91 }, 400, /as long as the external/],
      [{ externalPortMin: 90, externalPortMax: 89 }, 400, /must not be below/],
      [{ externalPortMin: 0 }, 400, /externalPortMin/],
      [{ externalPortMin: 90, protocol: 'icmp' }, 400, /protocol/],
    ];
    for (const [body, status, words] of refused) {
      const told = await forward(id, { ...first, ...body });
      expect([told.status, told.text], JSON.stringify(body)).toEqual([status, expect.stringMatching(words)]);
    }
    // The other protocol has ports of its own, and what is led to ports is not led to a port as a whole.
    expect((await forward(id, { ...first, protocol: 'udp' })).status).toBe(201);
    expect((await patch(id, { portId: web.id })).status).toBe(409);
    const changed = await ask('PATCH', `/floating-ips/${id}/port-forwardings/${withId.parse(made.body).id}`, {
      internalPortMin: 9090,
    });
    expect(changed.body).toMatchObject({ externalPortMin: 80, internalPortMin: 9090, internalPortMax: 9090 });
    await ask('DELETE', `/ports/${web.id}`);
    expect((await ask('GET', `/floating-ips/${id}`)).body).toMatchObject({
      forwardings: [{ portId: ssh.id }],
      routerId,
    });
    const [last] = floatingIp.parse((await ask('GET', `/floating-ips/${id}`)).body).forwardings;
    expect((await ask('DELETE', `/floating-ips/${id}/port-forwardings/${last?.id}`)).status).toBe(204);
    expect((await ask('GET', `/floating-ips/${id}`)).body).toMatchObject({ forwardings: [], routerId: null });
    expect((await remove(id)).status).toBe(204);
  });

  test('an address has one way in: a floating IP, or port forwardings', async () => {
    const { prisma } = cloud.core.database;
    const [web, both] = [await makePort(), await makePort()];
    const [whole, ports, spare] = [await taken({ portId: both.id }), await taken(), await taken()];
    const ssh = { protocol: 'tcp', externalPortMin: 22, portId: web.id, internalPortMin: 22 };
    const led = withId.parse((await forward(ports.id, ssh)).body);
    const refused: [Told, RegExp][] = [
      [await forward(ports.id, { ...ssh, externalPortMin: 80, portId: both.id }), /has the floating IP/],
      [
        await ask('PATCH', `/floating-ips/${ports.id}/port-forwardings/${led.id}`, { portId: both.id }),
        /has the float/,
      ],
      [await patch(spare.id, { portId: web.id }), /port forwardings of the floating IP .* lead to/],
      [await take({ portId: web.id }), /port forwardings of the floating IP .* lead to/],
      [await patch(spare.id, { portId: both.id }), /has the floating IP/],
      [await take({ portId: both.id }), /has the floating IP/],
    ];
    for (const [told, words] of refused) {
      expect([told.status, told.text]).toEqual([409, expect.stringMatching(words)]);
      expect(problemBody.parse(told.body).errors.map(({ field }) => field)).toEqual(['portId']);
    }
    // Neither does the database take what got past the control plane.
    const at = { portId: web.id, fixedAddress: web.address, routerId };
    await expect(prisma.floatingIp.update({ where: { id: spare.id }, data: at })).rejects.toThrow();
    const to = { portId: both.id, fixedAddress: both.address };
    await expect(prisma.portForwarding.update({ where: { id: led.id }, data: to })).rejects.toThrow();
    await expect(prisma.floatingIp.update({ where: { id: spare.id }, data: { ...to, routerId } })).rejects.toThrow();
    expect((await forward(spare.id, { ...ssh, externalPortMin: 2222 })).status).toBe(201);
    for (const { id } of [whole, ports, spare]) await remove(id);
  });

  test('of a floating IP and a port forwarding that are to lead to one address at once, one does', async () => {
    const { prisma } = cloud.core.database;
    const [one, ports] = [await taken(), await taken()];
    for (let round = 0; round < 5; round += 1) {
      const port = await makePort();
      const at = { portId: port.id, fixedAddress: port.address };
      const ranges = { externalPortMin: 22, externalPortMax: 22, internalPortMin: 22, internalPortMax: 22 };
      // By the database alone: the control plane lets only one of them ask at a time.
      const outcomes = await Promise.allSettled([
        prisma.floatingIp.update({ where: { id: one.id }, data: { ...at, routerId } }),
        prisma.portForwarding.create({ data: { floatingIpId: ports.id, protocol: 'tcp', ...at, ...ranges } }),
      ]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      await ask('DELETE', `/ports/${port.id}`);
    }
    for (const { id } of [one, ports]) await remove(id);
  });
});
