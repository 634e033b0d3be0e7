import { type serverCreate, server as serverView } from '@unkai/contracts/resources/server';
import { commit } from '@unkai/core/database/database';
import { assignHost } from '@unkai/core/store/server-lifecycle';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud, problemBody, type Tenant } from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
let parts: Awaited<ReturnType<typeof makeParts>>;
let member: { id: string; token: string };
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  parts = await makeParts(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const create = (more: Partial<z.input<typeof serverCreate>> = {}, project = tenant, token = member.token) =>
  cloud.ask('POST', `/v1/projects/${project.id}/servers`, {
    token,
    body: { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id, ...more },
  });

describe('creating a server', () => {
  test('answers 201 with where it is, its address, and the operation that makes it', async () => {
    const told = await create({ metadata: { role: 'web' }, userData: '#!/bin/sh\n' });
    expect(told.status).toBe(201);
    const made = serverView.parse(told.body);
    expect(told.headers.get('location')).toBe(`/v1/servers/${made.id}`);
    expect(made).toMatchObject({
      state: 'building',
      projectId: tenant.id,
      userDataBytes: 10,
      metadata: { role: 'web' },
    });
    expect(made.addresses).toMatchObject([{ networkId: tenant.network.id, address: '10.0.0.3', version: 4 }]);
    const read = await cloud.ask('GET', `/v1/servers/${made.id}`, { token: member.token });
    expect(read.body).toEqual(told.body);
    const operation = await cloud.ask('GET', `/v1/operations/${made.operationId}`, { token: member.token });
    expect(operation.body).toMatchObject({ name: 'server.create', state: 'queued', resourceId: made.id });
  });

  test('writes the audit line and tells live pages in the same transaction', async () => {
    const made = serverView.parse((await create({ name: 'audited' })).body);
    const lines = await cloud.ask('GET', `/v1/projects/${tenant.id}/audit-lines?resourceId=${made.id}`, {
      token: member.token,
    });
    expect(lines.body).toMatchObject({ items: [{ action: 'server:create', outcome: 'done', actorKind: 'session' }] });
    const events = await cloud.core.database.prisma.event.findMany({ where: { resourceId: made.id } });
    expect(events).toMatchObject([{ noun: 'server', kind: 'created', projectId: tenant.id }]);
  });

  test('A25, A45: what belongs to another project answers like what never was', async () => {
    const other = await makeTenant(cloud);
    const never = '01890a5d-ac96-774b-bcce-b302099a8057';
    const foreign = await create({ networkIds: [other.network.id] });
    const missing = await create({ networkIds: [never] });
    expect(foreign.status).toBe(400);
    expect(problemBody.parse(foreign.body).errors).toEqual(problemBody.parse(missing.body).errors);
    const groups = await create({ securityGroupIds: [other.group.id] });
    expect(problemBody.parse(groups.body).errors[0]?.field).toBe('securityGroupIds.0');
    const image = await cloud.core.database.prisma.image.create({
      data: { name: 'foreign', projectId: other.id, state: 'queued', diskFormat: 'raw' },
    });
    expect(problemBody.parse((await create({ imageId: image.id })).body).errors[0]?.field).toBe('imageId');
  });

  test('A58: a private flavor is there for operators only', async () => {
    const hidden = await makeParts(cloud, { isPublic: false });
    const told = await create({ flavorId: hidden.flavor.id });
    expect(problemBody.parse(told.body)).toMatchObject({ code: 'invalid_input', errors: [{ field: 'flavorId' }] });
    const shown = await cloud.ask('GET', `/v1/flavors/${hidden.flavor.id}`, { token: member.token });
    expect(shown.status).toBe(404);
    const operator = await makePerson(cloud, { system: 'admin' });
    expect((await create({ flavorId: hidden.flavor.id }, tenant, operator.token)).status).toBe(201);
  });

  test("A19: an image larger than the flavor's disk is refused, with both sizes", async () => {
    const { prisma } = cloud.core.database;
    const large = await prisma.image.create({
      data: {
        name: 'large',
        projectId: tenant.id,
        state: 'active',
        diskFormat: 'qcow2',
        sha256: 'b'.repeat(64),
        sizeBytes: 1024,
        virtualSizeBytes: 3 * 1024 ** 3,
      },
    });
    const told = problemBody.parse((await create({ imageId: large.id })).body);
    expect(told.detail).toMatch(/1 GiB.*needs 3 GiB/);
  });

  test('an image that is not ready is refused with the reason of the state table', async () => {
    const { prisma } = cloud.core.database;
    const queued = await prisma.image.create({
      data: { name: 'queued', projectId: tenant.id, state: 'queued', diskFormat: 'raw' },
    });
    const told = await create({ imageId: queued.id });
    expect(told.status).toBe(409);
    expect(problemBody.parse(told.body).detail).toContain('The image is not ready yet.');
  });
});

describe('the zone of a server', () => {
  const rack = (name: string, availabilityZone: string, differs: { isUp?: boolean; isEnabled?: boolean } = {}) => ({
    name,
    availabilityZone,
    credentialHash: Buffer.from(name.padEnd(32)),
    redisPasswordHash: '',
    facts: {},
    vcpus: 8,
    memoryMib: 1024,
    diskGib: 10,
    underlayAddress: '10.9.0.1',
    lastHeartbeatAt: new Date(),
    ...differs,
  });

  test('is one of those that hosts stand in, any when none is asked for', async () => {
    const fault = (fix: string) => ({
      code: 'invalid_input',
      errors: [{ field: 'availabilityZone', message: 'there is no zone named moon', fix }],
    });
    const onNone = await create({ availabilityZone: 'moon' });
    expect(onNone.body).toMatchObject(fault('Leave it out; no host has joined yet.'));
    await cloud.core.database.prisma.host.createMany({
      data: [rack('e1', 'east'), rack('e2', 'east', { isUp: false }), rack('w1', 'west', { isEnabled: false })],
    });
    const listed = await cloud.ask('GET', '/v1/availability-zones', { token: member.token });
    expect(listed.body).toEqual({
      items: [
        { name: 'east', isAvailable: true },
        { name: 'west', isAvailable: false },
      ],
    });
    const wrong = await create({ availabilityZone: 'moon' });
    expect(wrong.body).toMatchObject(fault('Choose one of east, west, or leave it out.'));
    expect(serverView.parse((await create({ availabilityZone: 'west' })).body).availabilityZone).toBe('west');
    const anywhere = serverView.parse((await create()).body);
    expect(anywhere.availabilityZone).toBeNull();
    const { database } = cloud.core;
    const east = await database.prisma.host.findUniqueOrThrow({ where: { name: 'e1' } });
    await commit(database, (unit) => assignHost(unit, anywhere.id, east.id));
    const placed = await cloud.ask('GET', `/v1/servers/${anywhere.id}`, { token: member.token });
    expect(serverView.parse(placed.body).availabilityZone).toBe('east');
    await cloud.core.database.prisma.server.update({ where: { id: anywhere.id }, data: { hostId: null } });
    await cloud.core.database.prisma.host.deleteMany({ where: { name: { in: ['e1', 'e2', 'w1'] } } });
  });
});

describe('H9: a quota says what is needed, used and allowed', () => {
  test('in the error, for each quota that is short, and before it in the limits', async () => {
    const small = await makeTenant(cloud);
    const { token } = await makePerson(cloud, { project: { id: small.id, role: 'member' } });
    await cloud.core.database.prisma.projectQuota.createMany({
      data: [
        { projectId: small.id, name: 'servers', limit: 1 },
        { projectId: small.id, name: 'memoryMib', limit: 200 },
      ],
    });
    expect((await create({}, small, token)).status).toBe(201);
    const limits = z
      .object({ items: z.array(z.object({ name: z.string(), used: z.number(), limit: z.number() })) })
      .parse((await cloud.ask('GET', `/v1/projects/${small.id}/limits`, { token })).body);
    expect(limits.items).toContainEqual(expect.objectContaining({ name: 'memoryMib', used: 128, limit: 200 }));
    const told = await create({}, small, token);
    expect(told.status).toBe(403);
    expect(problemBody.parse(told.body)).toMatchObject({
      code: 'quota_exceeded',
      errors: [
        { field: 'servers', message: 'Servers: needs 1, used 1 of 1.' },
        { field: 'memoryMib', message: 'Memory: needs 128 MiB, used 128 of 200 MiB.' },
      ],
    });
  });
});

describe('acting on a server', () => {
  const settle = (id: string, state: string) =>
    cloud.core.database.prisma.server.update({ where: { id }, data: { state } });

  test('an action answers 202 with the operation, and its state guards it', async () => {
    const made = serverView.parse((await create()).body);
    const early = await cloud.ask('POST', `/v1/servers/${made.id}/stop`, { token: member.token });
    expect(early.status).toBe(409);
    expect(problemBody.parse(early.body).detail).toBe('Only a running server can be stopped.');
    await settle(made.id, 'running');
    const stopped = await cloud.ask('POST', `/v1/servers/${made.id}/stop`, { token: member.token });
    expect(stopped.status).toBe(202);
    expect(serverView.parse(stopped.body).state).toBe('stopping');
    expect(stopped.headers.get('location')).toMatch(/^\/v1\/operations\//);
    const again = await cloud.ask('POST', `/v1/servers/${made.id}/stop`, { token: member.token });
    expect(again.status).toBe(409);
  });

  test('of two starts at once, one begins', async () => {
    const made = serverView.parse((await create()).body);
    await settle(made.id, 'stopped');
    const both = await Promise.all(
      [1, 2].map(() => cloud.ask('POST', `/v1/servers/${made.id}/start`, { token: member.token })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([202, 409]);
  });

  test('H5: delete works in every state, gives up what is under way, and asked twice begins once', async () => {
    const made = serverView.parse((await create()).body);
    const told = await cloud.ask('DELETE', `/v1/servers/${made.id}`, { token: member.token });
    expect(told.status).toBe(202);
    expect((await cloud.ask('DELETE', `/v1/servers/${made.id}`, { token: member.token })).status).toBe(202);
    const runs = await cloud.core.database.prisma.workflowRun.findMany({ where: { resourceId: made.id } });
    const given = runs.map(({ name, cancelRequested }) => ({ name, cancelRequested }));
    expect(given).toEqual(
      expect.arrayContaining([
        { name: 'server.create', cancelRequested: true },
        { name: 'server.delete', cancelRequested: false },
      ]),
    );
    expect(given).toHaveLength(2);
  });

  test('a new name reaches the hosts of its networks, where neighbours resolve it; one that sounds the same does not', async () => {
    const made = serverView.parse((await create({ name: 'cache' })).body);
    const { prisma } = cloud.core.database;
    const generation = async () =>
      (await prisma.network.findUniqueOrThrow({ where: { id: tenant.network.id } })).generation;
    const before = await generation();
    const rename = (name: string) =>
      cloud.ask('PATCH', `/v1/servers/${made.id}`, { token: member.token, body: { name } });
    expect((await rename('Cache')).status).toBe(200);
    expect(await generation()).toBe(before);
    expect((await rename('store')).status).toBe(200);
    expect(await generation()).toBe(before + 1);
  });

  test('the host of a server is shown to operators only', async () => {
    const made = serverView.parse((await create()).body);
    const { prisma } = cloud.core.database;
    const host = await prisma.host.create({
      data: {
        name: 'rack-1',
        credentialHash: new Uint8Array(32),
        redisPasswordHash: '',
        facts: {},
        vcpus: 8,
        memoryMib: 1024,
        diskGib: 10,
        underlayAddress: '10.9.0.1',
        lastHeartbeatAt: new Date(),
      },
    });
    await prisma.server.update({ where: { id: made.id }, data: { hostId: host.id } });
    const operator = await makePerson(cloud, { system: 'reader' });
    const seen = async (token: string) =>
      serverView.parse((await cloud.ask('GET', `/v1/servers/${made.id}`, { token })).body).hostName;
    expect(await seen(member.token)).toBeNull();
    expect(await seen(operator.token)).toBe('rack-1');
  });
});

describe('H10: a page of servers', () => {
  test('costs the same few queries whatever its length, and pages follow one another without gap', async () => {
    const many = await makeTenant(cloud);
    const { token } = await makePerson(cloud, { project: { id: many.id, role: 'reader' } });
    const owner = await makePerson(cloud, { project: { id: many.id, role: 'member' } });
    for (let made = 0; made < 7; made += 1) await create({ name: `web-${made}` }, many, owner.token);
    const pageOf = z.object({ items: z.array(serverView), nextCursor: z.string().nullable() });
    const read = async (query: string) => {
      const told = await cloud.ask('GET', `/v1/projects/${many.id}/servers${query}`, { token });
      return { page: pageOf.parse(told.body), link: told.headers.get('link') };
    };
    // The first request of a credential also notes its use; that is not the page's cost. Here no credential is kept in
    // memory: four queries are for it.
    await read('');
    const queries = countQueries(cloud);
    const first = await read('?limit=3');
    expect(queries.count()).toBe(6);
    expect(first.link).toContain(`cursor=${first.page.nextCursor}`);
    const second = await read(`?limit=3&cursor=${first.page.nextCursor}`);
    const third = await read(`?limit=3&cursor=${second.page.nextCursor}`);
    queries.stop();
    const names = [first, second, third].flatMap(({ page }) => page.items.map(({ name }) => name));
    expect(names).toEqual(['web-6', 'web-5', 'web-4', 'web-3', 'web-2', 'web-1', 'web-0']);
    expect(third.page.nextCursor).toBeNull();
  });
});

/** Counts what is sent to Postgres by the pool, from either library. */
function countQueries({ core }: Cloud) {
  let count = 0;
  const note = () => {
    count += 1;
  };
  core.database.pool.on('acquire', note);
  return { count: () => count, stop: () => core.database.pool.off('acquire', note) };
}
