import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant, userPassword } from './cloud.ts';
import { type Ask, keystoneToken, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let member: { readonly id: string; readonly name: string };
let operator: Ask;
let asMember: Ask;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const admin = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' }, system: 'admin' });
  operator = openstackOf(cloud, '/identity', await tokenOf(admin.name));
  asMember = openstackOf(cloud, '/identity', await tokenOf(member.name));
});
afterAll(() => cloud[Symbol.asyncDispose]());

const tokenOf = (name: string) => keystoneToken(cloud, name, tenant.id);
const unique = (word: string) => `${word}-${randomUUID()}`;
const status = async (ask: Ask, method: string, path: string, body?: unknown) =>
  (await ask(method, path, { body })).status;

describe('what is lent', () => {
  test('application credentials: one’s own alone, the secret once', async () => {
    const all = `/v3/users/${member.id}/application_credentials`;
    const given = { name: unique('ci'), roles: [{ name: 'reader' }], expires_at: '2099-01-01T00:00:00.000000' };
    const made = await asMember('POST', all, { body: { application_credential: given } });
    expect(made.status, made.text).toBe(201);
    const { application_credential: credential } = z
      .object({ application_credential: z.looseObject({ id: z.string(), secret: z.string() }) })
      .parse(made.body);
    expect(credential).toMatchObject({
      project_id: tenant.id,
      unrestricted: false,
      roles: [{ id: builtInRoleIds.reader }],
      expires_at: '2099-01-01T00:00:00.000000Z',
    });
    const shown = await asMember('GET', `${all}/${credential.id}`);
    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain(credential.secret);
    expect((await asMember('GET', `${all}?name=${given.name}`)).text).toContain(credential.id);
    expect(await status(operator, 'GET', all)).toBe(404);
    expect(
      await status(asMember, 'POST', all, { application_credential: { name: 'x', roles: [{ name: 'admin' }] } }),
    ).toBe(400);
    expect(await status(asMember, 'DELETE', `${all}/${credential.id}`)).toBe(204);
  });

  test('trusts: a token of one acts with what was lent, and dies with it', async () => {
    const trustee = await makePerson(cloud, { system: 'reader' });
    const trust = {
      trustor_user_id: member.id,
      trustee_user_id: trustee.id,
      project_id: tenant.id,
      impersonation: true,
      roles: [{ id: builtInRoleIds.reader }],
    };
    expect(await status(operator, 'POST', '/v3/OS-TRUST/trusts', { trust })).toBe(403);
    const made = await asMember('POST', '/v3/OS-TRUST/trusts', { body: { trust } });
    expect(made.status, made.text).toBe(201);
    const { id } = z.object({ trust: z.looseObject({ id: z.string() }) }).parse(made.body).trust;
    const user = { id: trustee.id, password: userPassword };
    const scope = { 'OS-TRUST:trust': { id } };
    const body = { auth: { identity: { methods: ['password'], password: { user } }, scope } };
    const lent = await operator('POST', '/v3/auth/tokens', { body });
    expect(lent.body).toMatchObject({
      token: {
        user: { id: member.id },
        roles: [{ name: 'reader' }],
        'OS-TRUST:trust': { id, impersonation: true, trustee_user: { id: trustee.id } },
      },
    });
    const asTrustee = openstackOf(cloud, '/identity', lent.headers.get('x-subject-token') ?? '');
    expect(await status(asTrustee, 'GET', '/v3/auth/projects')).toBe(200);
    expect((await asMember('GET', `/v3/OS-TRUST/trusts/${id}/roles`)).body).toMatchObject({
      roles: [{ name: 'reader' }],
    });
    expect(await status(asMember, 'DELETE', `/v3/OS-TRUST/trusts/${id}`)).toBe(204);
    expect(await status(asTrustee, 'GET', '/v3/auth/projects')).toBe(401);
  });
});

describe('passwords', () => {
  test('are changed by their owner, and every token of before is dead', async () => {
    const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
    const own = openstackOf(cloud, '/identity', await tokenOf(person.name));
    const change = { user: { original_password: userPassword, password: 'another long one' } };
    expect(await status(asMember, 'POST', `/v3/users/${person.id}/password`, change)).toBe(404);
    expect(await status(own, 'POST', `/v3/users/${person.id}/password`, change)).toBe(204);
    expect(await status(own, 'GET', '/v3/auth/projects')).toBe(401);
  });
});
