import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, origin, type Tenant, userPassword } from './cloud.ts';
import { openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let member: { readonly id: string; readonly name: string };
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, more: { body?: unknown; headers?: Record<string, string> } = {}) =>
  openstackOf(cloud, '/identity', '')(method, path, { token: null, ...more });
const as = (token: string) => openstackOf(cloud, '/identity', token);

const onTenant = () => ({ project: { name: tenant.name, domain: { id: 'default' } } });
const byPassword = (name: string, password = userPassword) => ({
  methods: ['password'],
  password: { user: { name, password, domain: { name: 'Default' } } },
});
const issue = (identity: unknown, scope?: unknown, path = '/v3/auth/tokens') =>
  ask('POST', path, { body: { auth: { identity, ...(scope !== undefined && { scope }) } } });
const tokenOf = (told: { headers: Headers }) => told.headers.get('x-subject-token') ?? '';
async function tokenFor(name: string, scope?: unknown): Promise<string> {
  const told = await issue(byPassword(name), scope);
  expect(told.status, told.text).toBe(201);
  return tokenOf(told);
}
const tokenBody = z.object({ token: z.looseObject({ audit_ids: z.array(z.string()) }) });

describe('versions', () => {
  test('the documents need no token; the root offers a choice', async () => {
    const root = await ask('GET', '');
    expect(root.status).toBe(300);
    expect(root.body).toMatchObject({ versions: { values: [{ id: 'v3.14', status: 'stable' }] } });
    const one = await ask('GET', '/v3');
    expect(one.status).toBe(200);
    expect(one.body).toMatchObject({ version: { links: [{ rel: 'self', href: `${origin}/identity/v3/` }] } });
  });
});

describe('a token', () => {
  test('by password for a project, with who, what, where and the catalog', async () => {
    const told = await issue(byPassword(member.name), onTenant());
    expect(told.status).toBe(201);
    expect(tokenOf(told)).toMatch(/^ukt_/);
    expect(told.body).toMatchObject({
      token: {
        methods: ['password'],
        user: { id: member.id, name: member.name, domain: { id: 'default', name: 'Default' } },
        project: { id: tenant.id, name: tenant.name, domain: { id: 'default' } },
        is_domain: false,
        roles: [{ name: 'member' }, { name: 'reader' }],
      },
    });
    for (const [type, url] of [
      ['compute', '/compute/v2.1'],
      ['identity', '/identity/v3'],
      ['image', '/image'],
      ['network', '/network'],
    ] as const) {
      const endpoint = expect.objectContaining({ interface: 'public', region_id: 'RegionOne', url: origin + url });
      const endpoints = expect.arrayContaining([endpoint]);
      expect(told.body).toMatchObject({
        token: { catalog: expect.arrayContaining([expect.objectContaining({ type, endpoints })]) },
      });
    }
  });

  test('the default domain goes by the id `default`, and by its own', async () => {
    for (const id of ['default', defaultDomainId]) {
      const identity = {
        methods: ['password'],
        password: { user: { name: member.name, password: userPassword, domain: { id } } },
      };
      const told = await issue(identity, { project: { name: tenant.name, domain: { id } } });
      expect(told.status, told.text).toBe(201);
      expect(told.text).not.toContain(defaultDomainId);
    }
  });

  test('for a domain, for the system, and for nothing', async () => {
    const operator = await makePerson(cloud, { system: 'admin' });
    const data = { userId: operator.id, roleId: builtInRoleIds.admin, domainId: defaultDomainId };
    await cloud.core.database.prisma.roleAssignment.create({ data });
    const onDomain = await issue(byPassword(operator.name), { domain: { id: 'default' } });
    expect(onDomain.body).toMatchObject({ token: { domain: { id: 'default', name: 'Default' } } });
    const onSystem = await issue(byPassword(operator.name), { system: { all: true } });
    expect(onSystem.body).toMatchObject({ token: { system: { all: true } } });
    for (const scope of [undefined, 'unscoped', { unscoped: {} }]) {
      const told = await issue(byPassword(operator.name), scope);
      expect(told.status).toBe(201);
      const { token } = tokenBody.parse(told.body);
      for (const absent of ['project', 'domain', 'system', 'catalog', 'roles'])
        expect(token).not.toHaveProperty(absent);
    }
    expect((await issue(byPassword(member.name), { system: { all: true } })).status).toBe(401);
    expect((await issue(byPassword(member.name), { project: { id: other.id } })).status).toBe(401);
  });

  test('from another token: for another scope, no longer, and in one chain', async () => {
    const first = await issue(byPassword(member.name));
    const second = await issue({ methods: ['token'], token: { id: tokenOf(first) } }, onTenant());
    expect(second.status).toBe(201);
    const [parent, child] = [tokenBody.parse(first.body).token, tokenBody.parse(second.body).token];
    expect(child.audit_ids.slice(1)).toEqual(parent.audit_ids);
    expect(child['expires_at']).toBe(parent['expires_at']);
    expect(child['methods']).toEqual(['password', 'token']);
  });

  test('of an application credential', async () => {
    const token = await tokenFor(member.name, onTenant());
    const made = await cloud.ask('POST', '/v1/application-credentials', {
      token,
      body: { name: 'ci', projectId: tenant.id },
    });
    expect(made.status, made.text).toBe(201);
    const { id, secret } = z.object({ id: z.string(), secret: z.string() }).parse(made.body);
    for (const credential of [
      { id, secret },
      { name: 'ci', secret, user: { name: member.name, domain: { id: 'default' } } },
    ]) {
      const told = await issue({ methods: ['application_credential'], application_credential: credential });
      expect(told.status, told.text).toBe(201);
      expect(told.body).toMatchObject({
        token: { project: { id: tenant.id }, application_credential: { id, name: 'ci', restricted: true } },
      });
      const lent = await as(tokenOf(told))('GET', '/v3/auth/projects');
      expect(lent.body).toMatchObject({ projects: [{ id: tenant.id }] });
    }
  });

  test('is shown to its owner and to operators, also by HEAD, and without the catalog on demand', async () => {
    const token = await tokenFor(member.name, onTenant());
    const headers = { 'x-subject-token': token };
    const shown = await as(token)('GET', '/v3/auth/tokens', { headers });
    expect(shown.body).toMatchObject({ token: { user: { id: member.id } } });
    expect(tokenOf(shown)).toBe(token);
    const brief = await as(token)('GET', '/v3/auth/tokens?nocatalog', { headers });
    expect(tokenBody.parse(brief.body).token).not.toHaveProperty('catalog');
    const head = await as(token)('HEAD', '/v3/auth/tokens', { headers });
    expect([head.status, head.text]).toEqual([200, '']);
    const operator = await makePerson(cloud, { system: 'admin' });
    const bySystem = as(await tokenFor(operator.name, { system: { all: true } }));
    expect((await bySystem('GET', '/v3/auth/tokens', { headers })).status).toBe(200);
    const stranger = await makePerson(cloud, { project: { id: other.id, role: 'admin' } });
    const byStranger = as(await tokenFor(stranger.name, { project: { id: other.id } }));
    expect((await byStranger('GET', '/v3/auth/tokens', { headers })).status).toBe(404);
    expect((await byStranger('DELETE', '/v3/auth/tokens', { headers })).status).toBe(404);
    expect((await as(token)('GET', '/v3/auth/tokens')).status).toBe(404);
  });

  test('that is revoked is dead at once, and so are its children', async () => {
    const token = await tokenFor(member.name, onTenant());
    const child = tokenOf(await issue({ methods: ['token'], token: { id: token } }, onTenant()));
    const revoked = await as(token)('DELETE', '/v3/auth/tokens', { headers: { 'x-subject-token': token } });
    expect([revoked.status, revoked.text]).toEqual([204, '']);
    for (const dead of [token, child]) {
      const told = await as(dead)('GET', '/v3/auth/projects');
      expect(told.status).toBe(401);
      expect(told.headers.get('www-authenticate')).toBe(`Keystone uri="${origin}/identity/v3"`);
      expect(told.body).toMatchObject({ error: { code: 401, title: 'Unauthorized' } });
    }
  });
});

describe('where a token can be asked for', () => {
  test('projects, domains and the system, whatever the token is for; the catalog only for a scope', async () => {
    const unscoped = as(await tokenFor(member.name));
    const projects = await unscoped('GET', '/v3/auth/projects');
    const ids = z.object({ projects: z.array(z.object({ id: z.string() })) }).parse(projects.body).projects;
    expect(ids).toEqual([{ id: tenant.id }]);
    expect(projects.body).toMatchObject({
      projects: [{ domain_id: 'default', parent_id: 'default', enabled: true, is_domain: false }],
      links: { self: `${origin}/identity/v3/auth/projects`, next: null, previous: null },
    });
    expect((await unscoped('GET', '/v3/auth/domains')).body).toMatchObject({ domains: [] });
    expect((await unscoped('GET', '/v3/auth/system')).body).toMatchObject({ system: [] });
    expect((await unscoped('GET', '/v3/auth/catalog')).status).toBe(403);
    const scoped = await as(await tokenFor(member.name, onTenant()))('GET', '/v3/auth/catalog');
    const types = ['block-storage', 'compute', 'identity', 'image', 'network', 'volumev3'];
    expect(scoped.body).toMatchObject({ catalog: types.map((type) => ({ type })) });
  });
});

describe('refusals', () => {
  test('wrong, unknown and what cannot be an id answer alike', async () => {
    const answers = await Promise.all([
      issue(byPassword(member.name, 'wrong password')),
      issue(byPassword('nobody-at-all')),
      issue({ methods: ['password'], password: { user: { id: 'no-uuid', password: 'x' } } }),
      issue({ methods: ['token'], token: { id: 'ukt_nonsense' } }),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual(answers[0].body);
    }
  });

  test('A06: headers that claim an identity count for nothing', async () => {
    const headers = {
      'x-user-id': member.id,
      'x-project-id': tenant.id,
      'x-roles': 'admin',
      'x-identity-status': 'Confirmed',
      'x-is-admin-project': 'True',
    };
    for (const path of ['/v3/auth/projects', '/v3/auth/catalog', '/v3/auth/tokens']) {
      expect((await ask('GET', path, { headers })).status).toBe(401);
    }
  });

  test('A14: oversized passwords, tokens and bodies are refused before they are hashed or parsed', async () => {
    const long = 'x'.repeat(513);
    expect((await issue(byPassword(member.name, long))).status).toBe(400);
    expect((await issue({ methods: ['token'], token: { id: long } })).status).toBe(400);
    expect((await issue(byPassword(long))).status).toBe(400);
    const body = `{"auth": ${' '.repeat(70_000)}`;
    expect((await ask('POST', '/v3/auth/tokens', { body })).status).toBe(413);
    expect((await as('x'.repeat(5_000))('GET', '/v3/auth/projects')).status).toBe(401);
  });

  test('a body that is not what it should be is 400, a method that is not here 401, a path that is not here 404', async () => {
    for (const body of ['{', {}, { auth: {} }, { auth: { identity: { methods: [] } } }]) {
      const told = await ask('POST', '/v3/auth/tokens', { body });
      expect(told.status).toBe(400);
      expect(told.body).toMatchObject({ error: { code: 400, title: 'Bad Request' } });
    }
    expect((await issue({ methods: ['password'] })).status).toBe(400);
    expect((await issue({ methods: ['kerberos'] })).status).toBe(401);
    expect((await ask('GET', '/v2.0/tenants')).status).toBe(404);
  });
});
