// Volume types as Cinder's clients ask for them, and the quotas of each: the rows that /v1 and the portal show.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeTenant, type Told } from './cloud.ts';
import { keystoneToken } from './openstack.ts';
import { type Compute, openCompute } from './openstack-compute.ts';

let compute: Compute;
let member: string;
let operator: string;
beforeAll(async () => {
  compute = await openCompute();
  const { prisma } = compute.cloud.core.database;
  const users = await prisma.user.findMany({ include: { roleAssignments: true }, orderBy: { createdAt: 'asc' } });
  const named = (isSystem: boolean) =>
    users.find(({ roleAssignments }) => roleAssignments.some((each) => each.isSystem) === isSystem)?.name ?? '';
  member = await keystoneToken(compute.cloud, named(false), compute.tenant.id);
  operator = await keystoneToken(compute.cloud, named(true), compute.tenant.id);
});
afterAll(() => compute.cloud[Symbol.asyncDispose]());
beforeEach(() => compute.cloud.core.database.prisma.volumeType.deleteMany());

/** Below the project in the path, as an operator unless told. */
function ask(method: string, path: string, body?: unknown, token = operator): Promise<Told> {
  const headers = { 'x-auth-token': token };
  return compute.cloud.ask(method, `/volume/v3/${compute.tenant.id}${path}`, { headers, body });
}

const made = z.object({ volume_type: z.object({ id: z.string() }) });
async function make(given: object): Promise<string> {
  const told = await ask('POST', '/types', { volume_type: given });
  expect(told, told.text).toMatchObject({ status: 200 });
  return made.parse(told.body).volume_type.id;
}

const listed = z.object({ volume_types: z.array(z.object({ name: z.string() })) });
async function names(query = '', token = operator): Promise<string[]> {
  const { body } = await ask('GET', `/types${query}`, undefined, token);
  return listed
    .parse(body)
    .volume_types.map(({ name }) => name)
    .toSorted();
}

describe('volume types', () => {
  test('are made by operators, shown to whoever may use them, changed, and deleted', async () => {
    const given = { name: 'fast', description: 'of flash', extra_specs: { multiattach: '<is> True' } };
    expect((await ask('POST', '/types', { volume_type: given }, member)).status).toBe(403);
    const id = await make(given);
    const shown = {
      ...{ id, ...given, is_public: true, 'os-volume-type-access:is_public': true, qos_specs_id: null },
    };
    expect((await ask('GET', `/types/${id}`, undefined, member)).body).toEqual({ volume_type: shown });
    expect((await ask('GET', '/types', undefined, member)).body).toEqual({ volume_types: [shown] });
    const put = { volume_type: { name: 'faster', description: '' } };
    expect((await ask('PUT', `/types/${id}`, put, member)).status).toBe(403);
    expect((await ask('PUT', `/types/${id}`, put)).body).toMatchObject({
      volume_type: { name: 'faster', description: null, extra_specs: given.extra_specs },
    });
    expect((await ask('DELETE', `/types/${id}`)).status).toBe(202);
    expect((await ask('GET', `/types/${id}`)).status).toBe(404);
    expect((await ask('GET', '/types/faster')).status).toBe(404);
  });

  test('are listed as is_public says to operators, and those that they may use to everyone else', async () => {
    const id = await make({ name: 'hidden', 'os-volume-type-access:is_public': false });
    await make({ name: 'open' });
    expect(await names()).toEqual(['open']);
    expect(await names('?is_public=None')).toEqual(['hidden', 'open']);
    expect(await names('?is_public=False')).toEqual(['hidden']);
    expect(await names('?is_public=None', member)).toEqual(['open']);
    expect((await ask('GET', '/types?is_public=perhaps')).status).toBe(400);
    const access = `/types/${id}/os-volume-type-access`;
    expect((await ask('GET', access)).body).toEqual({ volume_type_access: [] });
    const project = compute.tenant.id;
    expect((await ask('POST', `/types/${id}/action`, { addProjectAccess: { project } })).status).toBe(202);
    expect((await ask('POST', `/types/${id}/action`, { addProjectAccess: { project } })).status).toBe(409);
    expect((await ask('GET', access)).body).toEqual({
      volume_type_access: [{ volume_type_id: id, project_id: project }],
    });
    expect(await names('', member)).toEqual(['hidden', 'open']);
    expect((await ask('POST', `/types/${id}/action`, { removeProjectAccess: { project } })).status).toBe(202);
    expect(await names('', member)).toEqual(['open']);
  });

  test('that are public have no list of projects', async () => {
    const id = await make({ name: 'open' });
    expect((await ask('GET', `/types/${id}/os-volume-type-access`)).status).toBe(404);
    const adding = { addProjectAccess: { project: compute.tenant.id } };
    expect((await ask('POST', `/types/${id}/action`, adding)).status).toBe(400);
  });

  test('have extra specs, key by key', async () => {
    const id = await make({ name: 'spec', extra_specs: { kept: 'yes' } });
    const specs = `/types/${id}/extra_specs`;
    expect((await ask('POST', specs, { extra_specs: { tier: 'gold' } })).body).toEqual({
      extra_specs: { tier: 'gold' },
    });
    expect((await ask('GET', specs)).body).toEqual({ extra_specs: { kept: 'yes', tier: 'gold' } });
    expect(await ask('PUT', `${specs}/tier`, { tier: 'silver' })).toMatchObject({
      status: 200,
      body: { tier: 'silver' },
    });
    expect((await ask('PUT', `${specs}/tier`, { other: 'silver' })).status).toBe(400);
    expect((await ask('GET', `${specs}/tier`)).body).toEqual({ tier: 'silver' });
    expect((await ask('DELETE', `${specs}/tier`)).status).toBe(202);
    expect((await ask('DELETE', `${specs}/tier`)).status).toBe(404);
    expect((await ask('GET', specs)).body).toEqual({ extra_specs: { kept: 'yes' } });
  });

  test('are not encrypted, which is an empty answer; nobody makes them so', async () => {
    const encryption = `/types/${await make({ name: 'plain' })}/encryption`;
    expect(await ask('GET', encryption, undefined, member)).toMatchObject({ status: 200, body: {} });
    expect((await ask('GET', encryption)).body).toEqual({});
    expect((await ask('POST', encryption, { encryption: { provider: 'luks' } })).status).toBe(404);
    expect((await ask('GET', `/types/${randomUUID()}/encryption`)).status).toBe(404);
  });

  test('have a default where an operator said which', async () => {
    expect((await ask('GET', '/types/default')).status).toBe(404);
    const id = await make({ name: 'usual' });
    const headers = { authorization: `Bearer ${operator}` };
    await compute.cloud.ask('PATCH', `/v1/volume-types/${id}`, { headers, body: { isDefault: true } });
    const told = await ask('GET', '/types/default', undefined, member);
    expect(told).toMatchObject({ status: 200, body: { volume_type: { id, name: 'usual' } } });
  });

  test('come page by page and in an order', async () => {
    for (const name of ['b', 'c', 'a']) await make({ name });
    const first = await ask('GET', '/types?limit=2&sort_key=name&sort_dir=desc');
    expect(listed.parse(first.body).volume_types.map(({ name }) => name)).toEqual(['c', 'b']);
    const { volume_type_links: links } = z
      .object({ volume_type_links: z.array(z.object({ href: z.string() })) })
      .parse(first.body);
    const next = new URL(links[0]?.href ?? '');
    expect(await names(next.search)).toEqual(['a']);
  });

  test.each([
    ['without a name', {}],
    ['with an empty name', { name: '' }],
    ['with specs that are no text', { name: 'x', extra_specs: { iops: 5 } }],
    ['with a flag that is none', { name: 'x', 'os-volume-type-access:is_public': 'perhaps' }],
  ])('%s are refused', async (_, given) => {
    expect(await ask('POST', '/types', { volume_type: given })).toMatchObject({
      status: 400,
      body: { badRequest: {} },
    });
  });

  test('of a name that is taken, and changes of nothing, are refused', async () => {
    const id = await make({ name: 'taken' });
    expect((await ask('POST', '/types', { volume_type: { name: 'taken' } })).status).toBe(409);
    expect((await ask('PUT', `/types/${id}`, { volume_type: {} })).status).toBe(400);
    expect((await ask('PUT', `/types/${randomUUID()}`, { volume_type: { name: 'x' } })).status).toBe(404);
  });
});

describe('quotas of a volume type', () => {
  const quotas = () => `/os-quota-sets/${compute.tenant.id}`;
  const free = { volumes_fast: -1, gigabytes_fast: -1, snapshots_fast: -1 };

  test('are told beside those of all types, -1 where there is no limit, and counted where that is asked for', async () => {
    await make({ name: 'fast' });
    for (const path of [quotas(), `${quotas()}/defaults`]) {
      expect((await ask('GET', path, undefined, member)).body, path).toMatchObject({
        quota_set: { ...free, volumes: 20, gigabytes: 1000 },
      });
    }
    expect((await ask('GET', '/os-quota-class-sets/default')).body).toMatchObject({ quota_class_set: free });
    expect((await ask('GET', `${quotas()}?usage=True`)).body).toMatchObject({
      quota_set: { gigabytes_fast: { in_use: 0, limit: -1, reserved: 0 } },
    });
  });

  test('are set by operators for a project and for all, and taken back with the others', async () => {
    const id = await make({ name: 'fast' });
    const set = { quota_set: { gigabytes_fast: '40', volumes_fast: 4, gigabytes: 400 } };
    expect((await ask('PUT', quotas(), set, member)).status).toBe(403);
    expect(await ask('PUT', quotas(), set)).toMatchObject({
      status: 200,
      body: { quota_set: { gigabytes_fast: 40, volumes_fast: 4, snapshots_fast: -1, gigabytes: 400 } },
    });
    const shown = await compute.cloud.ask('GET', `/v1/projects/${compute.tenant.id}/limits`, {
      headers: { authorization: `Bearer ${member}` },
    });
    expect(shown.body).toMatchObject({ volumeTypes: [{ id, items: [{ limit: 4 }, { limit: 40 }, {}] }] });
    const classes = { quota_class_set: { snapshots_fast: 6, gigabytes_fast: 60 } };
    expect((await ask('PUT', '/os-quota-class-sets/default', classes, member)).status).toBe(403);
    expect((await ask('PUT', '/os-quota-class-sets/default', classes)).body).toMatchObject({
      quota_class_set: { snapshots_fast: 6, gigabytes_fast: 60, volumes_fast: -1 },
    });
    expect((await ask('GET', `${quotas()}/defaults`)).body).toMatchObject({ quota_set: { gigabytes_fast: 60 } });
    expect((await ask('GET', quotas())).body).toMatchObject({
      quota_set: { gigabytes_fast: 40, snapshots_fast: 6 },
    });
    expect((await ask('DELETE', quotas())).status).toBe(200);
    expect((await ask('GET', quotas())).body).toMatchObject({
      quota_set: { gigabytes_fast: 60, volumes_fast: -1, gigabytes: 1000 },
    });
  });

  test('are named after their type: by its new name once it is renamed, and not at all once it is gone', async () => {
    const id = await make({ name: 'fast' });
    await ask('PUT', quotas(), { quota_set: { volumes_fast: 2 } });
    await ask('PUT', `/types/${id}`, { volume_type: { name: 'with_a_line and space' } });
    const renamed = (await ask('GET', quotas())).body;
    expect(renamed).toMatchObject({ quota_set: { 'volumes_with_a_line and space': 2 } });
    expect(renamed).not.toMatchObject({ quota_set: { volumes_fast: expect.anything() } });
    expect((await ask('PUT', quotas(), { quota_set: { volumes_fast: 3 } })).status).toBe(400);
    await ask('DELETE', `/types/${id}`);
    expect((await ask('GET', quotas())).text).not.toContain('volumes_with');
  });

  test('of a type that a project may not use are not told to its members', async () => {
    await make({ name: 'secret', 'os-volume-type-access:is_public': false });
    expect((await ask('GET', quotas())).text).toContain('volumes_secret');
    expect((await ask('GET', quotas(), undefined, member)).text).not.toContain('secret');
    const other = await makeTenant(compute.cloud);
    expect((await ask('GET', `/os-quota-sets/${other.id}`, undefined, member)).status).toBe(404);
  });

  test.each([
    ['below nothing', { gigabytes_fast: -2 }, 'gigabytes_fast'],
    ['that are no number', { volumes_fast: 'many' }, 'volumes_fast'],
    ['of what is not limited for each type', { backups_fast: 1 }, 'backups_fast'],
    ['of a type that is not there', { snapshots_slow: 1 }, 'snapshots_slow'],
  ])('%s are refused by their name, and nothing is changed', async (_, given, field) => {
    await make({ name: 'fast' });
    for (const [path, key] of [
      [quotas(), 'quota_set'],
      ['/os-quota-class-sets/default', 'quota_class_set'],
    ] as const) {
      const told = await ask('PUT', path, { [key]: { volumes: 5, ...given } });
      expect(told).toMatchObject({ status: 400, body: { badRequest: { code: 400 } } });
      expect(told.text).toContain(field);
    }
    expect((await ask('GET', quotas())).body).toMatchObject({ quota_set: { ...free, volumes: 20 } });
  });
});
