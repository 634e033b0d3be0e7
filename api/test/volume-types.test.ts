// Kinds of storage: who sees them, what is said for each, and what becomes of that when a type is renamed or goes.
import { granted } from '@unkai/client/client';
import { unlimited } from '@unkai/contracts/quota';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, clientOf, makePerson, makeTenant, openCloud, problemBody, type Tenant } from './cloud.ts';
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
  await cloud.core.database.prisma.volumeType.deleteMany();
});

const make = async (body: { name?: string; isPublic?: boolean; isDefault?: boolean } = {}) =>
  granted(await clientOf(cloud, operator).POST('/volume-types', { body: { name: unique(), ...body } }));
const change = (id: string, body: object) => cloud.ask('PATCH', `/v1/volume-types/${id}`, { token: operator, body });
const seenBy = async (token: string) =>
  granted(await clientOf(cloud, token).GET('/volume-types', {})).items.map(({ name }) => name);
const setLimits = (body: object, projectId = tenant.id) =>
  cloud.ask('PATCH', `/v1/projects/${projectId}/limits`, { token: operator, body });
const setDefaults = (body: object) => cloud.ask('PATCH', '/v1/quota-defaults', { token: operator, body });
const ofTypes = async (token = member.token) =>
  granted(
    await clientOf(cloud, token).GET('/projects/{projectId}/limits', { params: { path: { projectId: tenant.id } } }),
  ).volumeTypes;
const limitOf = async (type: string, quota = 'volumeGib') =>
  (await ofTypes()).find(({ name }) => name === type)?.items.find(({ name }) => name === quota);

describe('a volume type', () => {
  test('that is not public is seen by operators, and in the projects that it was given to', async () => {
    const { id, name } = await make({ isPublic: false });
    expect(await seenBy(operator)).toEqual([name]);
    expect(await seenBy(member.token)).toEqual([]);
    expect((await cloud.ask('GET', `/v1/volume-types/${id}`, { token: member.token })).status).toBe(404);
    const body = { projectId: tenant.id };
    expect((await cloud.ask('POST', `/v1/volume-types/${id}/projects`, { token: operator, body })).status).toBe(200);
    expect(await seenBy(member.token)).toEqual([name]);
    expect((await ofTypes()).map((type) => type.name)).toEqual([name]);
    const again = await cloud.ask('POST', `/v1/volume-types/${id}/projects`, { token: operator, body });
    expect(problemBody.parse(again.body)).toMatchObject({ code: 'conflict', errors: [{ field: 'projectId' }] });
    const path = `/v1/volume-types/${id}/projects/${tenant.id}`;
    expect((await cloud.ask('DELETE', path, { token: operator })).status).toBe(204);
    expect(await seenBy(member.token)).toEqual([]);
    expect(await ofTypes()).toEqual([]);
  });

  test('is the default alone, also of ten that become it at once, and only while it is public', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => make({ isDefault: true })));
    const { items } = granted(await clientOf(cloud, member.token).GET('/volume-types', {}));
    expect(items).toHaveLength(made.length);
    expect(items.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    const [first] = items.filter(({ isDefault }) => isDefault);
    const hidden = await change(first?.id ?? '', { isPublic: false });
    expect(problemBody.parse(hidden.body)).toMatchObject({ code: 'invalid_input', errors: [{ field: 'isDefault' }] });
    expect((await change(first?.id ?? '', { isPublic: false, isDefault: false })).status).toBe(200);
  });

  test('has its changes in the audit log, as it was and as it is', async () => {
    const { id } = await make({ name: 'slow' });
    await change(id, { description: 'spinning', extraSpecs: { tier: 'bronze' } });
    const lines = await cloud.core.database.prisma.auditLine.findMany({
      where: { resourceId: id },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    expect(lines.map(({ action }) => action)).toEqual(['volume-type:create', 'volume-type:update']);
    expect(lines[1]).toMatchObject({
      before: { description: '', extraSpecs: {} },
      after: { description: 'spinning', extraSpecs: { tier: 'bronze' } },
    });
  });

  test.each([
    ['without a name', { name: '' }, 'name'],
    ['with a flag that is none', { isPublic: 'maybe' }, 'isPublic'],
    ['with specs that are no text', { extraSpecs: { iops: 5 } }, 'extraSpecs.iops'],
    ['with more specs than anybody reads', { extraSpecs: manySpecs() }, 'extraSpecs'],
    ['that is the default and hidden', { isPublic: false, isDefault: true }, 'isDefault'],
    ['with what it does not have', { size: 5 }, 'size'],
  ])('%s is refused at that field, and none is made', async (_, body, field) => {
    const told = await cloud.ask('POST', '/v1/volume-types', { token: operator, body: { name: unique(), ...body } });
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors[0]?.field).toBe(field);
    expect(await seenBy(operator)).toEqual([]);
  });

  test('of a name that is taken is refused', async () => {
    const { name } = await make();
    const { id } = await make();
    for (const told of [
      await cloud.ask('POST', '/v1/volume-types', { token: operator, body: { name } }),
      await change(id, { name }),
    ]) {
      expect(problemBody.parse(told.body)).toMatchObject({ code: 'conflict', errors: [{ field: 'name' }] });
    }
  });
});

function manySpecs(): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`key-${index}`, 'value']));
}

describe('limits of a volume type', () => {
  test('are none until the installation, the domain or the project says some; the nearest counts', async () => {
    const { id } = await make({ name: 'fast' });
    const volumeTypes = (volumeGib: number | null) => ({ volumeTypes: { [id]: { volumeGib } } });
    expect(await limitOf('fast')).toMatchObject({
      ...{ label: 'Volume storage', unit: 'GiB', used: 0, isOffered: false },
      ...{ limit: unlimited, default: unlimited, source: 'initial' },
    });
    expect((await setDefaults(volumeTypes(70))).status).toBe(200);
    expect(await limitOf('fast')).toMatchObject({ limit: 70, source: 'installation' });
    expect((await setDefaults({ domainId: cloud.domainId, ...volumeTypes(50) })).status).toBe(200);
    expect(await limitOf('fast')).toMatchObject({ limit: 50, default: 50, source: 'domain' });
    expect((await setLimits(volumeTypes(30))).status).toBe(200);
    expect(await limitOf('fast')).toMatchObject({ limit: 30, default: 50, source: 'project' });
    expect(await limitOf('fast', 'volumes')).toMatchObject({ limit: unlimited });
    await setLimits(volumeTypes(null));
    await setDefaults({ domainId: cloud.domainId, ...volumeTypes(null) });
    expect(await limitOf('fast')).toMatchObject({ limit: 70, source: 'installation' });
    await setDefaults(volumeTypes(null));
    expect(await limitOf('fast')).toMatchObject({ limit: unlimited, source: 'initial' });
  });

  test('follow a new name, go with their type, and do not come back with another of its name', async () => {
    const { id } = await make({ name: 'old' });
    await setLimits({ volumeTypes: { [id]: { volumes: 3 } } });
    await setDefaults({ volumeTypes: { [id]: { volumes: 5 } } });
    expect((await change(id, { name: 'new' })).status).toBe(200);
    expect(await limitOf('old', 'volumes')).toBeUndefined();
    expect(await limitOf('new', 'volumes')).toMatchObject({ limit: 3, default: 5 });
    expect((await cloud.ask('DELETE', `/v1/volume-types/${id}`, { token: operator })).status).toBe(204);
    expect(await ofTypes()).toEqual([]);
    await make({ name: 'new' });
    expect(await limitOf('new', 'volumes')).toMatchObject({ limit: unlimited, source: 'initial' });
  });

  test('are in the audit log by the name of their type', async () => {
    const { id } = await make({ name: 'logged' });
    await setLimits({ volumeTypes: { [id]: { volumeSnapshots: 4 } } });
    await setDefaults({ volumeTypes: { [id]: { volumes: 9 } } });
    const { auditLine } = cloud.core.database.prisma;
    expect(await auditLine.findFirst({ where: { action: 'limits:update', resourceId: tenant.id } })).toMatchObject({
      detail: 'volumeSnapshots of logged: 4',
      after: { 'volumeSnapshots of logged': 4 },
    });
    expect(
      await auditLine.findFirst({ where: { action: 'quota-default:update', resourceName: 'volumes of logged' } }),
    ).toMatchObject({ detail: 'as initially → 9' });
  });

  test.each([
    ['below nothing', { volumes: -1 }, 'volumes'],
    ['with a fraction', { volumeGib: 1.5 }, 'volumeGib'],
    ['of more than any API can say', { volumes: 2_147_483_648 }, 'volumes'],
    ['of what is not limited for each type', { servers: 1 }, ''],
  ])('%s are refused, and nothing of the request is kept', async (_, given, field) => {
    const { id } = await make();
    for (const set of [setLimits, setDefaults]) {
      const told = await set({ limits: { images: 9 }, volumeTypes: { [id]: { volumeSnapshots: 1, ...given } } });
      expect(told.status).toBe(400);
      expect(problemBody.parse(told.body).errors[0]?.field).toMatch(new RegExp(`^volumeTypes.${id}.*${field}$`));
    }
    expect((await ofTypes())[0]?.items.map(({ limit }) => limit)).toEqual([unlimited, unlimited, unlimited]);
  });

  test('of a type that is not there are refused by its id, and nothing of the request is kept', async () => {
    for (const set of [setLimits, setDefaults]) {
      const told = await set({ limits: { images: 9 }, volumeTypes: { [tenant.id]: { volumes: 1 } } });
      expect(problemBody.parse(told.body)).toMatchObject({ errors: [{ field: `volumeTypes.${tenant.id}` }] });
    }
    expect(await cloud.core.database.prisma.projectQuota.count({ where: { projectId: tenant.id } })).toBe(0);
  });
});

describe('a price', () => {
  const list = (item: string, startsAt?: string) => ({
    ...{ name: unique(), currency: 'EUR', ...(startsAt !== undefined && { startsAt }) },
    prices: [
      { kind: 'image', price: '0.1' },
      { kind: 'volume', item, price: '0.2' },
    ],
  });
  const say = (body: object) => cloud.ask('POST', '/v1/price-lists', { token: operator, body });

  test('is for a volume type that is there, and is refused at its field otherwise', async () => {
    const told = await say(list('unheard-of'));
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors).toMatchObject([
      { field: 'prices.1.item', message: 'names no volume type' },
    ]);
    await make({ name: 'priced' });
    expect((await say(list('priced'))).status).toBe(201);
    const { prices } = granted(await clientOf(cloud, member.token).GET('/prices', {}));
    expect(prices).toContainEqual({ kind: 'volume', item: 'priced', price: '0.2' });
  });

  test('that holds now or later keeps the name of its type; one of before does not', async () => {
    const { id } = await make({ name: 'kept' });
    const rename = () => change(id, { name: 'renamed' });
    expect((await say(list('kept'))).status).toBe(201);
    const refused = await rename();
    expect(problemBody.parse(refused.body)).toMatchObject({ code: 'in_use', errors: [{ field: 'name' }] });
    expect((await change(id, { description: 'described' })).status).toBe(200);
    const ahead = await say(list('kept', new Date(Date.now() + 3_600_000).toISOString()));
    const without = { name: unique(), currency: 'EUR', prices: [{ kind: 'image', price: '0.1' }] };
    expect((await say(without)).status).toBe(201);
    expect((await rename()).status).toBe(409);
    const made = z.object({ id: z.string() }).parse(ahead.body);
    expect((await cloud.ask('DELETE', `/v1/price-lists/${made.id}`, { token: operator })).status).toBe(204);
    expect((await rename()).status).toBe(200);
  });
});
