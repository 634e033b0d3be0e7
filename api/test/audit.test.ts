import { randomUUID } from 'node:crypto';
import { page } from '@unkai/contracts/primitives';
import { type AuditLine, auditLine } from '@unkai/contracts/resources/audit';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { keptFields } from '@unkai/core/audit/audit-values';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cloud,
  makePerson,
  makeTenant,
  makeToken,
  openCloud,
  problemBody,
  type Tenant,
  userPassword,
  withId,
} from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
let member: Awaited<ReturnType<typeof makePerson>>;
let operator: Awaited<ReturnType<typeof makePerson>>;
let domainManager: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  operator = await makePerson(cloud, { system: 'admin' });
  domainManager = await makePerson(cloud, {});
  await cloud.core.database.prisma.roleAssignment.create({
    data: { userId: domainManager.id, roleId: builtInRoleIds.manager, domainId: cloud.domainId },
  });
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function linesOf(path: string, filter: Record<string, string> = {}, token = operator.token) {
  const told = await cloud.ask('GET', `/v1${path}?${new URLSearchParams(filter)}`, { token });
  expect(told, told.text).toMatchObject({ status: 200 });
  return page(auditLine).parse(told.body).items;
}
const inProject = (filter?: Record<string, string>) => linesOf(`/projects/${tenant.id}/audit-lines`, filter);
const inDomain = (filter?: Record<string, string>) => linesOf(`/domains/${cloud.domainId}/audit-lines`, filter);
const named = (lines: readonly AuditLine[]) => lines.map(({ action, resourceName }) => `${action} ${resourceName}`);

async function makeNetwork(name: string, { token = member.token, projectId = tenant.id } = {}): Promise<string> {
  const told = await cloud.ask('POST', `/v1/projects/${projectId}/networks`, { token, body: { name } });
  return withId.parse(told.body).id;
}

describe('what one did oneself', () => {
  test('is told in all projects, also of one that was left, and of nobody else; what was refused is not', async () => {
    const place = await makeTenant(cloud);
    const person = await makePerson(cloud, { project: { id: place.id, role: 'member' } });
    const another = await makePerson(cloud, { project: { id: place.id, role: 'member' } });
    const own = (filter?: Record<string, string>) => linesOf('/users/me/audit-lines', filter, person.token);
    const mine = await makeNetwork('of-my-own', { token: person.token, projectId: place.id });
    await makeNetwork('of-another', { token: another.token, projectId: place.id });
    const elsewhere = await makeTenant(cloud);
    const hidden = await cloud.ask('GET', `/v1/projects/${elsewhere.id}/networks`, { token: person.token });
    expect(hidden.status).toBe(404);
    expect(named(await own())).toEqual(['network:create of-my-own']);
    expect(await own({ text: 'own' })).toMatchObject([{ resourceId: mine, projectName: place.name }]);
    expect(await own({ text: 'another' })).toEqual([]);
    const asked = { token: person.token };
    expect((await cloud.ask('GET', `/v1/users/me/audit-lines?actorId=${another.id}`, asked)).status).toBe(400);
    expect((await cloud.ask('GET', '/v1/users/me/audit-lines?outcome=refused', asked)).status).toBe(400);
    // How a project is called that one can no longer open is not told.
    await cloud.core.database.prisma.roleAssignment.deleteMany({ where: { userId: person.id } });
    cloud.core.actors?.drop();
    expect(await own()).toMatchObject([{ resourceId: mine, projectName: null }]);
    // To operators all are open, also those in which they have no role.
    await makeNetwork('of-an-operator', { token: operator.token, projectId: place.id });
    const operators = await linesOf('/users/me/audit-lines', { text: 'operator' }, operator.token);
    expect(operators).toMatchObject([{ projectName: place.name }]);
  });
});

describe('what a change was', () => {
  test('is kept as what was made, what became different, and what was removed', async () => {
    const id = await makeNetwork('proof');
    await cloud.ask('PATCH', `/v1/networks/${id}`, { token: member.token, body: { name: 'proven', tags: ['a'] } });
    await cloud.ask('DELETE', `/v1/networks/${id}`, { token: member.token });
    const [removed, changed, made] = await inProject({ resourceId: id });
    expect(made).toMatchObject({ before: null, after: { name: 'proof', description: '', tags: [], isDefault: false } });
    expect(changed).toMatchObject({ before: { name: 'proof', tags: [] }, after: { name: 'proven', tags: ['a'] } });
    expect(Object.keys(changed?.before ?? {}).toSorted()).toEqual(['name', 'tags']);
    expect(removed).toMatchObject({ action: 'network:delete', before: { name: 'proven' }, after: null });
    const place = { projectId: tenant.id, projectName: tenant.name, domainId: cloud.domainId };
    expect(made).toMatchObject({ ...place, actorId: member.id, actorName: member.name, actorKind: 'session' });
  });

  test('is kept of limits and of the catalog too', async () => {
    const { token } = operator;
    await cloud.ask('PATCH', `/v1/projects/${tenant.id}/limits`, { token, body: { limits: { servers: 7 } } });
    await cloud.ask('PATCH', `/v1/projects/${tenant.id}/limits`, { token, body: { limits: { servers: 9 } } });
    const [limits] = await inProject({ action: 'limits:update' });
    expect(limits).toMatchObject({ before: { servers: 7 }, after: { servers: 9 } });
    const body = { type: 'metering', name: 'meter' };
    const { id } = withId.parse((await cloud.ask('POST', '/v1/services', { token, body })).body);
    await cloud.ask('PATCH', `/v1/services/${id}`, { token, body: { isEnabled: false } });
    const [changed, made] = await linesOf('/audit-lines', { resourceId: id });
    expect(made).toMatchObject({ action: 'service:create', before: null, after: { ...body, isEnabled: true } });
    expect(changed).toMatchObject({ before: { isEnabled: true }, after: { isEnabled: false } });
  });

  test('tells of a user what they may do, and never a password or its hash', async () => {
    const body = { domainId: cloud.domainId, name: randomUUID(), password: userPassword, email: 'ada@example.org' };
    const user = withId.parse((await cloud.ask('POST', '/v1/users', { token: operator.token, body })).body);
    const change = { isEnabled: false, password: 'another long password' };
    await cloud.ask('PATCH', `/v1/users/${user.id}`, { token: operator.token, body: change });
    const [changed, made] = await inDomain({ resourceId: user.id });
    expect(made?.after).toMatchObject({ email: 'ada@example.org', isEnabled: true });
    expect(changed).toMatchObject({ before: { isEnabled: true }, after: { isEnabled: false } });
    const text = JSON.stringify([changed, made]);
    expect(text).not.toMatch(/hash|\$|correct horse|another long/i);
  });

  test('lists no field that could be a secret', () => {
    const fields = Object.values(keptFields).flat();
    expect(
      fields.filter((field) => /hash|secret|password(?!Expires)|sealed|blob|token|userData|metadata/i.test(field)),
    ).toEqual([]);
  });
});

describe('with what it was done', () => {
  test('an API token is named and told apart from a session', async () => {
    const token = await makeToken(cloud.core, member.id, { projectId: tenant.id });
    const id = await makeNetwork('by-token', { token });
    const row = await cloud.core.database.prisma.apiToken.findFirstOrThrow({ where: { userId: member.id } });
    const [line] = await inProject({ resourceId: id });
    expect(line).toMatchObject({ actorKind: 'api-token', tokenName: row.name, credentialId: row.id });
    expect(named(await inProject({ credentialId: row.id }))).toEqual(['network:create by-token']);
  });

  test('a sign-in is in the log of the domain, with the session that it opened', async () => {
    const body = { username: member.name, password: userPassword };
    const session = withId.parse((await cloud.ask('POST', '/v1/sessions', { body })).body);
    const [line] = await inDomain({ credentialId: session.id });
    expect(line).toMatchObject({ action: 'session:create', actorId: member.id, domainId: cloud.domainId });
  });
});

describe('a list is narrowed', () => {
  test('by beginnings of words, by whole ids, and by several at once', async () => {
    const id = await makeNetwork('Orchid-garden');
    const all = ['network:create Orchid-garden'];
    expect(named(await inProject({ text: 'orch' }))).toEqual(all);
    expect(named(await inProject({ text: 'gard ORCHID network' }))).toEqual(all);
    expect(named(await inProject({ text: id.toUpperCase() }))).toEqual(all);
    expect(named(await inProject({ text: 'rchid' }))).toEqual([]);
    expect(named(await inProject({ text: 'orch', outcome: 'refused' }))).toEqual([]);
    expect(named(await inProject({ text: 'orch', actorId: member.id, noun: 'network' }))).toEqual(all);
    const [line] = await inProject({ text: 'orchid' });
    expect(named(await inProject({ requestId: line?.requestId ?? '' }))).toEqual(all);
    expect(named(await inProject({ text: 'orchid', to: line?.at ?? '' }))).toEqual([]);
    expect(named(await inProject({ text: 'orchid', from: line?.at ?? '' }))).toEqual(all);
  });

  test.each(["'", "') | ('", '\\', '=', ':*', '!', '& |', '<->'])('by %j, which separates words', async (text) => {
    expect(named(await inProject({ text: `orchid ${text}` }))).toEqual(['network:create Orchid-garden']);
  });

  test.each(['outcome=done', 'é', '雲海', "orchid' | 'x"])('by %j, which is text and no question', async (text) => {
    expect(named(await inProject({ text: `orchid ${text}` }))).toEqual([]);
  });

  test('page by page, also where the words are rare', async () => {
    const names = Array.from({ length: 5 }, (_, index) => `paged-${index}`);
    for (const name of names) await makeNetwork(name);
    const path = `/v1/projects/${tenant.id}/audit-lines?text=paged&limit=2`;
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const told = await cloud.ask('GET', `${path}${cursor && `&cursor=${cursor}`}`, { token: member.token });
      const { items, nextCursor } = page(auditLine).parse(told.body);
      seen.push(...items.map(({ resourceName }) => resourceName ?? ''));
      cursor = nextCursor;
    }
    expect(seen).toEqual(names.toReversed());
  });
});

describe('the log as a file', () => {
  const exportOf = (query: string, token: string | null = member.token) =>
    cloud.ask('GET', `/v1/projects/${tenant.id}/audit-lines/export?${query}`, { token });

  test('has every line that the filter lets through, over many pages, as JSON', async () => {
    const tenantOfMany = await makeTenant(cloud);
    await cloud.core.database.prisma.$executeRaw`
      INSERT INTO audit_line (actor_name, actor_kind, request_id, action, noun, resource_name, outcome, project_id, at)
      SELECT 'many', 'system', 'req', 'x:y', 'x', 'many-' || n, 'done', ${tenantOfMany.id}::uuid, now() - n * interval '1 s'
      FROM generate_series(1, 2500) n`;
    const path = `/v1/projects/${tenantOfMany.id}/audit-lines/export?format=jsonl&text=many`;
    const told = await cloud.ask('GET', path, { token: operator.token });
    expect(told.headers.get('content-type')).toBe('application/jsonl');
    const lines = told.text.trimEnd().split('\n');
    const names = lines.map((line) => auditLine.parse(JSON.parse(line)).resourceName);
    expect(names).toEqual(Array.from({ length: 2500 }, (_, index) => `many-${index + 1}`));
  });

  test('runs nothing in a spreadsheet, and quotes what a cell may not hold', async () => {
    await makeNetwork('=HYPERLINK("http://evil.example","x"), y');
    const told = await exportOf('text=hyperlink');
    expect(told.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
    expect(told.text).toMatch(/^at,outcome,action,/);
    expect(told.text).toContain(`,"'=HYPERLINK(""http://evil.example"",""x""), y",`);
    expect(told.text).not.toContain(',=');
  });

  test('is refused where the list is, and for a filter that there is not', async () => {
    const stranger = await makePerson(cloud, {});
    expect((await exportOf('', null)).status).toBe(401);
    expect((await exportOf('', stranger.token)).status).toBe(404);
    const inDomainOf = (token: string) =>
      cloud.ask('GET', `/v1/domains/${cloud.domainId}/audit-lines/export`, { token });
    expect([(await inDomainOf(member.token)).status, (await inDomainOf(domainManager.token)).status]).toEqual([
      403, 200,
    ]);
    expect((await cloud.ask('GET', '/v1/audit-lines/export', { token: member.token })).status).toBe(403);
    expect((await cloud.ask('GET', '/v1/audit-lines/export', { token: operator.token })).status).toBe(200);
    const wrong = await exportOf('format=xls&colour=red&from=yesterday');
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    const body = problemBody.parse(wrong.body);
    expect(body.errors.map(({ field }) => field).toSorted()).toEqual(['colour', 'format', 'from']);
  });
});

describe('whose lines', () => {
  test('a domain has those of its projects and users, an operator all, a project only its own', async () => {
    const other = await makeTenant(cloud);
    const id = await makeNetwork('placed');
    await cloud.ask('POST', '/v1/flavors', {
      token: operator.token,
      body: { name: 'placed-flavor', vcpus: 1, memoryMib: 128, diskGib: 1 },
    });
    expect(named(await inDomain({ resourceId: id }))).toEqual(['network:create placed']);
    expect(await inDomain({ text: 'placed-flavor' })).toEqual([]);
    const everywhere = named(await linesOf('/audit-lines', { text: 'placed' }));
    expect(everywhere).toEqual(['flavor:create placed-flavor', 'network:create placed']);
    expect(await linesOf(`/projects/${other.id}/audit-lines`, { text: 'placed' })).toEqual([]);
    const narrowed = await linesOf('/audit-lines', { projectId: tenant.id, text: 'placed' });
    expect(named(narrowed)).toEqual(['network:create placed']);
  });

  test('a refused attempt is told to the domain whose user was meant, and to the project that was meant', async () => {
    const stranger = await makePerson(cloud, {});
    await cloud.ask('DELETE', `/v1/users/${member.id}`, { token: stranger.token });
    await cloud.ask('POST', `/v1/projects/${tenant.id}/networks`, { token: stranger.token, body: { name: 'x' } });
    const about = { actorId: stranger.id, outcome: 'refused' };
    const lines = await linesOf(`/domains/${cloud.domainId}/audit-lines`, about, domainManager.token);
    expect(lines.map(({ action }) => action)).toEqual(['network:create', 'user:delete']);
    expect((await inProject(about)).map(({ action }) => action)).toEqual(['network:create']);
  });

  test('so is a manager who would give more than they may, and who does not know the password that they change', async () => {
    const body = { userId: member.id, role: 'admin', domainId: cloud.domainId };
    const given = await cloud.ask('POST', '/v1/role-assignments', { token: domainManager.token, body });
    expect(given.status).toBe(403);
    const change = { currentPassword: 'not this one', newPassword: 'another long password' };
    const { token } = domainManager;
    expect((await cloud.ask('POST', '/v1/users/me/password', { token, body: change })).status).toBe(401);
    const lines = await inDomain({ actorId: domainManager.id, outcome: 'refused' });
    expect(lines.map(({ action }) => action)).toEqual(['user:update', 'role-assignment:create']);
    expect(JSON.stringify(lines)).not.toMatch(/not this one|another long/);
  });
});
