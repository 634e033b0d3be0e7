import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let member: Ask;
let operator: Ask;

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const admin = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' }, system: 'admin' });
  member = openstackOf(cloud, '/image', await makeToken(cloud.core, person.id, {}));
  operator = openstackOf(cloud, '/image', await makeToken(cloud.core, admin.id, {}));
});
afterAll(() => cloud[Symbol.asyncDispose]());

const withId = z.looseObject({ id: z.string() });
const bare = { disk_format: 'raw', container_format: 'bare' };

async function announce(more: Record<string, unknown> = {}, ask = member): Promise<string> {
  const told = await ask('POST', '/v2/images', { body: { name: 'cirros', ...bare, ...more } });
  expect(told.status, told.text).toBe(201);
  return withId.parse(told.body).id;
}

const patchType = 'application/openstack-images-v2.1-json-patch';
const patch = (id: string, body: unknown) =>
  member('PATCH', `/v2/images/${id}`, { body, headers: { 'content-type': patchType } });

test('the version document is 300 and needs no token', async () => {
  const told = await member('GET', '/', { token: null });
  expect(told.status).toBe(300);
  expect(told.body).toMatchObject({ versions: expect.arrayContaining([expect.objectContaining({ id: 'v2.0' })]) });
  expect((await member('GET', '/v2/schemas/image')).body).toMatchObject({ name: 'image' });
  expect((await member('GET', '/v2/schemas/images')).body).toMatchObject({ name: 'images' });
});

test('refusals are pages for people, with what was said made harmless', async () => {
  const told = await member('GET', '/v2/images/%3Cscript%3E');
  expect(told.status).toBe(404);
  expect(told.headers.get('content-type')).toContain('text/html');
  expect(told.text).toContain('&lt;script&gt;');
  expect(told.text).not.toContain('<script>');
  expect((await member('GET', '/v2/images', { token: null })).status).toBe(401);
  expect((await member('DELETE', `/v2/images/${randomUUID()}`)).status).toBe(404);
});

describe('an image', () => {
  test('is announced with notes, gets its bytes, and gives them back', async () => {
    const id = await announce({ os_type: 'linux', tags: ['a'], min_ram: 64 });
    expect((await member('GET', `/v2/images/${id}/file`)).status).toBe(204);
    const sent = member('PUT', `/v2/images/${id}/file`, {
      body: 'bytes',
      headers: { 'content-type': 'application/octet-stream' },
    });
    await importAsWorkersDo(id);
    expect((await sent).status).toBe(204);
    const shown = await member('GET', `/v2/images/${id}`);
    expect(shown.body).toMatchObject({
      id,
      name: 'cirros',
      status: 'active',
      visibility: 'private',
      owner: tenant.id,
      os_type: 'linux',
      tags: ['a'],
      ...bare,
      size: 5,
      min_ram: 64,
      protected: false,
      os_hash_algo: 'sha256',
      file: `/v2/images/${id}/file`,
    });
    expect((await member('GET', `/v2/images/${id}/file`)).text).toBe('bytes');
    const again = await member('PUT', `/v2/images/${id}/file`, {
      body: 'other',
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(again.status).toBe(409);
  });

  test('what nobody sets is refused, and what is not here as well', async () => {
    for (const [more, status] of [
      [{ id: randomUUID() }, 403],
      [{ checksum: 'x' }, 403],
      [{ owner: randomUUID() }, 403],
      [{ visibility: 'public' }, 403],
      [{ disk_format: 'vmdk' }, 400],
      [{ container_format: 'ova' }, 400],
      [{ note: 5 }, 400],
    ] as const) {
      const told = await member('POST', '/v2/images', { body: { name: 'bad', ...bare, ...more } });
      expect(told.status, JSON.stringify(more)).toBe(status);
    }
  });

  test('is changed by a patch, whole or not at all', async () => {
    const id = await announce({ os_type: 'linux' });
    const changed = await patch(id, [
      { op: 'replace', path: '/name', value: 'renamed' },
      { op: 'add', path: '/os_type', value: 'windows' },
      { op: 'add', path: '/with~1slash', value: 'no' },
    ]);
    expect(changed.status).toBe(400);
    const good = await patch(id, [
      { op: 'replace', path: '/name', value: 'renamed' },
      { op: 'add', path: '/os_type', value: 'windows' },
      { op: 'add', path: '/extra', value: 'x' },
      { op: 'replace', path: '/tags', value: ['b', 'b'] },
    ]);
    expect(good.body).toMatchObject({ name: 'renamed', os_type: 'windows', extra: 'x', tags: ['b'] });
    expect((await patch(id, [{ op: 'remove', path: '/extra' }])).text).not.toContain('extra');
    expect((await patch(id, [{ op: 'remove', path: '/extra' }])).status).toBe(409);
    expect((await patch(id, [{ op: 'replace', path: '/status', value: 'active' }])).status).toBe(403);
    expect((await patch(id, [{ op: 'replace', path: '/visibility', value: 'public' }])).status).toBe(403);
    expect((await member('PATCH', `/v2/images/${id}`, { body: [] })).status).toBe(415);
  });

  test('carries tags, and is not deleted while it is protected', async () => {
    const id = await announce({ protected: true });
    expect((await member('PUT', `/v2/images/${id}/tags/x`)).status).toBe(204);
    expect((await member('GET', `/v2/images/${id}`)).body).toMatchObject({ tags: ['x'] });
    expect((await member('DELETE', `/v2/images/${id}/tags/x`)).status).toBe(204);
    expect((await member('DELETE', `/v2/images/${id}/tags/x`)).status).toBe(404);
    expect((await member('DELETE', `/v2/images/${id}`)).status).toBe(403);
    await patch(id, [{ op: 'replace', path: '/protected', value: false }]);
    expect((await member('DELETE', `/v2/images/${id}`)).status).toBe(204);
    expect((await member('GET', `/v2/images/${id}`)).status).toBe(404);
  });
});

describe('lists', () => {
  test('A24: have own and public images, and no others', async () => {
    const other = await makeTenant(cloud);
    const person = await makePerson(cloud, { project: { id: other.id, role: 'member' } });
    const stranger = openstackOf(cloud, '/image', await makeToken(cloud.core, person.id, {}));
    const mine = await announce({ name: 'mine' });
    const everyones = await announce({ name: 'everyones', visibility: 'public' }, operator);
    const told = await stranger('GET', '/v2/images?limit=1000');
    expect(told.text).toContain(everyones);
    expect(told.text).not.toContain(mine);
    expect((await stranger('GET', `/v2/images/${mine}`)).status).toBe(404);
    expect(
      (await stranger('PATCH', `/v2/images/${everyones}`, { body: [], headers: { 'content-type': patchType } })).status,
    ).toBe(403);
  });

  test('are filtered, sorted and paged', async () => {
    for (const name of ['p1', 'p2', 'p3']) await announce({ name, tags: ['paged'] });
    const page = z.object({ images: z.array(z.object({ name: z.string() })), next: z.string().optional() });
    const names: string[] = [];
    let path: string | undefined = '/v2/images?tag=paged&sort=name:asc&limit=2';
    while (path !== undefined) {
      const { images, next } = page.parse((await member('GET', path)).body);
      names.push(...images.map(({ name }) => name));
      path = next;
    }
    expect(names).toEqual(['p1', 'p2', 'p3']);
    const found = async (query: string) => page.parse((await member('GET', `/v2/images?${query}`)).body).images.length;
    expect(await found('name=in:p1,p2')).toBe(2);
    expect(await found('tag=paged&status=active')).toBe(0);
    expect(await found('tag=paged&disk_format=raw&container_format=bare&visibility=private')).toBe(3);
    expect(await found('tag=paged&size_min=1')).toBe(0);
    expect(await found('tag=paged&created_at=gt:2000-01-01T00:00:00Z')).toBe(3);
    for (const query of [
      'limit=-1',
      'size_min=x',
      'visibility=x',
      'created_at=x',
      'sort_key=password',
      `marker=${randomUUID()}`,
    ]) {
      expect((await member('GET', `/v2/images?${query}`)).status, query).toBe(400);
    }
  });
});

/** Ends the import that a worker would do. */
async function importAsWorkersDo(id: string): Promise<void> {
  const { prisma } = cloud.core.database;
  await expect.poll(() => prisma.workflowRun.count({ where: { resourceId: id, name: 'image.import' } })).toBe(1);
  const { input } = await prisma.workflowRun.findFirstOrThrow({ where: { resourceId: id, name: 'image.import' } });
  const { sha256 } = z.object({ sha256: z.string() }).parse(input);
  await prisma.image.update({ where: { id }, data: { state: 'active', sha256, virtualSizeBytes: 512 } });
}
