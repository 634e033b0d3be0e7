import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeHost } from './installation.ts';
import { type Ask, openstackOf } from './openstack.ts';
import { openRouterCloud, type RouterCloud } from './router-cloud.ts';

let world: RouterCloud;
let member: Ask;
let operator: Ask;
beforeAll(async () => {
  world = await openRouterCloud();
  member = openstackOf(world.cloud, '/network', world.token);
  operator = openstackOf(world.cloud, '/network', world.operator);
});
afterAll(() => world[Symbol.asyncDispose]());

async function make(kind: string, path: string, body: Record<string, unknown>) {
  const told = await member('POST', `/v2.0/${path}`, { body: { [kind]: body } });
  expect(told.status, told.text).toBe(201);
  return z.looseObject({ id: z.string() }).parse(z.record(z.string(), z.unknown()).parse(told.body)[kind]);
}

describe('routers', () => {
  test('are made, joined, given a gateway and routes, and taken apart as clients do it', async () => {
    const { id } = await make('router', 'routers', { name: 'clirtr', admin_state_up: true });
    const subnet = world.tenant.subnet.id;
    const joined = await member('PUT', `/v2.0/routers/${id}/add_router_interface`, { body: { subnet_id: subnet } });
    const port = { id, subnet_id: subnet, subnet_ids: [subnet], network_id: world.tenant.network.id };
    expect([joined.status, joined.body]).toMatchObject([200, port]);
    const network_id = world.outside.network.id;
    const put = (router: unknown, at = '') => member('PUT', `/v2.0/routers/${id}${at}`, { body: { router } });
    expect((await put({ external_gateway_info: { network_id, enable_snat: false } })).body).toMatchObject({
      router: {
        name: 'clirtr',
        admin_state_up: true,
        distributed: false,
        ha: false,
        routes: [],
        external_gateway_info: {
          network_id,
          enable_snat: false,
          external_fixed_ips: [{ ip_address: expect.stringMatching(/^203/) }],
        },
      },
    });
    const ways = ['192.0.2.0/24', '198.51.100.0/24'].map((destination) => ({ destination, nexthop: '10.0.0.9' }));
    expect((await put({ routes: ways.slice(0, 1) })).body).toMatchObject({ router: { routes: ways.slice(0, 1) } });
    expect((await put({ routes: ways.slice(1) }, '/add_extraroutes')).body).toMatchObject({ router: { routes: ways } });
    expect((await put({ routes: ways }, '/remove_extraroutes')).body).toMatchObject({ router: { routes: [] } });
    // The client shows a router with its ports.
    const ports = await member('GET', `/v2.0/ports?device_id=${id}`);
    expect(ports.body).toMatchObject({
      ports: [{ device_owner: 'network:router_interface', fixed_ips: [{ subnet_id: subnet, ip_address: '10.0.0.1' }] }],
    });
    expect((await member('GET', '/v2.0/routers?name=clirtr&fields=id')).body).toEqual({ routers: [{ id }] });
    expect((await member('DELETE', `/v2.0/routers/${id}`)).status).toBe(409);
    expect((await put({ external_gateway_info: {} })).body).toMatchObject({ router: { external_gateway_info: null } });
    const left = await member('PUT', `/v2.0/routers/${id}/remove_router_interface`, { body: { subnet_id: subnet } });
    expect([left.status, left.body]).toMatchObject([200, port]);
    expect((await member('DELETE', `/v2.0/routers/${id}`)).status).toBe(204);
  });

  test('refuse what is not here by its name there', async () => {
    const network_id = world.tenant.network.id;
    const refused: [unknown, RegExp][] = [
      [{ distributed: true }, /must be false/],
      [{ ha: true }, /must be false/],
      [{ external_gateway_info: { network_id } }, /external_gateway_info.network_id: names/],
    ];
    for (const [more, words] of refused) {
      const told = await member('POST', '/v2.0/routers', { body: { router: { name: 'x', ...Object(more) } } });
      expect([told.status, told.text]).toEqual([400, expect.stringMatching(words)]);
    }
    const quota = await operator('PUT', `/v2.0/quotas/${world.tenant.id}`, {
      body: { quota: { router: 7, floatingip: 8 } },
    });
    expect(quota.body).toMatchObject({ quota: { router: 7, floatingip: 8 } });
  });
});

test('a floating IP that its server’s host cannot carry is in error, and the reason is told where there is room for it', async () => {
  const { prisma } = world.cloud.core.database;
  const router = await make('router', 'routers', {
    name: 'branched',
    external_gateway_info: { network_id: world.outside.network.id },
  });
  const { networkId, id: subnet_id } = await world.makeSubnet('10.88.0.0/24');
  await member('PUT', `/v2.0/routers/${router.id}/add_router_interface`, { body: { subnet_id } });
  const port = await make('port', 'ports', { network_id: networkId });
  const floating_network_id = world.outside.network.id;
  const floating = await make('floatingip', 'floatingips', { floating_network_id, port_id: port.id });
  const near = await makeHost(world.cloud.core, world.cloud.services, 'near');
  const flavor = { flavorId: randomUUID(), flavorName: 'm', vcpus: 1, memoryMib: 512, diskGib: 1 };
  const server = { projectId: world.tenant.id, name: 'web', state: 'running', reservationId: 'r', hostId: near.hostId };
  const { id: serverId } = await prisma.server.create({ data: { ...server, ...flavor } });
  await prisma.port.update({ where: { id: port.id }, data: { serverId } });
  const listed = async (status: string) =>
    (await member('GET', `/v2.0/floatingips?status=${status}&router_id=${router.id}&fields=id`)).body;
  const shown = async () => (await member('GET', `/v2.0/floatingips/${floating.id}`)).body;
  expect(await shown()).toMatchObject({ floatingip: { status: 'ACTIVE' } });
  const failure = { code: 'host_failed', message: 'No device is there.', next: 'Look at the host.' };
  const branch = { routerId: router.id, hostId: near.hostId, observedGeneration: 1, observedFailure: failure };
  await prisma.routerBranch.create({ data: branch });
  const where = { floatingIpId: floating.id };
  await prisma.floatingIpHolder.update({ where, data: { hostId: near.hostId, noun: 'router-branch' } });
  expect(await shown()).toMatchObject({ floatingip: { status: 'ERROR' } });
  expect(await listed('ERROR')).toEqual({ floatingips: [{ id: floating.id }] });
  expect(await listed('ACTIVE')).toEqual({ floatingips: [] });
  const told = (await world.ask('GET', `/floating-ips/${floating.id}`)).body;
  expect(told).toMatchObject({ failure, server: { id: serverId, name: 'web' } });
  await prisma.routerBranch.deleteMany({ where: { routerId: router.id } });
  expect(await listed('ACTIVE')).toEqual({ floatingips: [{ id: floating.id }] });
  expect((await world.ask('GET', `/floating-ips/${floating.id}`)).body).toMatchObject({ failure: null });
  // While the host that it was with is to let go of it, it passes nowhere.
  await prisma.floatingIpHolder.update({ where, data: { leavingGeneration: 2, leavingSince: new Date() } });
  expect(await shown()).toMatchObject({ floatingip: { status: 'DOWN' } });
  expect(await listed('DOWN')).toEqual({ floatingips: [{ id: floating.id }] });
  expect((await world.ask('GET', `/floating-ips/${floating.id}`)).body).toMatchObject({
    state: 'waiting',
    failure: { message: expect.stringContaining('has not let go of it yet') },
  });
});

test('floating IPs are taken, lent to a port, led to ports and given back', async () => {
  const router = await make('router', 'routers', {
    name: 'way',
    external_gateway_info: { network_id: world.outside.network.id },
  });
  const subnet_id = world.tenant.subnet.id;
  await member('PUT', `/v2.0/routers/${router.id}/add_router_interface`, { body: { subnet_id } });
  const port = await make('port', 'ports', { network_id: world.tenant.network.id });
  const floating = await make('floatingip', 'floatingips', { floating_network_id: world.outside.network.id });
  expect(floating).toMatchObject({ status: 'DOWN', port_id: null, fixed_ip_address: null, router_id: null });
  const at = `/v2.0/floatingips/${floating.id}`;
  const put = (floatingip: unknown) => member('PUT', at, { body: { floatingip } });
  expect((await put({ port_id: port.id })).body).toMatchObject({
    floatingip: { port_id: port.id, fixed_ip_address: '10.0.0.3', router_id: router.id, status: 'ACTIVE' },
  });
  expect((await member('GET', `/v2.0/floatingips?port_id=${port.id}`)).body).toMatchObject({
    floatingips: [{ id: floating.id }],
  });
  expect((await put({ port_id: null })).body).toMatchObject({ floatingip: { port_id: null, status: 'DOWN' } });
  const wanted = { protocol: 'tcp', internal_port_id: port.id, internal_ip_address: '10.0.0.3' };
  const made = await make('port_forwarding', `floatingips/${floating.id}/port_forwardings`, {
    ...wanted,
    external_port: 2222,
    internal_port: 22,
  });
  expect(made).toMatchObject({ ...wanted, external_port: 2222, internal_port: 22, external_port_range: '2222:2222' });
  const one = `${at}/port_forwardings/${made.id}`;
  const ranges = { external_port_range: '3000:3009', internal_port_range: '4000:4009' };
  expect((await member('PUT', one, { body: { port_forwarding: ranges } })).body).toMatchObject({
    port_forwarding: ranges,
  });
  expect((await member('GET', at)).body).toMatchObject({ floatingip: { port_forwardings: [{ external_port: 3000 }] } });
  expect((await member('GET', one)).status).toBe(200);
  expect((await member('DELETE', one)).status).toBe(204);
  expect((await member('GET', one)).status).toBe(404);
  expect((await member('DELETE', at)).status).toBe(204);
});
