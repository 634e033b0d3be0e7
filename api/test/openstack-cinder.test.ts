// Quotas and limits of volumes, as Cinder's clients ask for them: the rows that /v1 and the portal show.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

interface Asking {
  readonly token?: string;
  readonly body?: unknown;
  readonly version?: string;
}

/** Below the project in the path. */
function ask(method: string, path: string, { token = member, body, version }: Asking = {}): Promise<Told> {
  const headers = { 'x-auth-token': token, ...(version !== undefined && { 'openstack-api-version': version }) };
  return compute.cloud.ask(method, `/volume/v3/${compute.tenant.id}${path}`, { headers, body });
}

const quotas = () => `/os-quota-sets/${compute.tenant.id}`;
const initial = { volumes: 20, gigabytes: 1000, snapshots: 20, backups: 20, backup_gigabytes: 1000 };

describe('versions', () => {
  test('are told to whoever asks', async () => {
    const told = await compute.cloud.ask('GET', '/volume/');
    expect(told.status).toBe(300);
    const here = { rel: 'self', href: 'http://127.0.0.1:7080/volume/v3/' };
    const links = expect.arrayContaining([here]);
    expect(told.body).toMatchObject({ versions: [{ id: 'v3.0', min_version: '3.0', version: '3.70', links }] });
    expect(await compute.cloud.ask('GET', '/volume/v3/')).toMatchObject({ status: 200, body: told.body });
  });

  test('each answer says which it speaks, and its request; an unknown one is refused with 406', async () => {
    const told = await ask('GET', '/limits', { version: 'volume 3.50' });
    expect(told.headers.get('openstack-api-version')).toBe('volume 3.50');
    expect(told.headers.get('vary')).toBe('OpenStack-API-Version');
    expect(told.headers.get('x-openstack-request-id')).toMatch(/^req-/);
    expect(told.headers.get('x-compute-request-id')).toBe(told.headers.get('x-openstack-request-id'));
    expect((await ask('GET', '/limits')).headers.get('openstack-api-version')).toBe('volume 3.0');
    expect((await ask('GET', '/limits', { version: 'volume 3.71' })).status).toBe(406);
    expect((await ask('GET', '/limits', { version: 'volume latest' })).headers.get('openstack-api-version')).toBe(
      'volume 3.70',
    );
    expect((await ask('GET', '/limits', { version: 'compute 2.99' })).status).toBe(200);
  });

  test('the catalog has the door under both of its types, for the project of the token', async () => {
    const told = await compute.cloud.ask('GET', '/identity/v3/auth/catalog', { headers: { 'x-auth-token': member } });
    const url = `http://127.0.0.1:7080/volume/v3/${compute.tenant.id}`;
    const endpoints = expect.arrayContaining([expect.objectContaining({ interface: 'public', url })]);
    for (const type of ['block-storage', 'volumev3']) {
      const catalog = expect.arrayContaining([expect.objectContaining({ type, endpoints })]);
      expect(told.body).toMatchObject({ catalog });
    }
  });
});

describe('quotas', () => {
  test('are those of the project, counted where that is asked for', async () => {
    const whole = { ...initial, per_volume_gigabytes: -1, groups: 0 };
    const { id } = compute.tenant;
    expect((await ask('GET', quotas())).body).toEqual({ quota_set: { id, ...whole } });
    expect((await ask('GET', `${quotas()}?usage=False`)).body).toEqual({ quota_set: { id, ...whole } });
    expect((await ask('GET', `${quotas()}/defaults`)).body).toEqual({ quota_set: { id, ...whole } });
    const counted = await ask('GET', `${quotas()}?usage=True`);
    expect(counted.body).toMatchObject({ quota_set: { volumes: { in_use: 0, limit: 20, reserved: 0 } } });
  });

  test('are set by operators, in the rows that /v1 shows, with a line in the audit log, and taken back', async () => {
    const body = { quota_set: { tenant_id: compute.tenant.id, volumes: 7, gigabytes: '70', backups: -1 } };
    expect((await ask('PUT', quotas(), { body })).status).toBe(403);
    const set = await ask('PUT', quotas(), { body, token: operator });
    expect(set).toMatchObject({ status: 200, body: { quota_set: { volumes: 7, gigabytes: 70, backups: -1 } } });
    const headers = { authorization: `Bearer ${member}` };
    const shown = await compute.cloud.ask('GET', `/v1/projects/${compute.tenant.id}/limits`, { headers });
    const items = [
      { name: 'volumes', limit: 7 },
      { name: 'volumeGib', limit: 70 },
    ].map((each) => expect.objectContaining(each));
    expect(shown.body).toMatchObject({ items: expect.arrayContaining(items) });
    const { prisma } = compute.cloud.core.database;
    const lines = await prisma.auditLine.findMany({ where: { action: 'limits:update' }, orderBy: { at: 'asc' } });
    expect(lines.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
    expect((await ask('DELETE', quotas(), { token: operator })).status).toBe(200);
    expect((await ask('GET', quotas())).body).toMatchObject({ quota_set: initial });
  });

  test('of the class "default" are those of the installation', async () => {
    const path = '/os-quota-class-sets/default';
    const body = { quota_class_set: { class_name: 'default', snapshots: 9 } };
    expect((await ask('PUT', path, { body })).status).toBe(403);
    const set = await ask('PUT', path, { body, token: operator });
    expect(set).toMatchObject({ status: 200, body: { quota_class_set: { snapshots: 9 } } });
    expect((await ask('GET', path, { token: operator })).body).toMatchObject({
      quota_class_set: { id: 'default', snapshots: 9, volumes: 20 },
    });
    expect((await ask('GET', quotas())).body).toMatchObject({ quota_set: { snapshots: 9 } });
    await compute.cloud.core.database.prisma.quotaDefault.deleteMany();
  });

  test.each([
    ['a limit below nothing', { volumes: -2 }, 'volumes'],
    ['a limit that is no number', { gigabytes: 'many' }, 'gigabytes'],
    ['one of a volume type that is not there', { volumes_fast: 1 }, 'volumes_fast'],
    ['the size of one volume', { per_volume_gigabytes: 10 }, 'per_volume_gigabytes'],
    ['another project in the body', { tenant_id: randomUUID(), volumes: 1 }, 'tenant_id'],
  ])('refuse %s, and change nothing', async (_, quota_set, field) => {
    const told = await ask('PUT', quotas(), { body: { quota_set }, token: operator });
    expect(told).toMatchObject({ status: 400, body: { badRequest: { code: 400 } } });
    expect(told.text).toContain(field);
    expect((await ask('GET', quotas())).body).toMatchObject({ quota_set: initial });
  });
});

test('limits say what is used of what, of no project but those that the caller may see', async () => {
  const absolute = { maxTotalVolumes: 20, totalVolumesUsed: 0, maxTotalVolumeGigabytes: 1000, totalGigabytesUsed: 0 };
  expect((await ask('GET', '/limits')).body).toMatchObject({ limits: { rate: [], absolute } });
  const other = await makeTenant(compute.cloud);
  const elsewhere = `/limits?tenant_id=${other.id}`;
  expect((await ask('GET', elsewhere, { token: operator })).body).toMatchObject({ limits: { absolute } });
  for (const path of [elsewhere, '/limits?project_id=made-up', `/os-quota-sets/${other.id}`]) {
    expect(await ask('GET', path), path).toMatchObject({ status: 404, body: { itemNotFound: { code: 404 } } });
  }
});

test('there are no volumes: lists are empty, and nothing is made or found', async () => {
  for (const [path, name] of [
    ['/volumes', 'volumes'],
    ['/volumes/detail', 'volumes'],
    ['/snapshots/detail', 'snapshots'],
    ['/backups', 'backups'],
  ] as const) {
    expect((await ask('GET', path)).body, path).toEqual({ [name]: [] });
  }
  const wanted = { volume: { size: 1, name: 'v' } };
  expect(await ask('POST', '/volumes', { body: wanted })).toMatchObject({ status: 404, body: { itemNotFound: {} } });
  expect((await ask('GET', `/volumes/${randomUUID()}`)).status).toBe(404);
});
