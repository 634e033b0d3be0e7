import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, origin, type Tenant } from './cloud.ts';
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
const thing = z.record(z.string(), z.looseObject({ id: z.string(), links: z.object({ self: z.string() }) }));

async function make(plural: string, singular: string, given: object): Promise<string> {
  const told = await operator('POST', `/v3/${plural}`, { body: { [singular]: given } });
  expect(told.status, told.text).toBe(201);
  const { id, links } = z
    .looseObject({ id: z.string(), links: z.object({ self: z.string() }) })
    .parse(thing.parse(told.body)[singular]);
  expect(links.self).toBe(`${origin}/identity/v3/${plural}/${id}`);
  return id;
}
const status = async (ask: Ask, method: string, path: string, body?: unknown) =>
  (await ask(method, path, { body })).status;
const ids = (body: unknown, plural: string) => {
  const listed = z.record(z.string(), z.unknown()).parse(body)[plural];
  return z
    .array(z.object({ id: z.string() }))
    .parse(listed)
    .map(({ id }) => id);
};

/** What every kind of thing goes through: made, shown, found by name, changed, refused to a member, removed. */
const kinds = [
  { plural: 'projects', singular: 'project', shows: { domain_id: 'default', parent_id: 'default', is_domain: false } },
  { plural: 'users', singular: 'user', shows: { domain_id: 'default', password_expires_at: null, options: {} } },
  { plural: 'groups', singular: 'group', shows: { domain_id: 'default' } },
  { plural: 'roles', singular: 'role', shows: { domain_id: null } },
] as const;

describe.each(kinds)('$plural', ({ plural, singular, shows }) => {
  test('are made, shown, found by name, changed and removed, by whom they concern', async () => {
    const name = unique(singular);
    const id = await make(plural, singular, { name, description: 'one' });
    const path = `/v3/${plural}/${id}`;
    expect((await operator('GET', path)).body).toMatchObject({
      [singular]: { id, name, description: 'one', ...shows },
    });
    const found = await operator('GET', `/v3/${plural}?name=${name}`);
    expect(ids(found.body, plural)).toEqual([id]);
    expect(found.body).toMatchObject({ links: { self: `${origin}/identity/v3/${plural}?name=${name}`, next: null } });
    expect(await status(operator, 'GET', `/v3/${plural}/${name}`)).toBe(404);
    const changed = await operator('PATCH', path, { body: { [singular]: { description: 'two' } } });
    expect([changed.status, changed.body]).toMatchObject([200, { [singular]: { name, description: 'two' } }]);
    expect(await status(operator, 'POST', `/v3/${plural}`, { [singular]: { name } })).toBe(409);
    expect([403, 404]).toContain(await status(asMember, 'PATCH', path, { [singular]: { description: 'mine' } }));
    expect([403, 404]).toContain(await status(asMember, 'DELETE', path));
    expect(await status(asMember, 'POST', `/v3/${plural}`, { [singular]: { name: unique('x') } })).toBe(403);
    expect(await status(operator, 'DELETE', path)).toBe(204);
    expect(await status(operator, 'GET', path)).toBe(404);
  });
});

describe('domains', () => {
  test('must be disabled before they are deleted, with what is in them', async () => {
    const name = unique('domain');
    const id = await make('domains', 'domain', { name });
    await make('users', 'user', { name: 'kim', domain_id: id, password: 'long enough' });
    expect(await status(operator, 'DELETE', `/v3/domains/${id}`)).toBe(403);
    const disabled = await operator('PATCH', `/v3/domains/${id}`, { body: { domain: { enabled: false } } });
    expect(disabled.body).toMatchObject({ domain: { id, enabled: false } });
    expect(ids((await operator('GET', '/v3/domains?enabled=false')).body, 'domains')).toEqual([id]);
    expect(await status(operator, 'DELETE', `/v3/domains/${id}`)).toBe(204);
  });

  test('the first goes by `default`', async () => {
    expect((await operator('GET', '/v3/domains/default')).body).toMatchObject({ domain: { id: 'default' } });
    expect(ids((await operator('GET', '/v3/domains?name=Default')).body, 'domains')).toEqual(['default']);
    expect(await status(operator, 'GET', '/v3/domains/Default')).toBe(404);
    expect(ids((await operator('GET', '/v3/users?domain_id=default')).body, 'users')).toContain(member.id);
  });
});

describe('projects', () => {
  test('stand below each other, and have tags', async () => {
    const above = await make('projects', 'project', { name: unique('above'), domain_id: 'default', tags: ['red'] });
    const below = await make('projects', 'project', { name: unique('below'), parent_id: above });
    expect((await operator('GET', `/v3/projects/${below}`)).body).toMatchObject({ project: { parent_id: above } });
    expect(ids((await operator('GET', `/v3/projects?parent_id=${above}`)).body, 'projects')).toEqual([below]);
    const direct = ids((await operator('GET', '/v3/projects?parent_id=default')).body, 'projects');
    expect(direct).toContain(above);
    expect(direct).not.toContain(below);
    expect(ids((await operator('GET', '/v3/projects?tags=red')).body, 'projects')).toEqual([above]);
    expect(await status(operator, 'PUT', `/v3/projects/${above}/tags/blue`)).toBe(201);
    expect((await operator('GET', `/v3/projects/${above}/tags`)).body).toMatchObject({ tags: ['blue', 'red'] });
    expect(await status(operator, 'HEAD', `/v3/projects/${above}/tags/blue`)).toBe(204);
    expect(await status(operator, 'DELETE', `/v3/projects/${above}/tags/blue`)).toBe(204);
    expect(await status(operator, 'GET', `/v3/projects/${above}/tags/blue`)).toBe(404);
  });
});

describe('grants', () => {
  test('are given, seen, listed with names and taken; twice does no harm', async () => {
    const user = await make('users', 'user', { name: unique('user'), password: 'long enough' });
    const role = await make('roles', 'role', { name: unique('role') });
    const path = `/v3/projects/${tenant.id}/users/${user}/roles`;
    expect(await status(operator, 'GET', `${path}/${role}`)).toBe(404);
    for (const _ of [1, 2]) expect(await status(operator, 'PUT', `${path}/${role}`)).toBe(204);
    expect(await status(operator, 'HEAD', `${path}/${role}`)).toBe(204);
    expect(ids((await operator('GET', path)).body, 'roles')).toEqual([role]);
    const listed = await operator('GET', `/v3/role_assignments?user.id=${user}&include_names`);
    expect(listed.body).toMatchObject({
      role_assignments: [
        {
          role: { id: role },
          user: { id: user, domain: { id: 'default', name: 'Default' } },
          scope: { project: { id: tenant.id, name: tenant.name, domain: { id: 'default' } } },
          links: { assignment: `${origin}/identity${path}/${role}` },
        },
      ],
    });
    expect(ids((await operator('GET', `/v3/users/${user}/projects`)).body, 'projects')).toEqual([tenant.id]);
    expect(await status(asMember, 'DELETE', `${path}/${role}`)).toBe(403);
    expect(await status(operator, 'DELETE', `${path}/${role}`)).toBe(204);
    expect(await status(operator, 'DELETE', `${path}/${role}`)).toBe(404);
    expect(await status(operator, 'PUT', `${path}/${randomUUID()}`)).toBe(404);
    expect(await status(operator, 'PUT', `/v3/projects/${randomUUID()}/users/${user}/roles/${role}`)).toBe(404);
  });

  test('of a group on a domain count for its members where they are inherited', async () => {
    const user = await make('users', 'user', { name: unique('user') });
    const group = await make('groups', 'group', { name: unique('group') });
    expect(await status(operator, 'PUT', `/v3/groups/${group}/users/${user}`)).toBe(204);
    expect(await status(operator, 'HEAD', `/v3/groups/${group}/users/${user}`)).toBe(204);
    expect(ids((await operator('GET', `/v3/groups/${group}/users`)).body, 'users')).toEqual([user]);
    expect(ids((await operator('GET', `/v3/users/${user}/groups`)).body, 'groups')).toEqual([group]);
    const roles = `/v3/OS-INHERIT/domains/default/groups/${group}/roles`;
    const one = `${roles}/${builtInRoleIds.reader}/inherited_to_projects`;
    expect(await status(operator, 'PUT', one)).toBe(204);
    expect(await status(operator, 'HEAD', one)).toBe(204);
    expect(ids((await operator('GET', `${roles}/inherited_to_projects`)).body, 'roles')).toEqual([
      builtInRoleIds.reader,
    ]);
    const raw = await operator('GET', `/v3/role_assignments?group.id=${group}`);
    expect(raw.body).toMatchObject({
      role_assignments: [{ scope: { domain: { id: 'default' }, 'OS-INHERIT:inherited_to': 'projects' } }],
    });
    const query = `user.id=${user}&scope.project.id=${tenant.id}&effective`;
    const effective = await operator('GET', `/v3/role_assignments?${query}`);
    expect(effective.body).toMatchObject({
      role_assignments: [
        { role: { id: builtInRoleIds.reader }, user: { id: user }, scope: { project: { id: tenant.id } } },
      ],
    });
    expect(await status(operator, 'DELETE', one)).toBe(204);
    expect((await operator('GET', `/v3/role_assignments?${query}`)).body).toMatchObject({ role_assignments: [] });
    expect(await status(operator, 'DELETE', `/v3/groups/${group}/users/${user}`)).toBe(204);
    expect(await status(operator, 'GET', `/v3/groups/${group}/users/${user}`)).toBe(404);
  });

  test('on the system, and filters that exclude each other', async () => {
    const user = await make('users', 'user', { name: unique('user') });
    const path = `/v3/system/users/${user}/roles`;
    expect(await status(operator, 'PUT', `${path}/${builtInRoleIds.reader}`)).toBe(204);
    expect(ids((await operator('GET', path)).body, 'roles')).toEqual([builtInRoleIds.reader]);
    const listed = await operator('GET', `/v3/role_assignments?scope.system=all&user.id=${user}`);
    expect(listed.body).toMatchObject({ role_assignments: [{ scope: { system: { all: true } } }] });
    for (const query of ['user.id=a&group.id=b', 'include_subtree', 'effective&group.id=a']) {
      expect(await status(operator, 'GET', `/v3/role_assignments?${query}`)).toBe(400);
    }
    expect(await status(asMember, 'PUT', `${path}/${builtInRoleIds.admin}`)).toBe(403);
  });
});

describe('roles', () => {
  test('imply others; what is built in stays', async () => {
    const prior = await make('roles', 'role', { name: unique('prior') });
    const path = `/v3/roles/${prior}/implies`;
    for (const _ of [1, 2]) expect(await status(operator, 'PUT', `${path}/${builtInRoleIds.reader}`)).toBe(201);
    const one = (await operator('GET', path)).body;
    expect(one).toMatchObject({ role_inference: { prior_role: { id: prior }, implies: [{ name: 'reader' }] } });
    expect(await status(operator, 'HEAD', `${path}/${builtInRoleIds.reader}`)).toBe(204);
    expect((await operator('GET', '/v3/role_inferences')).text).toContain(prior);
    expect(await status(operator, 'DELETE', `${path}/${builtInRoleIds.reader}`)).toBe(204);
    expect(await status(operator, 'GET', `${path}/${builtInRoleIds.reader}`)).toBe(404);
    expect([403, 409]).toContain(await status(operator, 'DELETE', `/v3/roles/${builtInRoleIds.reader}`));
  });
});

describe('the catalog', () => {
  test('services, endpoints and regions are data; addresses of ours are shown as they are', async () => {
    const region = unique('region');
    await make('regions', 'region', { id: region, description: 'far' });
    const service = await make('services', 'service', { type: 'volumev3', name: 'cinder' });
    const url = 'https://cloud.example.org/volume/$(project_id)s';
    const given = { service_id: service, interface: 'public', url, region_id: region, enabled: true };
    const endpoint = await make('endpoints', 'endpoint', given);
    expect((await operator('GET', `/v3/endpoints/${endpoint}`)).body).toMatchObject({ endpoint: { ...given, region } });
    expect(ids((await operator('GET', `/v3/endpoints?service_id=${service}`)).body, 'endpoints')).toEqual([endpoint]);
    const own = await operator('GET', '/v3/endpoints?interface=public');
    expect(own.text).toContain(`${origin}/compute/v2.1`);
    expect(own.text).not.toContain('$(origin)s');
    const catalog = await asMember('GET', '/v3/auth/catalog');
    expect(catalog.text).toContain(`https://cloud.example.org/volume/${tenant.id}`);
    expect(await status(asMember, 'POST', '/v3/services', { service: { type: 'x', name: 'x' } })).toBe(403);
    expect(await status(operator, 'DELETE', `/v3/endpoints/${endpoint}`)).toBe(204);
    expect(await status(operator, 'DELETE', `/v3/services/${service}`)).toBe(204);
    expect(await status(operator, 'DELETE', `/v3/regions/${region}`)).toBe(204);
  });

  test('a region may be put under an id, and is made for an endpoint that names one', async () => {
    const [region, named] = [unique('region'), unique('named')];
    expect(await status(operator, 'PUT', `/v3/regions/${region}`, { region: { description: 'near' } })).toBe(201);
    const service = await make('services', 'service', { type: unique('type'), name: 'x' });
    const endpoint = { service_id: service, interface: 'public', url: 'https://cloud.example.org/x', region: named };
    await make('endpoints', 'endpoint', endpoint);
    expect(ids((await operator('GET', '/v3/regions/')).body, 'regions')).toEqual(
      expect.arrayContaining([region, named]),
    );
  });
});
