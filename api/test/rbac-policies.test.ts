import { rbacPolicy } from '@unkai/contracts/resources/rbac-policy';
import { securityGroup } from '@unkai/contracts/resources/security-group';
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

describe('a security group that a project shares with another', () => {
  const makeGroup = async (name: string) => {
    const told = await ask('POST', `/projects/${tenant.id}/security-groups`, { name });
    expect(told.status, told.text).toBe(201);
    return securityGroup.parse(told.body);
  };

  test('A45: is read and given to ports by that one and by no third, changed by none, and named in rules of theirs', async () => {
    const { id } = await makeGroup('bastion');
    const at = `/security-groups/${id}`;
    const network = `/networks/${friend.network.id}/ports`;
    const wanted = { securityGroupIds: [id] };
    expect((await ask('GET', at, undefined, friendToken)).status).toBe(404);
    expect(await outcome(ask('POST', network, wanted, friendToken))).toEqual([400, 'securityGroupIds.0']);
    await share({ objectType: 'security-group', objectId: id });
    expect((await ask('GET', at, undefined, friendToken)).body).toMatchObject({ isShared: true, portCount: null });
    expect((await ask('GET', at)).body).toMatchObject({ isShared: false, portCount: 0 });
    const seen = await ask('GET', `/projects/${friend.id}/security-groups`, undefined, friendToken);
    expect(
      z
        .object({ items: z.array(withId) })
        .parse(seen.body)
        .items.map((each) => each.id),
    ).toContain(id);
    const port = await ask('POST', network, wanted, friendToken);
    expect(port.status, port.text).toBe(201);
    expect(port.body).toMatchObject(wanted);

    const third = await makeTenant(cloud);
    const stranger = (await makePerson(cloud, { project: { id: third.id, role: 'member' } })).token;
    expect((await ask('GET', at, undefined, stranger)).status).toBe(404);
    const theirs = ask('POST', `/networks/${third.network.id}/ports`, wanted, stranger);
    expect(await outcome(theirs)).toEqual([400, 'securityGroupIds.0']);
    const rule = { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 };
    expect((await ask('POST', `${at}/rules`, rule, friendToken)).status).toBe(403);
    expect((await ask('PATCH', at, { name: 'mine' }, friendToken)).status).toBe(403);
    expect((await ask('DELETE', at, undefined, friendToken)).status).toBe(403);
    const [own] = z
      .object({ items: z.array(securityGroup) })
      .parse(seen.body)
      .items.filter((each) => each.isDefault);
    const named = { ...rule, remoteGroupId: id };
    const added = await ask('POST', `/security-groups/${own?.id}/rules`, named, friendToken);
    expect(added.body).toMatchObject({ remoteGroupId: id });
    const strange = ask('POST', `/security-groups/${third.group.id}/rules`, named, stranger);
    expect(await outcome(strange)).toEqual([400, 'remoteGroupId']);
    await ask('DELETE', `/security-groups/${own?.id}/rules/${withId.parse(added.body).id}`, undefined, friendToken);
    await ask('DELETE', `/ports/${withId.parse(port.body).id}`, undefined, friendToken);
    expect((await ask('DELETE', at)).status).toBe(204);
  });

  test('stays shared, and stays, while a port of theirs has it; each is named without its name', async () => {
    const { id } = await makeGroup('shared');
    const policy = rbacPolicy.parse((await share({ objectType: 'security-group', objectId: id })).body);
    const port = await ask(
      'POST',
      `/networks/${friend.network.id}/ports`,
      { name: 'secret-name', securityGroupIds: [id] },
      friendToken,
    );
    const portId = withId.parse(port.body).id;
    const removed = await ask('DELETE', `/rbac-policies/${policy.id}`);
    expect([removed.status, removed.text]).toEqual([409, expect.stringContaining(friend.id)]);
    expect(removed.text).not.toContain('secret-name');
    expect(await outcome(ask('DELETE', `/security-groups/${id}`))).toEqual([409, portId]);
    // Neither does the database take what got past the control plane.
    const { prisma } = cloud.core.database;
    const third = await makeTenant(cloud);
    const place = { projectId: third.id, networkId: third.network.id, macAddress: 'fa:16:3e:0a:0b:0c' };
    const theirs = await prisma.port.create({ data: place });
    const given = { portId: theirs.id, securityGroupId: id };
    await expect(prisma.portSecurityGroup.create({ data: given })).rejects.toThrow(/not open to the project/);
    await ask('PATCH', `/ports/${portId}`, { securityGroupIds: [] }, friendToken);
    expect((await ask('DELETE', `/rbac-policies/${policy.id}`)).status).toBe(204);
    expect((await ask('GET', `/security-groups/${id}`, undefined, friendToken)).status).toBe(404);
    expect((await ask('DELETE', `/security-groups/${id}`)).status).toBe(204);
  });

  test('stays shared, and stays, while a rule of theirs names it, and its project stays with it', async () => {
    const { prisma } = cloud.core.database;
    const owner = await makeTenant(cloud);
    const group = await prisma.securityGroup.create({ data: { projectId: owner.id, name: 'lent' } });
    const of = { projectId: owner.id, securityGroupId: group.id, action: 'access_as_shared' };
    const policy = await prisma.rbacPolicy.create({ data: { ...of, targetProjectId: friend.id } });
    const rule = { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22, remoteGroupId: group.id };
    const rules = `/security-groups/${friend.group.id}/rules`;
    const ruleId = withId.parse((await ask('POST', rules, rule, friendToken)).body).id;
    for (const path of [`/rbac-policies/${policy.id}`, `/security-groups/${group.id}`, `/projects/${owner.id}`]) {
      const told = await ask('DELETE', path, undefined, operator);
      expect([path, told.status, told.body]).toEqual([
        ...[
          path,
          409,
          expect.objectContaining({
            code: 'in_use',
            errors: expect.arrayContaining([expect.objectContaining({ field: ruleId })]),
          }),
        ],
      ]);
      expect(told.text).toContain(friend.id);
    }
    // Neither does the database take what got past the control plane.
    const past = { securityGroupId: tenant.group.id, direction: 'ingress', protocol: 'any', remoteGroupId: group.id };
    await expect(prisma.securityGroupRule.create({ data: past })).rejects.toThrow(/not open to the project/);
    expect((await ask('DELETE', `${rules}/${ruleId}`, undefined, friendToken)).status).toBe(204);
    expect((await ask('DELETE', `/projects/${owner.id}`, undefined, operator)).status).toBe(204);
  });

  test('is security_group at the network door, with shared told and its rules listed', async () => {
    const { id } = await makeGroup('door');
    const policy = { object_type: 'security_group', object_id: id, action: 'access_as_shared' };
    const made = await neutron('POST', '/v2.0/rbac-policies', {
      body: { rbac_policy: { ...policy, target_tenant: friend.id } },
    });
    expect(made.body).toMatchObject({ rbac_policy: policy });
    expect((await neutron('GET', '/v2.0/rbac-policies?object_type=security_group')).body).toMatchObject({
      rbac_policies: [policy],
    });
    const theirs = openstackOf(cloud, '/network', friendToken);
    expect((await theirs('GET', '/v2.0/security-groups?shared=true')).body).toMatchObject({
      security_groups: [{ id, shared: true }],
    });
    const rules = await theirs('GET', `/v2.0/security-group-rules?security_group_id=${id}`);
    expect(rules.body).toMatchObject({ security_group_rules: [{ security_group_id: id }, { security_group_id: id }] });
    const wanted = { port: { network_id: friend.network.id, security_groups: [id] } };
    const port = await theirs('POST', '/v2.0/ports', { body: wanted });
    expect(port.body).toMatchObject(wanted);
    const rbac = z.object({ rbac_policy: withId }).parse(made.body).rbac_policy;
    const inUse = { status: 409, body: { NeutronError: { type: 'RbacPolicyInUse' } } };
    expect(await neutron('DELETE', `/v2.0/rbac-policies/${rbac.id}`)).toMatchObject(inUse);
    const named = { direction: 'ingress', security_group_id: friend.group.id, remote_group_id: id };
    const rule = await theirs('POST', '/v2.0/security-group-rules', { body: { security_group_rule: named } });
    expect(rule.body).toMatchObject({ security_group_rule: named });
    const portId = z.object({ port: withId }).parse(port.body).port.id;
    expect((await theirs('DELETE', `/v2.0/ports/${portId}`)).status).toBe(204);
    expect(await neutron('DELETE', `/v2.0/rbac-policies/${rbac.id}`)).toMatchObject(inUse);
    const ruleId = z.object({ security_group_rule: withId }).parse(rule.body).security_group_rule.id;
    expect((await theirs('DELETE', `/v2.0/security-group-rules/${ruleId}`)).status).toBe(204);
    expect((await neutron('DELETE', `/v2.0/rbac-policies/${rbac.id}`)).status).toBe(204);
  });
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
