import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { currentUser } from '@unkai/core/store/current-user';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import {
  type Cloud,
  makeParts,
  makePerson,
  makeSession,
  makeTenant,
  openCloud,
  type Tenant,
  userPassword,
  withId,
} from './cloud.ts';
import { callAs } from './installation.ts';
import { countQueries } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (token: string, method: string, path: string, body?: unknown) => cloud.ask(method, path, { token, body });

async function make(path: string, body: object): Promise<string> {
  const told = await ask(operator, 'POST', path, body);
  expect(told.status, told.text).toBe(201);
  return withId.parse(told.body).id;
}
const makeProject = (given: object = {}) =>
  make('/v1/projects', { domainId: cloud.domainId, name: randomUUID(), ...given });

/** Who manages the domain of everybody here. */
async function makeManager() {
  const person = await makePerson(cloud, {});
  await make('/v1/role-assignments', { userId: person.id, role: 'manager', domainId: cloud.domainId });
  return person;
}

describe('projects', () => {
  test('are nested five deep at most, in one domain, below enabled ones', async () => {
    const line = [await makeProject()];
    for (let depth = 2; depth <= 5; depth += 1) line.push(await makeProject({ parentId: line.at(-1) }));
    const below = (parentId: string | undefined, domainId = cloud.domainId) =>
      ask(operator, 'POST', '/v1/projects', { domainId, parentId, name: randomUUID() });
    expect((await below(line.at(-1))).status).toBe(400);
    expect((await below(line[0], await make('/v1/domains', { name: randomUUID() }))).status).toBe(400);
    await ask(operator, 'PATCH', `/v1/projects/${line[0]}`, { isEnabled: false });
    expect((await below(line[1])).status).toBe(409);
    expect((await ask(operator, 'DELETE', `/v1/projects/${line[3]}`)).status).toBe(409);
    expect((await ask(operator, 'DELETE', `/v1/projects/${line[4]}`)).status).toBe(204);
  });

  test('are found by tags, name and place', async () => {
    const [red, blue, word] = [randomUUID(), randomUUID(), randomUUID()];
    const both = await makeProject({ name: word, tags: [red, blue] });
    const one = await makeProject({ tags: [red], parentId: both });
    const found = async (query: string) => {
      const { body } = await ask(operator, 'GET', `/v1/projects?${query}`);
      return z
        .object({ items: z.array(withId) })
        .parse(body)
        .items.map(({ id }) => id);
    };
    expect(await found(`tags=${red},${blue}`)).toEqual([both]);
    expect(await found(`tagsAny=${red},${blue}`)).toEqual([one, both]);
    expect(await found(`tags=${red}&notTags=${blue}`)).toEqual([one]);
    expect(await found(`name=${word.toUpperCase()}`)).toEqual([both]);
    expect(await found(`parentId=${both}&isEnabled=true`)).toEqual([one]);
    expect(await found(`parentId=${both}&isEnabled=false`)).toEqual([]);
  });
});

describe('A50: what only admins set is not set by others, not to the value it has either', () => {
  test('by members of a project', async () => {
    const { token } = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' } });
    for (const body of [{ isEnabled: true }, { options: {} }, { tags: [] }, { name: tenant.name }]) {
      expect((await ask(token, 'PATCH', `/v1/projects/${tenant.id}`, body)).status).toBe(403);
    }
  });

  test('by a user of themselves', async () => {
    const { id, token } = await makePerson(cloud, {});
    for (const body of [{ isEnabled: true }, { password: userPassword }, { defaultProjectId: null }]) {
      expect((await ask(token, 'PATCH', `/v1/users/${id}`, body)).status).toBe(404);
    }
  });

  test.each([
    ['/v1/projects/{project}', { domainId: randomUUID() }],
    ['/v1/projects/{project}', { parentId: null }],
    ['/v1/users/{user}', { domainId: randomUUID() }],
  ])('A01: by nobody at all, where it is an owner or a place: %s %o', async (path, body) => {
    const { id } = await makePerson(cloud, {});
    const there = path.replace('{project}', tenant.id).replace('{user}', id);
    expect((await ask(operator, 'PATCH', there, body)).status).toBe(400);
  });
});

describe('A manager of a domain', () => {
  test('manages its users, groups, projects and assignments', async () => {
    const { token } = await makeManager();
    const { domainId } = cloud;
    const user = await ask(token, 'POST', '/v1/users', { domainId, name: randomUUID(), password: userPassword });
    const group = await ask(token, 'POST', '/v1/groups', { domainId, name: randomUUID() });
    const project = await ask(token, 'POST', '/v1/projects', { domainId, name: randomUUID() });
    const [userId, groupId, projectId] = [user, group, project].map(({ body }) => withId.parse(body).id);
    const given = await ask(token, 'POST', '/v1/role-assignments', { groupId, projectId, role: 'member' });
    expect(given.status, given.text).toBe(201);
    expect((await ask(token, 'POST', `/v1/groups/${groupId}/members`, { userId })).status).toBe(204);
    expect((await ask(token, 'PATCH', `/v1/users/${userId}`, { isEnabled: false })).status).toBe(200);
    expect((await ask(token, 'DELETE', `/v1/role-assignments/${withId.parse(given.body).id}`)).status).toBe(204);
  });

  test('never gives admin, nor what implies it, nor anything on the system or outside', async () => {
    const manager = await makeManager();
    const { id: userId } = await makePerson(cloud, {});
    const disguised = await make('/v1/roles', { name: randomUUID() });
    await ask(operator, 'POST', `/v1/roles/${disguised}/implied`, { impliedRoleId: builtInRoleIds.admin });
    const elsewhere = await make('/v1/domains', { name: randomUUID() });
    const stranger = await make('/v1/users', { domainId: elsewhere, name: randomUUID() });
    const give = async (body: object) => (await ask(manager.token, 'POST', '/v1/role-assignments', body)).status;
    expect(await give({ userId, role: 'admin', projectId: tenant.id })).toBe(403);
    expect(await give({ userId, role: disguised, projectId: tenant.id })).toBe(403);
    expect(await give({ userId: manager.id, role: 'reader' })).toBe(403);
    expect(await give({ userId, role: 'reader', domainId: elsewhere })).toBe(403);
    expect(await give({ userId: stranger, role: 'reader', projectId: tenant.id })).toBe(400);
  });

  test('takes over nobody who has more: no password of an operator, no place in a group of operators', async () => {
    const manager = await makeManager();
    const boss = await makePerson(cloud, { system: 'reader' });
    expect((await ask(manager.token, 'PATCH', `/v1/users/${boss.id}`, { password: userPassword })).status).toBe(403);
    expect((await ask(manager.token, 'DELETE', `/v1/users/${boss.id}`)).status).toBe(403);
    const groupId = await make('/v1/groups', { domainId: cloud.domainId, name: randomUUID() });
    await make('/v1/role-assignments', { groupId, role: 'admin' });
    const join = await ask(manager.token, 'POST', `/v1/groups/${groupId}/members`, { userId: manager.id });
    expect(join.status).toBe(403);
    // Who is in such a group has what it has.
    const inside = await makePerson(cloud, {});
    await ask(operator, 'POST', `/v1/groups/${groupId}/members`, { userId: inside.id });
    expect((await ask(manager.token, 'PATCH', `/v1/users/${inside.id}`, { isEnabled: false })).status).toBe(403);
    expect((await ask(inside.token, 'GET', '/v1/hosts')).status).toBe(200);
  });
});

describe('roles', () => {
  test('built-in ones stay, and nobody comes to more through them', async () => {
    const { admin, reader } = builtInRoleIds;
    const change = (path: string, method: string, body?: object) => ask(operator, method, `/v1/roles/${path}`, body);
    expect((await change(reader, 'DELETE')).status).toBe(403);
    expect((await change(reader, 'PATCH', { name: 'other' })).status).toBe(403);
    expect((await change(`${admin}/implied/${builtInRoleIds.manager}`, 'DELETE')).status).toBe(403);
    const made = await make('/v1/roles', { name: randomUUID() });
    expect((await change(`${made}/implied`, 'POST', { impliedRoleId: admin })).status).toBe(200);
    expect((await change(`${reader}/implied`, 'POST', { impliedRoleId: made })).status).toBe(409);
    const above = await make('/v1/roles', { name: randomUUID() });
    expect((await change(`${above}/implied`, 'POST', { impliedRoleId: made })).status).toBe(200);
    expect((await change(`${made}/implied`, 'POST', { impliedRoleId: above })).status).toBe(409);
  });

  test('what counts is told with groups as their members, inherited on what is below, implied beside', async () => {
    const above = await makeProject();
    const below = await makeProject({ parentId: above });
    const { id: userId, name } = await makePerson(cloud, {});
    const groupId = await make('/v1/groups', { domainId: cloud.domainId, name: randomUUID() });
    await ask(operator, 'POST', `/v1/groups/${groupId}/members`, { userId });
    await make('/v1/role-assignments', { groupId, role: 'member', projectId: above, isInherited: true });
    const list = z.object({ items: z.array(z.looseObject({ role: z.string() })) });
    const given = await ask(operator, 'GET', `/v1/role-assignments?projectId=${above}`);
    expect(list.parse(given.body).items).toEqual([expect.objectContaining({ groupId, isInherited: true })]);
    const counts = await ask(operator, 'GET', `/v1/effective-roles?projectId=${above}&includeSubtree=true`);
    expect(list.parse(counts.body).items).toEqual(
      ['member', 'reader'].map((role) => expect.objectContaining({ role, userId, userName: name, projectId: below })),
    );
  });
});

test('all sessions but one’s own end at once, and nobody else’s', async () => {
  const { id, token } = await makePerson(cloud, {});
  const other = await makePerson(cloud, {});
  const elsewhere = await makeSession(cloud.core, id);
  expect((await ask(token, 'DELETE', '/v1/sessions')).status).toBe(204);
  const answers = await Promise.all([token, elsewhere, other.token].map((each) => ask(each, 'GET', '/v1/users/me')));
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 200]);
});

test('who calls, and what they reach, is read in one statement; others’ places are not told', async () => {
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  await makeProject();
  const told = async (token: string) => {
    const call = await callAs(cloud.core, token);
    const queries = countQueries(cloud);
    const user = await currentUser(call);
    queries.stop();
    return { ...user, queries: queries.count() };
  };
  const own = await told(person.token);
  expect(own).toMatchObject({ id: person.id, systemRole: null, domains: [], queries: 1 });
  expect(own.projects.map(({ id, role }) => [id, role])).toEqual([[tenant.id, 'member']]);
  const all = await told(operator);
  expect(all).toMatchObject({ systemRole: 'admin', queries: 1 });
  expect(all.projects.length).toBeGreaterThan(1);
  expect(all.domains.length).toBeGreaterThan(0);
});

test('users change what their account says of them, and nothing that others decide', async () => {
  const { token, name } = await makePerson(cloud, {});
  const change = (body: object) => ask(token, 'PATCH', '/v1/users/me', body);
  expect((await change({ description: 'On call' })).body).toMatchObject({ name, email: null, description: 'On call' });
  const decided = [{ name: 'other' }, { isEnabled: true }, { password: 'long enough' }, { email: 'ada@example.org' }];
  for (const body of decided) {
    expect((await change(body)).status, JSON.stringify(body)).toBe(400);
  }
});

test('what one may lend of a project are the roles that one has there, implied ones too', async () => {
  const { token } = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const lendable = (projectId: string) => ask(token, 'GET', `/v1/projects/${projectId}/roles`);
  const { items } = z
    .object({ items: z.array(z.object({ name: z.string() })) })
    .parse((await lendable(tenant.id)).body);
  expect(items.map(({ name }) => name).toSorted()).toEqual(['member', 'reader']);
  expect((await lendable(await makeProject())).status).toBe(400);
});

test('what is marked immutable is neither changed nor deleted until the mark is taken away', async () => {
  const id = await makeProject({ options: { immutable: true } });
  const change = (body: object) => ask(operator, 'PATCH', `/v1/projects/${id}`, body);
  expect((await change({ description: 'x' })).status).toBe(403);
  expect((await ask(operator, 'DELETE', `/v1/projects/${id}`)).status).toBe(403);
  expect((await change({ options: { immutable: false } })).status).toBe(200);
  expect((await ask(operator, 'DELETE', `/v1/projects/${id}`)).status).toBe(204);
});

test('the catalog holds the doors of this installation, and what operators add', async () => {
  const items = z.object({ items: z.array(z.looseObject({ type: z.string() })) });
  const { token } = await makePerson(cloud, {});
  const services = items.parse((await ask(token, 'GET', '/v1/services')).body).items.map(({ type }) => type);
  expect(services.toSorted()).toEqual(['block-storage', 'compute', 'identity', 'image', 'network', 'volumev3']);
  const region = `region-${randomUUID()}`;
  await make('/v1/regions', { id: region });
  const serviceId = await make('/v1/services', { type: 'object-store', name: 'swift' });
  const endpoint = { serviceId, regionId: region, interface: 'public', url: 'https://objects.example/$(project_id)s' };
  await make('/v1/endpoints', endpoint);
  const wrong = await ask(operator, 'POST', '/v1/endpoints', { ...endpoint, url: 'javascript:alert(1)' });
  expect(wrong.status).toBe(400);
  expect((await ask(operator, 'DELETE', `/v1/regions/${region}`)).status).toBe(409);
  expect((await ask(operator, 'DELETE', `/v1/services/${serviceId}`)).status).toBe(204);
  expect((await ask(operator, 'DELETE', `/v1/regions/${region}`)).status).toBe(204);
});

/** A project with one server in that state. */
async function makeInhabited(state: string) {
  const { id: projectId } = await makeTenant(cloud);
  const { flavor, image } = await makeParts(cloud);
  const size = { flavorId: flavor.id, flavorName: flavor.name, vcpus: 1, memoryMib: 128, diskGib: 1 };
  const data = { projectId, name: 'inhabitant', state, imageId: image.id, reservationId: 'r-1', ...size };
  return { projectId, server: await cloud.core.database.prisma.server.create({ data }) };
}

test('a project waits for servers that are being deleted, and for no others', async () => {
  const remove = (projectId: string) => ask(operator, 'DELETE', `/v1/projects/${projectId}`);
  const lived = await makeInhabited('stopped');
  const refused = await remove(lived.projectId);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('it has the server inhabitant');
  const left = await makeInhabited('deleting');
  const looks = vi.spyOn(cloud.core.database.prisma.server, 'groupBy');
  onTestFinished(() => looks.mockRestore());
  const removing = remove(left.projectId);
  // It has seen the server more than once, and goes on looking.
  await expect.poll(() => looks.mock.calls.length).toBeGreaterThan(1);
  await cloud.core.database.prisma.server.delete({ where: { id: left.server.id } });
  expect((await removing).status).toBe(204);
});

test('a domain goes when it is disabled, and with its content only when that is said', async () => {
  const domainId = await make('/v1/domains', { name: randomUUID() });
  await make('/v1/users', { domainId, name: 'inside' });
  const above = await make('/v1/projects', { domainId, name: 'above' });
  await make('/v1/projects', { domainId, name: 'below', parentId: above });
  const remove = (withContent: boolean) =>
    cloud.ask('POST', '/trpc/domain.delete', { token: operator, body: { id: domainId, withContent } });
  expect((await remove(true)).status).toBe(409);
  await ask(operator, 'PATCH', `/v1/domains/${domainId}`, { isEnabled: false });
  expect((await remove(false)).status).toBe(409);
  expect((await remove(true)).status).toBe(200);
  expect((await ask(operator, 'GET', `/v1/projects/${above}`)).status).toBe(404);
});
