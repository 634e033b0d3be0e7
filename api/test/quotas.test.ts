import { granted } from '@unkai/client/client';
import { allowance, quotaCatalog, quotaNames, unlimited } from '@unkai/contracts/quota';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Cloud,
  clientOf,
  makePerson,
  makeTenant,
  makeToken,
  openCloud,
  problemBody,
  type Tenant,
} from './cloud.ts';
import { unique } from './denial-verdicts.ts';

let cloud: Cloud;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

let tenant: Tenant;
let member: Awaited<ReturnType<typeof makePerson>>;
beforeEach(async () => {
  tenant = await makeTenant(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  await cloud.core.database.prisma.quotaDefault.deleteMany();
});

const shown = z.object({ items: z.array(z.looseObject({ name: z.string(), limit: z.number() })) });
async function limitOf(name: string, token = member.token) {
  const { body } = await cloud.ask('GET', `/v1/projects/${tenant.id}/limits`, { token });
  return shown.parse(body).items.find((item) => item.name === name);
}
const setDefaults = (limits: Record<string, unknown>, domainId?: string) =>
  cloud.ask('PATCH', '/v1/quota-defaults', { token: operator, body: { limits, ...(domainId && { domainId }) } });
const setLimits = (limits: Record<string, unknown>) =>
  cloud.ask('PATCH', `/v1/projects/${tenant.id}/limits`, { token: operator, body: { limits } });

describe('what a project may use is said by', () => {
  test('Unkai, the installation, the domain and the project: the nearest counts, and null takes it back', async () => {
    expect(await limitOf('networks')).toMatchObject({ limit: 10, default: 10, source: 'initial' });
    expect((await setDefaults({ networks: 7 })).status).toBe(200);
    expect(await limitOf('networks')).toMatchObject({ limit: 7, default: 7, source: 'installation' });
    expect((await setDefaults({ networks: 5 }, cloud.domainId)).status).toBe(200);
    expect(await limitOf('networks')).toMatchObject({ limit: 5, default: 5, source: 'domain' });
    expect((await setLimits({ networks: 3 })).status).toBe(200);
    expect(await limitOf('networks')).toMatchObject({ limit: 3, default: 5, source: 'project' });
    await setLimits({ networks: null });
    await setDefaults({ networks: null }, cloud.domainId);
    expect(await limitOf('networks')).toMatchObject({ limit: 7, source: 'installation' });
    await setDefaults({ networks: null });
    expect(await limitOf('networks')).toMatchObject({ limit: 10, source: 'initial' });
  });

  test('a default is kept to at the next create', async () => {
    await setDefaults({ networks: 1 }, cloud.domainId);
    const made = await clientOf(cloud, member.token).POST('/projects/{projectId}/networks', {
      params: { path: { projectId: tenant.id } },
      body: { name: 'second' },
    });
    expect(made).toMatchObject({ response: { status: 403 }, error: { code: 'quota_exceeded' } });
    expect(made.error?.errors).toMatchObject([{ field: 'networks', message: 'Networks: needs 1, used 1 of 1.' }]);
  });

  test('the defaults of a domain tell where each comes from, to its readers', async () => {
    await setDefaults({ servers: 4, images: 6 });
    await setDefaults({ servers: 2 }, cloud.domainId);
    const { items } = granted(
      await clientOf(cloud, operator).GET('/quota-defaults', { params: { query: { domainId: cloud.domainId } } }),
    );
    expect(items.map(({ name }) => name)).toEqual(quotaNames);
    const of = (name: string) => items.find((item) => item.name === name);
    expect(of('servers')).toMatchObject({ limit: 2, source: 'domain' });
    expect(of('images')).toMatchObject({ limit: 6, source: 'installation' });
    expect(of('ports')).toMatchObject({ limit: 100, source: 'initial' });
  });

  test('a change of a default is in the audit log, with what was before', async () => {
    await setDefaults({ servers: 4 });
    await setDefaults({ servers: 9 });
    const line = await cloud.core.database.prisma.auditLine.findFirst({
      where: { action: 'quota-default:update' },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
    });
    expect(line).toMatchObject({ resourceName: 'servers', outcome: 'done', detail: '4 → 9' });
  });
});

describe('GET /v1/limits', () => {
  test('H9: tells each limit and what is used, before anything is refused', async () => {
    const { body } = await cloud.ask('GET', '/v1/limits', { token: member.token });
    const { items } = shown.parse(body);
    expect(items.map(({ name }) => name)).toEqual(quotaNames);
    expect(items.find(({ name }) => name === 'securityGroupRules')).toMatchObject({
      used: tenant.group.rules.length,
      limit: quotaCatalog.securityGroupRules.initial,
    });
    for (const item of items.filter(({ name }) => name.startsWith('volume'))) {
      expect(item).toMatchObject({ used: 0, isOffered: false });
    }
  });

  test('the project is the one named, that of the credential, or the only one; else the answer asks for it', async () => {
    const other = await makeTenant(cloud);
    const both = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
    await cloud.core.database.prisma.roleAssignment.create({
      data: { userId: both.id, projectId: other.id, roleId: (await roleOf(both.id)).roleId },
    });
    const refused = await cloud.ask('GET', '/v1/limits', { token: both.token });
    expect(refused.status).toBe(400);
    expect(problemBody.parse(refused.body).errors).toMatchObject([{ field: 'projectId' }]);
    expect((await cloud.ask('GET', `/v1/limits?projectId=${other.id}`, { token: both.token })).status).toBe(200);
    const token = await makeToken(cloud.core, both.id, { projectId: other.id });
    expect((await cloud.ask('GET', '/v1/limits', { token })).status).toBe(200);
    const stranger = await makeTenant(cloud);
    expect((await cloud.ask('GET', `/v1/limits?projectId=${stranger.id}`, { token: both.token })).status).toBe(404);
  });
});

const roleOf = (userId: string) => cloud.core.database.prisma.roleAssignment.findFirstOrThrow({ where: { userId } });

describe('what is of each user', () => {
  const makeKey = (token: string) => cloud.ask('POST', '/v1/key-pairs/generate', { token, body: { name: unique() } });
  const ownLimitsOf = async (token: string) =>
    z.object({ items: z.array(allowance) }).parse((await cloud.ask('GET', '/v1/users/me/limits', { token })).body)
      .items;
  const makeApiToken = (token: string) => cloud.ask('POST', '/v1/api-tokens', { token, body: { name: unique() } });

  test('key pairs and API tokens are counted with the user, and each refused at its limit', async () => {
    await setLimits({ keyPairs: 2, apiTokens: 1 });
    expect((await makeKey(member.token)).status).toBe(201);
    expect(await limitOf('keyPairs')).toMatchObject({ used: 1, limit: 2, of: 'user' });
    expect((await makeKey(member.token)).status).toBe(201);
    const third = await makeKey(member.token);
    expect(third.status).toBe(403);
    expect(problemBody.parse(third.body)).toMatchObject({
      code: 'quota_exceeded',
      errors: [{ field: 'keyPairs', message: 'Key pairs of each user: needs 1, used 2 of 2.' }],
    });
    expect((await makeApiToken(member.token)).status).toBe(201);
    expect(problemBody.parse((await makeApiToken(member.token)).body).errors).toMatchObject([{ field: 'apiTokens' }]);
    const another = await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } });
    expect((await makeKey(another.token)).status).toBe(201);
  });

  test('who is in several projects has the highest of their limits, who is in none what the domain gives', async () => {
    await setDefaults({ keyPairs: 0 });
    const nobody = await makePerson(cloud, {});
    expect((await makeKey(nobody.token)).status).toBe(403);
    expect(await ownLimitsOf(nobody.token)).toMatchObject([
      { name: 'keyPairs', used: 0, limit: 0 },
      { name: 'apiTokens', limit: quotaCatalog.apiTokens.initial },
    ]);
    await setDefaults({ keyPairs: 1 }, cloud.domainId);
    expect((await makeKey(nobody.token)).status).toBe(201);
    expect((await makeKey(nobody.token)).status).toBe(403);
    const other = await makeTenant(cloud);
    await setLimits({ keyPairs: 2 });
    await cloud.core.database.prisma.projectQuota.create({ data: { projectId: other.id, name: 'keyPairs', limit: 0 } });
    await cloud.core.database.prisma.roleAssignment.create({
      data: { userId: member.id, projectId: other.id, roleId: (await roleOf(member.id)).roleId },
    });
    cloud.core.actors?.drop();
    expect([(await makeKey(member.token)).status, (await makeKey(member.token)).status]).toEqual([201, 201]);
    expect((await makeKey(member.token)).status).toBe(403);
  });

  test('of 20 key pairs made at once, as many are there as the limit says', async () => {
    await setLimits({ keyPairs: 3 });
    const told = await Promise.all(Array.from({ length: 20 }, () => makeKey(member.token)));
    expect(told.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(told.filter(({ status }) => status === 403)).toHaveLength(17);
    expect(await cloud.core.database.prisma.keyPair.count({ where: { userId: member.id } })).toBe(3);
  });
});

describe('a limit that makes no sense is refused, and nothing of the request is kept', () => {
  test.each([
    ['negative', { servers: -1 }, 'limits.servers'],
    ['a fraction', { servers: 1.5 }, 'limits.servers'],
    ['text', { servers: '5' }, 'limits.servers'],
    ['NaN, which JSON has no word for', '{"limits":{"servers":NaN}}', 'body'],
    ['more servers than any API can say', { servers: 2_147_483_648 }, 'limits.servers'],
    ['more bytes than a pebibyte', { imageBytes: 1024 ** 5 + 1 }, 'limits.imageBytes'],
    ['more than a number in JSON holds', { servers: 2 ** 60 }, 'limits.servers'],
    ['of nothing that is limited', { flyingSaucers: 1 }, 'limits'],
  ])('%s', async (_, limits, field) => {
    const body = typeof limits === 'string' ? limits : { limits: { images: 9, ...limits } };
    for (const path of ['/v1/quota-defaults', `/v1/projects/${tenant.id}/limits`]) {
      const told = await cloud.ask('PATCH', path, { token: operator, body });
      expect(told.status, path).toBe(400);
      const [first] = problemBody.parse(told.body).errors;
      if (field !== 'body') expect(first?.field, path).toMatch(new RegExp(`^${field}`));
    }
    expect(await limitOf('images')).toMatchObject({ limit: 20, source: 'initial' });
  });

  test('any number is said by one number', async () => {
    expect((await setLimits({ servers: unlimited })).status).toBe(200);
    expect(await limitOf('servers')).toMatchObject({ limit: unlimited });
  });

  test('a domain that is not there', async () => {
    expect((await setDefaults({ servers: 1 }, tenant.id)).status).toBe(404);
  });
});
