import { randomUUID } from 'node:crypto';
import { searchServers } from '@unkai/core/store/server-search';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { ed25519Key } from './denial-table.ts';
import { callAs, makeHost } from './installation.ts';
import { type Ask, countQueries, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let parts: Awaited<ReturnType<typeof makeParts>>;
let member: Ask;
let operator: Ask;
let memberId: string;

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  parts = await makeParts(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const admin = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' }, system: 'admin' });
  memberId = person.id;
  member = openstackOf(cloud, '/compute', await makeToken(cloud.core, person.id, {}));
  operator = openstackOf(cloud, '/compute', await makeToken(cloud.core, admin.id, {}));
  await makeHost(cloud.core, cloud.services, 'rack-1');
});
afterAll(() => cloud[Symbol.asyncDispose]());

const made = z.object({ server: z.looseObject({ id: z.string() }) });
const listed = z.object({ servers: z.array(z.looseObject({ id: z.string(), name: z.string() })) });

async function makeServer(more: Record<string, unknown> = {}, version = '2.1'): Promise<string> {
  const server = { name: 'web', imageRef: parts.image.id, flavorRef: parts.flavor.id, ...more };
  const told = await member('POST', '/v2.1/servers', { version, body: { server } });
  expect(told.status, told.text).toBe(202);
  return made.parse(told.body).server.id;
}

async function setState(id: string, state: string): Promise<void> {
  await cloud.core.database.prisma.server.update({ where: { id }, data: { state } });
}

describe('versions', () => {
  test('the documents say which microversions there are, without a token', async () => {
    const root = await member('GET', '/', { token: null });
    expect(root.body).toMatchObject({
      versions: [{ id: 'v2.1', status: 'CURRENT', min_version: '2.1', version: '2.73' }],
    });
    const one = await member('GET', '/v2.1', { token: null });
    expect(one.body).toMatchObject({ version: { id: 'v2.1', links: [{ rel: 'self' }, { rel: 'describedby' }] } });
  });

  test('a request without one is answered by the lowest, and each answer says by which', async () => {
    const told = await member('GET', '/v2.1/flavors');
    expect(told.headers.get('openstack-api-version')).toBe('compute 2.1');
    expect(told.headers.get('vary')).toContain('OpenStack-API-Version');
    const later = await member('GET', '/v2.1/flavors', { version: 'latest' });
    expect(later.headers.get('x-openstack-nova-api-version')).toBe('2.73');
    const older = await member('GET', '/v2.1/flavors', { headers: { 'x-openstack-nova-api-version': '2.61' } });
    expect(older.headers.get('openstack-api-version')).toBe('compute 2.61');
  });

  test('an unknown one is 406 with the range, and one that is none is 400', async () => {
    const told = await member('GET', '/v2.1/flavors', { version: '2.74' });
    expect(told.status).toBe(406);
    expect(told.text).toContain('Minimum is 2.1 and maximum is 2.73');
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

describe('servers', () => {
  test('are made from what clients send, and shown whole', async () => {
    const id = await makeServer(
      {
        name: 'whole',
        networks: [{ uuid: tenant.network.id }],
        security_groups: [{ name: 'default' }],
        key_name: 'mine',
        user_data: Buffer.from('#!/bin/sh\n').toString('base64'),
        metadata: { role: 'web' },
        description: 'the first',
        tags: ['a', 'b'],
        accessIPv4: '192.0.2.1',
      },
      '2.52',
    );
    const told = await member('GET', `/v2.1/servers/${id}`, { version: '2.73' });
    expect(told.body).toMatchObject({
      server: {
        ...{ id, name: 'whole', status: 'BUILD', tenant_id: tenant.id, user_id: memberId, key_name: 'mine' },
        ...{ metadata: { role: 'web' }, description: 'the first', tags: ['a', 'b'], accessIPv4: '192.0.2.1' },
        flavor: { original_name: parts.flavor.name, ram: 128, extra_specs: {} },
        image: { id: parts.image.id },
        addresses: { default: [{ version: 4, 'OS-EXT-IPS:type': 'fixed' }] },
        security_groups: [{ name: 'default' }],
        'OS-EXT-STS:task_state': 'spawning',
        ...{ locked: false, locked_reason: null, server_groups: [] },
      },
    });
    expect(told.text).not.toContain('OS-EXT-SRV-ATTR');
    expect((await operator('GET', `/v2.1/servers/${id}`)).text).toContain('OS-EXT-SRV-ATTR:host');
    const row = await cloud.core.database.prisma.server.findUniqueOrThrow({ where: { id } });
    expect(row.userData).toBe('#!/bin/sh\n');
  });

  test('several alike are numbered, and what the quota has no room for is not left half', async () => {
    const told = await member('POST', '/v2.1/servers', {
      body: {
        server: { name: 'many', imageRef: parts.image.id, flavorRef: parts.flavor.id, min_count: 2, max_count: 3 },
      },
    });
    expect(told.status).toBe(202);
    const names = listed.parse((await member('GET', '/v2.1/servers?name=many')).body).servers.map(({ name }) => name);
    expect(names).toEqual(['many-3', 'many-2', 'many-1']);
    // In a project of its own: what is given back takes room until a worker has purged it.
    const small = await makeTenant(cloud);
    const owner = await makePerson(cloud, { project: { id: small.id, role: 'member' } });
    const crowded = openstackOf(cloud, '/compute', await makeToken(cloud.core, owner.id, {}));
    const crowd = { name: 'crowd', imageRef: parts.image.id, flavorRef: parts.flavor.id, min_count: 21 };
    const refused = await crowded('POST', '/v2.1/servers', { body: { server: crowd } });
    expect(refused.body).toMatchObject({ forbidden: { code: 403 } });
    const left = await cloud.core.database.prisma.server.findMany({ where: { name: { startsWith: 'crowd' } } });
    expect(left.map(({ state }) => state)).toEqual(Array.from({ length: 20 }, () => 'deleting'));
  });

  test('bad wishes are 400 and say what is wrong', async () => {
    const good = { name: 'bad', imageRef: parts.image.id, flavorRef: parts.flavor.id };
    const bad: [Record<string, unknown>, string][] = [
      [{ name: '' }, 'name'],
      [{ name: 'x'.repeat(256) }, 'name'],
      [{ name: 12_345 }, 'name'],
      [{ flavorRef: 'nobody' }, 'flavorRef'],
      [{ imageRef: randomUUID() }, 'image'],
      [{ networks: [{ uuid: randomUUID() }] }, 'network'],
      [{ user_data: 'not base64!' }, 'user_data'],
      [{ key_name: 'nobody' }, 'key pair'],
      [{ metadata: { ['k'.repeat(256)]: 'v' } }, 'metadata'],
      [{ availability_zone: 'nowhere' }, 'availability zone'],
      [{ accessIPv6: 'notvalid' }, 'accessIPv6'],
      [{ personality: [] }, 'personality'],
      [{ min_count: 3, max_count: 2 }, 'min_count'],
    ];
    for (const [more, word] of bad) {
      const told = await member('POST', '/v2.1/servers', { body: { server: { ...good, ...more } } });
      expect(told.body, JSON.stringify(more)).toMatchObject({ badRequest: { message: expect.stringContaining(word) } });
    }
  });

  test('actions: what Nova names them, and 409 in the wrong state', async () => {
    const id = await makeServer({ name: 'acted' });
    const act = (body: unknown) => member('POST', `/v2.1/servers/${id}/action`, { body });
    expect((await act({ 'os-stop': null })).body).toMatchObject({ conflictingRequest: { code: 409 } });
    for (const [state, body, shown] of [
      ['running', { 'os-stop': null }, 'powering-off'],
      ['stopped', { 'os-start': null }, 'powering-on'],
      ['running', { reboot: { type: 'soft' } }, 'rebooting'],
      ['running', { reboot: { type: 'HARD' } }, 'rebooting'],
    ] as const) {
      await setState(id, state);
      expect((await act(body)).status).toBe(202);
      const told = await member('GET', `/v2.1/servers/${id}`);
      expect(told.body).toMatchObject({ server: { 'OS-EXT-STS:task_state': shown } });
    }
    expect((await act({ reboot: { type: 'WARM' } })).status).toBe(400);
    expect((await act({ migrate: null })).body).toMatchObject({
      badRequest: { message: 'There is no such action: migrate' },
    });
    await setState(id, 'running');
    expect((await act({ 'os-getConsoleOutput': { length: 10 } })).body).toEqual({ output: '' });
    const told = await member('POST', `/v2.1/servers/${id}/remote-consoles`, {
      version: '2.8',
      body: { remote_console: { protocol: 'vnc', type: 'novnc' } },
    });
    expect(told.body).toMatchObject({ remote_console: { url: expect.stringContaining(`/servers/${id}/console`) } });
    expect((await member('DELETE', `/v2.1/servers/${id}`)).status).toBe(204);
  });

  test('metadata and tags by item', async () => {
    const id = await makeServer({ metadata: { a: '1' } });
    const at = `/v2.1/servers/${id}`;
    expect((await member('POST', `${at}/metadata`, { body: { metadata: { b: '2' } } })).body).toEqual({
      metadata: { a: '1', b: '2' },
    });
    expect((await member('PUT', `${at}/metadata/c`, { body: { meta: { c: '3' } } })).body).toEqual({
      meta: { c: '3' },
    });
    expect((await member('PUT', `${at}/metadata/c`, { body: { meta: { d: '3' } } })).status).toBe(400);
    expect((await member('DELETE', `${at}/metadata/a`)).status).toBe(204);
    expect((await member('GET', `${at}/metadata`)).body).toEqual({ metadata: { b: '2', c: '3' } });
    expect((await member('PUT', `${at}/metadata`, { body: { metadata: {} } })).body).toEqual({ metadata: {} });
    const version = '2.26';
    expect((await member('PUT', `${at}/tags/x`, { version })).status).toBe(201);
    expect((await member('PUT', `${at}/tags/x`, { version })).status).toBe(204);
    expect((await member('GET', `${at}/tags`, { version })).body).toEqual({ tags: ['x'] });
    expect((await member('GET', `/v2.1/servers?tags=x`, { version })).text).toContain(id);
    expect((await member('GET', `/v2.1/servers?not-tags=x`, { version })).text).not.toContain(id);
    expect((await member('DELETE', `${at}/tags/x`, { version })).status).toBe(204);
    expect((await member('GET', `${at}/tags/x`, { version })).status).toBe(404);
    expect((await member('GET', `${at}/tags`)).status).toBe(404);
  });

  test('what was done to it, with the request id of the answer', async () => {
    const server = { name: 'acts', imageRef: parts.image.id, flavorRef: parts.flavor.id };
    const told = await member('POST', '/v2.1/servers', { body: { server } });
    const { id } = made.parse(told.body).server;
    const request = told.headers.get('x-compute-request-id');
    const all = await member('GET', `/v2.1/servers/${id}/os-instance-actions`);
    expect(all.body).toMatchObject({
      instanceActions: [{ action: 'create', request_id: request, user_id: memberId, message: null }],
    });
    const one = await member('GET', `/v2.1/servers/${id}/os-instance-actions/${request}`, { version: '2.62' });
    expect(one.body).toMatchObject({ instanceAction: { action: 'create', events: [] } });
    expect((await member('GET', `/v2.1/servers/${id}/os-instance-actions/req-none`)).status).toBe(404);
    expect((await member('GET', `/v2.1/servers/${id}/ips`)).body).toMatchObject({
      addresses: { default: [{ version: 4 }] },
    });
    expect((await member('GET', `/v2.1/servers/${id}/os-interface`)).body).toMatchObject({
      interfaceAttachments: [{ net_id: tenant.network.id }],
    });
    expect((await member('GET', `/v2.1/servers/${id}/os-security-groups`)).body).toMatchObject({
      security_groups: [{ name: 'default' }],
    });
  });
});

describe('lists of servers', () => {
  test('filters narrow, and what cannot name anything finds nothing', async () => {
    const id = await makeServer({ name: 'filtered-1' });
    await setState(id, 'stopped');
    const names = async (query: string) =>
      listed.parse((await member('GET', `/v2.1/servers?${query}`)).body).servers.map(({ name }) => name);
    expect(await names('name=filtered-[0-9]$')).toEqual(['filtered-1']);
    expect(await names('status=shutoff&name=filtered')).toEqual(['filtered-1']);
    for (const query of ['status=nonsense', 'image=nonsense', 'flavor=nonsense', 'ip=^192', 'name=nobody']) {
      expect(await names(query), query).toEqual([]);
    }
    expect(await names(`flavor=${parts.flavor.id}&image=${parts.image.id}&name=filtered`)).toEqual(['filtered-1']);
    expect(await names('changes-since=2051-01-01T12:34:00Z')).toEqual([]);
    for (const query of [
      'changes-since=2011/01/01',
      'limit=-1',
      'limit=a',
      'name=(',
      `marker=${randomUUID()}`,
      'sort_key=password',
    ]) {
      expect((await member('GET', `/v2.1/servers?${query}`)).status, query).toBe(400);
    }
    expect((await member('GET', '/v2.1/servers?status=nonsense', { version: '2.38' })).status).toBe(400);
  });

  test('pages follow one another in every order', async () => {
    for (const sort of [
      '',
      '&sort_key=display_name&sort_dir=asc',
      '&sort_key=launched_at&sort_dir=desc',
      '&sort_key=vm_state&sort_key=display_name&sort_dir=asc&sort_dir=desc',
    ]) {
      const whole = listed.parse((await member('GET', `/v2.1/servers?${sort}`)).body).servers.map(({ id }) => id);
      const walked: string[] = [];
      let path: string | undefined = `/v2.1/servers?limit=2${sort}`;
      const page = z.object({
        servers: z.array(z.object({ id: z.string() })),
        servers_links: z.array(z.object({ href: z.string() })).optional(),
      });
      while (path !== undefined) {
        const { servers, servers_links: links } = page.parse((await member('GET', path)).body);
        walked.push(...servers.map(({ id }) => id));
        path = links?.[0]?.href.replace(/^.*\/compute/, '');
      }
      expect(walked, sort).toEqual(whole);
      expect(whole.length).toBeGreaterThan(4);
    }
  });

  test('those of all projects are for operators', async () => {
    const other = await makeTenant(cloud);
    const person = await makePerson(cloud, { project: { id: other.id, role: 'member' } });
    const stranger = openstackOf(cloud, '/compute', await makeToken(cloud.core, person.id, {}));
    expect((await stranger('GET', '/v2.1/servers')).body).toEqual({ servers: [] });
    expect((await stranger('GET', '/v2.1/servers?all_tenants=1')).status).toBe(403);
    expect((await operator('GET', '/v2.1/servers?all_tenants=1')).text).toContain('filtered-1');
    expect((await operator('GET', '/v2.1/servers?all_tenants=wrong')).status).toBe(400);
  });

  test('H10: cost two queries whatever their length, beside what the credential costs', async () => {
    const rack = await openstackCall();
    const search = { projectId: tenant.id, filter: {}, order: [], marker: null };
    for (const limit of [1, 1000]) {
      const queries = countQueries(cloud);
      const found = await searchServers(rack, { ...search, limit });
      queries.stop();
      expect(found.length).toBeGreaterThan(limit === 1 ? 0 : 4);
      expect(queries.count()).toBe(2);
    }
  });
});

async function openstackCall() {
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } });
  return callAs(cloud.core, person.token);
}

describe('the rest', () => {
  test('limits and quotas, by microversion', async () => {
    const told = await member('GET', '/v2.1/limits');
    expect(told.body).toMatchObject({
      limits: { rate: [], absolute: { maxTotalInstances: 20, maxSecurityGroups: 20, maxImageMeta: 128 } },
    });
    expect((await member('GET', '/v2.1/limits', { version: '2.57' })).text).not.toMatch(
      /SecurityGroups|Personality|ImageMeta/,
    );
    const quotas = await member('GET', `/v2.1/os-quota-sets/${tenant.id}`, { version: '2.57' });
    expect(quotas.body).toMatchObject({ quota_set: { id: tenant.id, cores: 40, ram: 81_920 } });
    expect((await member('GET', `/v2.1/os-quota-sets/${tenant.id}/defaults`)).body).toMatchObject({
      quota_set: { instances: 20, floating_ips: 0 },
    });
    expect((await member('GET', `/v2.1/os-quota-sets/${tenant.id}/detail`)).body).toMatchObject({
      quota_set: { instances: { limit: 20, reserved: 0 } },
    });
    expect((await member('GET', `/v2.1/os-quota-sets/${randomUUID()}`)).status).toBe(404);
  });

  test('hosts are for operators, zones for everyone', async () => {
    for (const path of [
      'os-services',
      'os-hypervisors',
      'os-hypervisors/detail',
      'os-hypervisors/statistics',
      'os-hosts',
      'os-availability-zone/detail',
    ]) {
      expect((await operator('GET', `/v2.1/${path}`)).status, path).toBe(200);
      expect((await member('GET', `/v2.1/${path}`)).body, path).toMatchObject({ forbidden: { code: 403 } });
    }
    expect((await member('GET', '/v2.1/os-availability-zone')).body).toEqual({
      availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }],
    });
    const hypervisors = z.object({
      hypervisors: z
        .array(z.object({ id: z.union([z.number(), z.string()]), hypervisor_hostname: z.string() }))
        .length(1),
    });
    const [old] = hypervisors.parse((await operator('GET', '/v2.1/os-hypervisors')).body).hypervisors;
    expect(old?.id).toBeTypeOf('number');
    expect((await operator('GET', `/v2.1/os-hypervisors/${old?.id}`)).body).toMatchObject({
      hypervisor: { hypervisor_hostname: 'rack-1', cpu_info: expect.any(String) },
    });
    const [uuid] = hypervisors.parse(
      (await operator('GET', '/v2.1/os-hypervisors', { version: '2.53' })).body,
    ).hypervisors;
    const disable = await operator('PUT', `/v2.1/os-services/${uuid?.id}`, {
      version: '2.53',
      body: { status: 'disabled', disabled_reason: 'rack moves' },
    });
    expect(disable.body).toMatchObject({
      service: { status: 'disabled', disabled_reason: 'rack moves', host: 'rack-1' },
    });
    expect(
      (await operator('PUT', '/v2.1/os-services/enable', { body: { host: 'rack-1', binary: 'nova-compute' } })).status,
    ).toBe(200);
  });
});
