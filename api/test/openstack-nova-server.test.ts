import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePerson, makeTenant, makeToken } from './cloud.ts';
import { ed25519Key } from './denial-table.ts';
import { openstackOf } from './openstack.ts';
import { type Compute, listed, made, openCompute } from './openstack-compute.ts';

let cloud: Compute['cloud'];
let tenant: Compute['tenant'];
let parts: Compute['parts'];
let member: Compute['member'];
let operator: Compute['operator'];
let memberId: Compute['memberId'];
let makeServer: Compute['makeServer'];
let setState: Compute['setState'];

beforeAll(async () => {
  ({ cloud, tenant, parts, member, operator, memberId, makeServer, setState } = await openCompute());
  await member('POST', '/v2.1/os-keypairs', { body: { keypair: { name: 'mine', public_key: ed25519Key } } });
});
afterAll(() => cloud[Symbol.asyncDispose]());

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
        id,
        name: 'whole',
        status: 'BUILD',
        tenant_id: tenant.id,
        user_id: memberId,
        key_name: 'mine',
        metadata: { role: 'web' },
        description: 'the first',
        tags: ['a', 'b'],
        accessIPv4: '192.0.2.1',
        flavor: { original_name: parts.flavor.name, ram: 128, extra_specs: {} },
        image: { id: parts.image.id },
        addresses: { default: [{ version: 4, 'OS-EXT-IPS:type': 'fixed' }] },
        security_groups: [{ name: 'default' }],
        'OS-EXT-STS:task_state': 'spawning',
        locked: false,
        locked_reason: null,
        server_groups: [],
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
