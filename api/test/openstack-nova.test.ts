import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeParts, makePerson, makeTenant, makeToken } from './cloud.ts';
import { ed25519Key } from './denial-table.ts';
import { openstackOf } from './openstack.ts';
import { type Compute, openCompute } from './openstack-compute.ts';

let cloud: Compute['cloud'];
let tenant: Compute['tenant'];
let member: Compute['member'];
let operator: Compute['operator'];
let memberId: Compute['memberId'];
let makeServer: Compute['makeServer'];

beforeAll(async () => {
  ({ cloud, tenant, member, operator, memberId, makeServer } = await openCompute());
});
afterAll(() => cloud[Symbol.asyncDispose]());

describe('versions', () => {
  test('the documents say which microversions there are, without a token', async () => {
    const root = await member('GET', '/', { token: null });
    expect(root.body).toMatchObject({
      versions: [{ id: 'v2.0' }, { id: 'v2.1', status: 'CURRENT', min_version: '2.1', version: '2.74' }],
    });
    const one = await member('GET', '/v2.1', { token: null });
    expect(one.body).toMatchObject({ version: { id: 'v2.1', links: [{ rel: 'self' }, { rel: 'describedby' }] } });
  });

  test('a request without one is answered by the lowest, and each answer says by which', async () => {
    const told = await member('GET', '/v2.1/flavors');
    expect(told.headers.get('openstack-api-version')).toBe('compute 2.1');
    expect(told.headers.get('vary')).toContain('OpenStack-API-Version');
    const later = await member('GET', '/v2.1/flavors', { version: 'latest' });
    expect(later.headers.get('x-openstack-nova-api-version')).toBe('2.74');
    const older = await member('GET', '/v2.1/flavors', { headers: { 'x-openstack-nova-api-version': '2.61' } });
    expect(older.headers.get('openstack-api-version')).toBe('compute 2.61');
  });

  test('an unknown one is 406 with the range, and one that is none is 400', async () => {
    const told = await member('GET', '/v2.1/flavors', { version: '2.75' });
    expect(told.status).toBe(406);
    expect(told.text).toContain('Minimum is 2.1 and maximum is 2.74');
    expect((await member('GET', '/v2.1/flavors', { version: '2' })).status).toBe(400);
  });
});

describe('refusals', () => {
  test('without a valid token: 401 that says where to get one', async () => {
    for (const token of [null, `unk_${'x'.repeat(43)}`, 'x'.repeat(10_000)]) {
      const told = await member('GET', '/v2.1/servers', { token });
      expect(told.status).toBe(401);
      expect(told.headers.get('www-authenticate')).toMatch(/^Keystone uri="http.*\/identity\/v3"$/);
      expect(told.body).toMatchObject({ unauthorized: { code: 401 } });
    }
  });

  test('what is not there, or no id at all: 404 in the shape of Nova, with request ids', async () => {
    for (const id of [randomUUID(), 'web', '-1', 'x'.repeat(300)]) {
      const told = await member('GET', `/v2.1/servers/${id}`);
      expect(told.body).toMatchObject({ itemNotFound: { code: 404 } });
      expect(told.headers.get('x-compute-request-id')).toMatch(/^req-[0-9a-f-]{36}$/);
      expect(told.headers.get('x-openstack-request-id')).toBe(told.headers.get('x-compute-request-id'));
    }
    expect((await member('GET', '/v2.1/no-such-thing')).body).toMatchObject({ itemNotFound: { code: 404 } });
  });

  test('a body that is too large is refused before it is parsed', async () => {
    const told = await member('POST', '/v2.1/servers', { body: `{"server": "${'x'.repeat(1_100_000)}"}` });
    expect(told.status).toBe(413);
  });

  test('a token of several projects must say which', async () => {
    const other = await makeTenant(cloud);
    const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
    await makeRole(person.id, other.id);
    const free = openstackOf(cloud, '/compute', await makeToken(cloud.core, person.id, {}));
    expect((await free('GET', '/v2.1/servers')).body).toMatchObject({ forbidden: { code: 403 } });
    const confined = openstackOf(cloud, '/compute', await makeToken(cloud.core, person.id, { projectId: other.id }));
    expect((await confined('GET', '/v2.1/servers')).body).toEqual({ servers: [] });
  });
});

async function makeRole(userId: string, projectId: string): Promise<void> {
  const { prisma } = cloud.core.database;
  const { id: roleId } = await prisma.role.findFirstOrThrow({ where: { name: 'member', isBuiltIn: true } });
  await prisma.roleAssignment.create({ data: { userId, projectId, roleId } });
}

describe('flavors', () => {
  test('are made with a short id, described, and shown by microversion', async () => {
    const body = {
      flavor: { name: 'm1.zero', id: '0', vcpus: 1, ram: 512, disk: 20, swap: 0, 'OS-FLV-EXT-DATA:ephemeral': 0 },
    };
    const told = await operator('POST', '/v2.1/flavors', { body });
    expect(told.body).toMatchObject({ flavor: { id: '0', ram: 512, swap: '', 'os-flavor-access:is_public': true } });
    const specs = await operator('POST', '/v2.1/flavors/0/os-extra_specs', {
      body: { extra_specs: { 'hw:a': '1', b: '2' } },
    });
    expect(specs.body).toEqual({ extra_specs: { 'hw:a': '1', b: '2' } });
    expect((await operator('DELETE', '/v2.1/flavors/0/os-extra_specs/b')).status).toBe(200);
    expect((await operator('DELETE', '/v2.1/flavors/0/os-extra_specs/b')).status).toBe(404);
    const shown = await member('GET', '/v2.1/flavors/0', { version: '2.61' });
    expect(shown.body).toMatchObject({ flavor: { description: null, extra_specs: { 'hw:a': '1' } } });
    expect((await member('GET', '/v2.1/flavors/0')).text).not.toContain('extra_specs');
    expect((await operator('POST', '/v2.1/flavors', { body })).status).toBe(409);
    expect((await member('POST', '/v2.1/flavors', { body })).status).toBe(403);
    expect((await operator('DELETE', '/v2.1/flavors/0')).status).toBe(202);
  });

  test('promise no disks that servers do not get', async () => {
    const flavor = { name: 'swapped', vcpus: 1, ram: 512, disk: 1 };
    for (const more of [{ swap: 256 }, { 'OS-FLV-EXT-DATA:ephemeral': 1 }]) {
      const told = await operator('POST', '/v2.1/flavors', { body: { flavor: { ...flavor, ...more } } });
      expect(told.body).toMatchObject({ badRequest: { code: 400 } });
    }
  });

  test('A58: one that is not public is there for operators and for projects that were let in', async () => {
    const flavor = { name: 'private', id: 'p1', vcpus: 1, ram: 64, disk: 1, 'os-flavor-access:is_public': false };
    await operator('POST', '/v2.1/flavors', { body: { flavor } });
    expect((await member('GET', '/v2.1/flavors/p1')).status).toBe(404);
    expect((await operator('GET', '/v2.1/flavors?is_public=None')).text).toContain('"p1"');
    expect((await operator('GET', '/v2.1/flavors')).text).not.toContain('"p1"');
    const add = { addTenantAccess: { tenant: tenant.id } };
    const let1 = await operator('POST', '/v2.1/flavors/p1/action', { body: add });
    expect(let1.body).toEqual({ flavor_access: [{ flavor_id: 'p1', tenant_id: tenant.id }] });
    expect((await operator('POST', '/v2.1/flavors/p1/action', { body: add })).status).toBe(409);
    expect((await member('GET', '/v2.1/flavors/p1')).status).toBe(200);
    await makeServer({ flavorRef: 'p1' });
    const remove = { removeTenantAccess: { tenant: tenant.id } };
    expect((await operator('POST', '/v2.1/flavors/p1/action', { body: remove })).body).toEqual({ flavor_access: [] });
    expect((await member('GET', '/v2.1/flavors/p1')).status).toBe(404);
  });

  test('pages follow one another by marker', async () => {
    await makeParts(cloud);
    const first = await operator('GET', '/v2.1/flavors?limit=1');
    const page = z.object({
      flavors: z.array(z.object({ id: z.string() })).length(1),
      flavors_links: z.array(z.object({ href: z.string() })),
    });
    const { flavors, flavors_links: links } = page.parse(first.body);
    expect(links[0]?.href).toContain(`marker=${flavors[0]?.id}`);
    expect((await operator('GET', '/v2.1/flavors?limit=-1')).status).toBe(400);
    expect((await operator('GET', '/v2.1/flavors?marker=nobody')).status).toBe(400);
  });
});

describe('key pairs', () => {
  test('are imported with the fingerprint that ssh-keygen -l prints', async () => {
    const told = await member('POST', '/v2.1/os-keypairs', {
      version: '2.10',
      body: { keypair: { name: 'mine', public_key: ed25519Key } },
    });
    expect(told.status).toBe(201);
    expect(told.body).toMatchObject({
      keypair: { name: 'mine', type: 'ssh', user_id: memberId, fingerprint: expect.stringMatching(/^SHA256:/) },
    });
    expect((await member('GET', '/v2.1/os-keypairs')).body).toMatchObject({
      keypairs: [{ keypair: { name: 'mine' } }],
    });
    expect((await member('GET', '/v2.1/os-keypairs/mine')).body).toMatchObject({
      keypair: { id: expect.any(Number), deleted: false },
    });
    expect((await operator('GET', '/v2.1/os-keypairs/mine')).status).toBe(404);
  });

  test('are made on request, and the private half is shown once', async () => {
    const told = await member('POST', '/v2.1/os-keypairs', { body: { keypair: { name: 'made' } } });
    expect(told.status).toBe(200);
    expect(told.text).toContain('BEGIN OPENSSH PRIVATE KEY');
    expect((await member('GET', '/v2.1/os-keypairs/made')).text).not.toContain('PRIVATE');
    expect((await member('POST', '/v2.1/os-keypairs', { body: { keypair: { name: 'made' } } })).status).toBe(409);
    expect((await member('DELETE', '/v2.1/os-keypairs/made')).status).toBe(202);
    expect((await member('DELETE', '/v2.1/os-keypairs/made', { version: '2.2' })).status).toBe(404);
  });

  test('a name that would not fit into a path is refused', async () => {
    for (const name of ['', 'a/b', 'x'.repeat(256), 'a\nb']) {
      const told = await member('POST', '/v2.1/os-keypairs', { body: { keypair: { name } } });
      expect(told.body).toMatchObject({ badRequest: { code: 400 } });
    }
  });
});
