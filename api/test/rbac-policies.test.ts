import { rbacPolicy } from '@unkai/contracts/resources/rbac-policy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let friend: Tenant;
let token: string;
let friendToken: string;
let operator: string;
let neutron: Ask;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  friend = await makeTenant(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
  friendToken = (await makePerson(cloud, { project: { id: friend.id, role: 'member' } })).token;
  operator = (await makePerson(cloud, { system: 'admin' })).token;
  neutron = openstackOf(cloud, '/network', token);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown, as = token) =>
  cloud.ask(method, `/v1${path}`, { token: as, body });
const share = (said: Record<string, unknown>, as = token) =>
  ask(
    'POST',
    `/projects/${tenant.id}/rbac-policies`,
    { objectType: 'network', objectId: tenant.network.id, targetProjectId: friend.id, ...said },
    as,
  );
const outcome = async (asked: ReturnType<typeof ask>) => {
  const { status, body } = await asked;
  return [status, ...problemBody.parse(body).errors.map(({ field }) => field)];
};

describe('a network that a project shares with another', () => {
  test('A45: takes ports of that one and of no third, stays shared while it has them, and is gone for it after', async () => {
    const at = `/networks/${tenant.network.id}`;
    expect((await ask('GET', at, undefined, friendToken)).status).toBe(404);
    const told = await share({});
    expect(told.status, told.text).toBe(201);
    const { id } = rbacPolicy.parse(told.body);
    expect((await ask('GET', at, undefined, friendToken)).body).toMatchObject({ isShared: true });
    // To its own project, and to everybody else, it is what it was.
    expect((await ask('GET', at)).body).toMatchObject({ isShared: false });
    const third = await makeTenant(cloud);
    const stranger = (await makePerson(cloud, { project: { id: third.id, role: 'member' } })).token;
    expect((await ask('GET', at, undefined, stranger)).status).toBe(404);
    const port = await ask('POST', `${at}/ports`, { projectId: friend.id }, friendToken);
    expect(port.status, port.text).toBe(201);
    expect((await ask('PATCH', at, { name: 'mine' }, friendToken)).status).toBe(403);
    const remove = () => ask('DELETE', `/rbac-policies/${id}`);
    expect(await outcome(remove())).toEqual([409, withId.parse(port.body).id]);
    const elsewhere = ask('PATCH', `/rbac-policies/${id}`, { targetProjectId: third.id });
    expect((await elsewhere).status).toBe(409);
    expect((await ask('GET', `/rbac-policies/${id}`, undefined, friendToken)).status).toBe(404);
    await ask('DELETE', `/ports/${withId.parse(port.body).id}`, undefined, friendToken);
    expect((await remove()).status).toBe(204);
    expect((await ask('GET', at, undefined, friendToken)).status).toBe(404);
  });

  test('A50: only operators open it to all, or outwards', async () => {
    expect(await outcome(share({ targetProjectId: null }))).toEqual([403, 'targetProjectId']);
    expect(await outcome(share({ action: 'access_as_external' }))).toEqual([403, 'action']);
    const told = await share({ targetProjectId: null }, operator);
    const { id } = rbacPolicy.parse(told.body);
    expect((await ask('GET', `/networks/${tenant.network.id}`)).body).toMatchObject({ isShared: true });
    expect(await outcome(ask('DELETE', `/rbac-policies/${id}`))).toEqual([403, 'targetProjectId']);
    expect(await outcome(ask('PATCH', `/rbac-policies/${id}`, { targetProjectId: friend.id }))).toEqual([
      ...[403, 'targetProjectId'],
    ]);
    expect((await ask('DELETE', `/rbac-policies/${id}`, undefined, operator)).status).toBe(204);
    expect((await ask('GET', `/networks/${tenant.network.id}`)).body).toMatchObject({ isShared: false });
    const out = rbacPolicy.parse((await share({ action: 'access_as_external' }, operator)).body);
    expect((await ask('GET', `/networks/${tenant.network.id}`)).body).toMatchObject({ isExternal: true });
    await ask('DELETE', `/rbac-policies/${out.id}`, undefined, operator);
    expect((await ask('GET', `/networks/${tenant.network.id}`)).body).toMatchObject({ isExternal: false });
  });

  test('is the project’s own, to a project that is there, once', async () => {
    expect(await outcome(share({ objectId: friend.network.id }))).toEqual([400, 'objectId']);
    expect(await outcome(share({ targetProjectId: crypto.randomUUID() }))).toEqual([400, 'targetProjectId']);
    const { id } = rbacPolicy.parse((await share({})).body);
    expect(await outcome(share({}))).toEqual([409, 'targetProjectId']);
    expect((await ask('DELETE', `/rbac-policies/${id}`)).status).toBe(204);
    const pool = { objectType: 'subnet-pool', objectId: tenant.network.id, action: 'access_as_external' };
    expect(await outcome(share(pool))).toEqual([400, 'action']);
  });
});

test('QoS policies, subnet pools and address scopes are shared the same way, and stay so while they are used', async () => {
  const make = async (path: string, body: object) =>
    withId.parse((await ask('POST', `/projects/${tenant.id}/${path}`, { name: 'shared', ...body })).body).id;
  const qosPolicyId = await make('qos-policies', {});
  const subnetPoolId = await make('subnet-pools', { prefixes: ['10.44.0.0/16'] });
  const addressScopeId = await make('address-scopes', { family: 4 });
  const things = [
    ['qos-policy', qosPolicyId],
    ['subnet-pool', subnetPoolId],
    ['address-scope', addressScopeId],
  ] as const;
  const made = await Promise.all(
    things.map(async ([objectType, objectId]) => rbacPolicy.parse((await share({ objectType, objectId })).body)),
  );
  await ask('PATCH', `/networks/${friend.network.id}`, { qosPolicyId }, friendToken);
  await ask('POST', `/networks/${friend.network.id}/subnets`, { name: 's', subnetPoolId }, friendToken);
  const own = { name: 'p', prefixes: ['10.45.0.0/16'], addressScopeId };
  await ask('POST', `/projects/${friend.id}/subnet-pools`, own, friendToken);
  for (const [index, [noun, id]] of things.entries()) {
    const path = `/${noun === 'qos-policy' ? 'qos-policie' : noun}s/${id}`;
    expect((await ask('GET', path, undefined, friendToken)).body).toMatchObject({ isShared: true });
    const removed = await ask('DELETE', `/rbac-policies/${made[index]?.id}`);
    expect([noun, removed.status]).toEqual([noun, 409]);
  }
  const listed = await ask('GET', `/projects/${tenant.id}/rbac-policies?objectId=${subnetPoolId}`);
  expect(z.object({ items: z.array(rbacPolicy) }).parse(listed.body).items).toEqual([made[1]]);
});

test('the network door speaks of tenants, and of all as *', async () => {
  const wanted = { object_type: 'network', object_id: tenant.network.id, action: 'access_as_shared' };
  const body = (target: object) => ({ body: { rbac_policy: { ...wanted, ...target } } });
  const told = await neutron('POST', '/v2.0/rbac-policies', body({ target_tenant: friend.id }));
  expect(told.body).toMatchObject({
    rbac_policy: { ...wanted, target_tenant: friend.id, target_project: friend.id, project_id: tenant.id },
  });
  const { id } = z.object({ rbac_policy: withId }).parse(told.body).rbac_policy;
  expect((await neutron('POST', '/v2.0/rbac-policies', body({ target_tenant: '*' }))).status).toBe(403);
  const asOperator = openstackOf(cloud, '/network', operator);
  const all = await asOperator('PUT', `/v2.0/rbac-policies/${id}`, { body: { rbac_policy: { target_tenant: '*' } } });
  expect(all.body).toMatchObject({ rbac_policy: { target_tenant: '*' } });
  expect((await neutron('GET', '/v2.0/rbac-policies?object_type=network')).body).toMatchObject({
    rbac_policies: [{ id }],
  });
  expect((await asOperator('DELETE', `/v2.0/rbac-policies/${id}`)).status).toBe(204);
});
