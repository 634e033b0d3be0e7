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

describe('secrets that are kept', () => {
  const createdCredential = z.object({ credential: z.looseObject({ id: z.string() }) });

  test('of EC2: told once, listed without the secret, one’s own alone', async () => {
    const all = `/v3/users/${member.id}/credentials/OS-EC2`;
    const made = await asMember('POST', all, { body: { tenant_id: tenant.id } });
    expect(made.status, made.text).toBe(201);
    const { access, secret } = z
      .object({ credential: z.looseObject({ access: z.string(), secret: z.string() }) })
      .parse(made.body).credential;
    const shown = await asMember('GET', `${all}/${access}`);
    expect(shown.body).toMatchObject({ credential: { access, user_id: member.id, tenant_id: tenant.id } });
    expect(shown.text).not.toContain(secret);
    expect((await asMember('GET', all)).text).toContain(access);
    expect(await status(operator, 'GET', all)).toBe(404);
    expect(await status(asMember, 'DELETE', `${all}/${access}`)).toBe(204);
    expect(await status(asMember, 'GET', `${all}/${access}`)).toBe(404);
  });

  test('A01: a credential changes its secret, and never its owner, its project or its key', async () => {
    const access = randomUUID();
    const blob = (secret: string, key = access) => JSON.stringify({ access: key, secret });
    const given = { type: 'ec2', project_id: tenant.id, blob: blob('the-secret') };
    const made = await asMember('POST', '/v3/credentials', { body: { credential: given } });
    expect(made.status, made.text).toBe(201);
    const { id } = createdCredential.parse(made.body).credential;
    const path = `/v3/credentials/${id}`;
    expect((await asMember('GET', path)).text).not.toContain('the-secret');
    const change = { blob: blob('another'), user_id: randomUUID(), project_id: randomUUID() };
    expect((await asMember('PATCH', path, { body: { credential: change } })).body).toMatchObject({
      credential: { id, user_id: member.id, project_id: tenant.id },
    });
    expect(await status(asMember, 'PATCH', path, { credential: { blob: blob('x', randomUUID()) } })).toBe(403);
    const foreign = { ...given, user_id: randomUUID() };
    expect(await status(asMember, 'POST', '/v3/credentials', { credential: foreign })).toBe(403);
    expect(await status(operator, 'GET', path)).toBe(404);
    expect(await status(asMember, 'POST', '/v3/credentials', { credential: { ...given, blob: 'no json' } })).toBe(400);
    expect(await status(asMember, 'DELETE', path)).toBe(204);
  });
});

describe('passwords', () => {
  test('are changed by who knows them, and every token of before is dead', async () => {
    const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
    const own = openstackOf(cloud, '/identity', await tokenOf(person.name));
    const path = `/v3/users/${person.id}/password`;
    const change = { user: { original_password: userPassword, password: 'another long one' } };
    const wrong = { user: { ...change.user, original_password: 'a wrong password' } };
    for (const ask of [own, operator, asMember]) expect(await status(ask, 'POST', path, wrong)).toBe(401);
    expect(await status(own, 'GET', '/v3/auth/projects')).toBe(200);
    expect((await own('POST', path, { token: null, body: change })).status).toBe(204);
    expect(await status(own, 'GET', '/v3/auth/projects')).toBe(401);
  });
});

test('A02: a restricted credential makes no credentials: no other one, no trust, no EC2 key, no secret to keep', async () => {
  const owner = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' } });
  const lent = { name: 'ci', projectId: tenant.id };
  const made = await cloud.ask('POST', '/v1/application-credentials', { token: owner.token, body: lent });
  const { id, secret } = z.object({ id: z.string(), secret: z.string() }).parse(made.body);
  const identity = { methods: ['application_credential'], application_credential: { id, secret } };
  const told = await cloud.ask('POST', '/identity/v3/auth/tokens', { body: { auth: { identity } } });
  const ask = openstackOf(cloud, '/identity', told.headers.get('x-subject-token') ?? '');
  const trust = {
    trustor_user_id: owner.id,
    trustee_user_id: member.id,
    project_id: tenant.id,
    impersonation: true,
    roles: [{ id: builtInRoleIds.reader }],
  };
  const attempts: [string, object][] = [
    [
      `/v3/users/${owner.id}/application_credentials`,
      { application_credential: { name: 'wider', unrestricted: true } },
    ],
    [`/v3/users/${owner.id}/credentials/OS-EC2`, { tenant_id: tenant.id }],
    ['/v3/credentials', { credential: { type: 'cert', blob: 'x' } }],
    ['/v3/OS-TRUST/trusts', { trust }],
  ];
  for (const [path, body] of attempts) expect((await ask('POST', path, { body })).status, path).toBe(403);
});
