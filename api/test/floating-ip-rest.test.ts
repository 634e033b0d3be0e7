import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cloud, type Tenant, withId } from './cloud.ts';
import { openRouterCloud, type RouterCloud } from './router-cloud.ts';

let world: RouterCloud;
let cloud: Cloud;
let tenant: Tenant;
let ask: RouterCloud['ask'];

beforeAll(async () => {
  world = await openRouterCloud();
  ({ cloud, tenant, ask } = world);
  const { id } = await world.makeRouter({ gateway: { networkId: world.outside.network.id } });
  await ask('POST', `/routers/${id}/interfaces`, { subnetId: tenant.subnet.id });
});
afterAll(() => world[Symbol.asyncDispose]());

const take = (body: Record<string, unknown>, as?: string) =>
  ask('POST', `/projects/${tenant.id}/floating-ips`, { networkId: world.outside.network.id, ...body }, as);
const remove = (id: string) => ask('DELETE', `/floating-ips/${id}`);

test('a floating IP that is given back rests while its host may answer for it: no port and no gateway has it, a floating IP waits', async () => {
  const { prisma } = cloud.core.database;
  const on = `/networks/${tenant.network.id}/ports`;
  const port = withId.parse((await ask('POST', on, {})).body);
  const address = '203.0.113.66';
  const { id } = withId.parse((await take({ address, portId: port.id }, world.operator)).body);
  expect((await remove(id)).status).toBe(204);
  const networkId = world.outside.network.id;
  const asPort = () => ask('POST', `/networks/${networkId}/ports`, { addresses: [{ address }] }, world.operator);
  const conflict = (message: string) => ({
    status: 409,
    body: { errors: [{ field: 'addresses.0', message: expect.stringContaining(message) }] },
  });
  expect(await asPort()).toMatchObject(conflict('rests until its host has let go of it'));
  const gateway = { networkId, addresses: [{ address }] };
  const other = await ask('POST', `/projects/${tenant.id}/routers`, { name: 'other', gateway }, world.operator);
  expect(other.status, other.text).toBe(409);
  expect(other.text).toContain('rests until');
  const heard = { id: world.hostId };
  const { lastHeartbeatAt } = await prisma.host.update({ where: heard, data: { isUp: false } });
  const end = new Date(lastHeartbeatAt.getTime() + 30_000).toISOString();
  expect(await asPort()).toMatchObject(conflict(end));
  await prisma.host.update({ where: heard, data: { isUp: true } });
  const again = await take({ address }, world.operator);
  expect(again.status, again.text).toBe(201);
  expect(await asPort()).toMatchObject(conflict('is already in use'));
  expect((await remove(withId.parse(again.body).id)).status).toBe(204);
  await ask('DELETE', `/ports/${port.id}`);
});
