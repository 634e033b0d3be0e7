import { randomUUID } from 'node:crypto';
import { cloudOperation, operation } from '@unkai/contracts/resources/operation';
import { server } from '@unkai/contracts/resources/server';
import { commit } from '@unkai/core/database/database';
import { releasePorts } from '@unkai/core/store/host-network';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Cloud,
  makeParts,
  makePerson,
  makeTenant,
  makeToken,
  openCloud,
  problemBody,
  type Tenant,
} from './cloud.ts';
import { makeHost, makeServer } from './installation.ts';

let cloud: Cloud;
let tenant: Tenant;
let member: { readonly id: string; readonly token: string };
let operator: { readonly token: string };
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  operator = await makePerson(cloud, { system: 'admin' });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const failure = { code: 'no_capacity', message: '1 of 1 host does not answer.', next: 'Try again later.' };
const retry = (id: string, token = operator.token) => cloud.ask('POST', `/v1/operations/${id}/retry`, { token });
const listed = async (view: string) => {
  const told = await cloud.ask('GET', `/v1/operations?view=${view}`, { token: operator.token });
  return z.object({ items: z.array(cloudOperation) }).parse(told.body).items;
};

/** A create that was asked for through the door, and failed as the engine and its undo leave it. */
async function failedCreate(more: object = {}) {
  const { flavor, image } = await makeParts(cloud);
  const body = { name: 'web', flavorId: flavor.id, imageId: image.id, ...more };
  const told = await cloud.ask('POST', `/v1/projects/${tenant.id}/servers`, { token: member.token, body });
  const made = server.parse(told.body);
  const { prisma } = cloud.core.database;
  const run = await prisma.workflowRun.findFirstOrThrow({ where: { resourceId: made.id } });
  await fail(run.id);
  await prisma.server.update({ where: { id: made.id }, data: { state: 'error', failure } });
  await commit(cloud.core.database, (unit) => releasePorts(unit, cloud.core, made.id, 'req-test'));
  return { made, run };
}

async function fail(id: string): Promise<void> {
  const data = { state: 'failed', failure, endedAt: new Date(), leaseOwner: null };
  await cloud.core.database.prisma.workflowRun.update({ where: { id }, data });
}

let host: Promise<string> | undefined;
function aHost(): Promise<string> {
  host ??= makeHost(cloud.core, cloud.services, 'rack-1').then(({ hostId }) => hostId);
  return host;
}

async function addRun(state: string, more: object = {}) {
  const resourceId = randomUUID();
  const about = { noun: 'server', resourceId, resourceName: 'web', requestId: 'req-test', projectId: tenant.id };
  const ended = ['failed', 'succeeded'].includes(state) ? { endedAt: new Date() } : {};
  const times = { deadlineAt: new Date(Date.now() + 600_000), ...ended };
  const data = { name: 'server.start', key: `server/${resourceId}`, input: {}, state, ...about, ...times, ...more };
  return cloud.core.database.prisma.workflowRun.create({ data });
}

test('a failed create is taken up again with new addresses, on the networks and in the groups that were asked for', async () => {
  const { prisma } = cloud.core.database;
  const second = z.object({ id: z.string() });
  const post = async (path: string, body: object) =>
    second.parse((await cloud.ask('POST', `/v1${path}`, { token: member.token, body })).body);
  const network = await post(`/projects/${tenant.id}/networks`, { name: 'second' });
  await post(`/networks/${network.id}/subnets`, { name: 'second', cidr: '10.9.0.0/24' });
  const group = await post(`/projects/${tenant.id}/security-groups`, { name: 'second' });
  const { made, run } = await failedCreate({
    interfaces: [{ networkId: network.id, address: '10.9.0.77' }],
    securityGroupIds: [group.id],
    userData: '#!/bin/sh',
  });
  expect(await prisma.port.count({ where: { serverId: made.id } })).toBe(0);
  const told = await retry(run.id);
  expect(told.status, told.text).toBe(202);
  const begun = operation.parse(told.body);
  expect(begun).toMatchObject({ name: 'server.create', state: 'queued', resourceId: made.id });
  expect(begun.id).not.toBe(run.id);
  const row = await prisma.server.findUniqueOrThrow({ where: { id: made.id } });
  expect(row).toMatchObject({ state: 'building', failure: null, userData: '#!/bin/sh' });
  const [port] = await prisma.port.findMany({
    where: { serverId: made.id },
    include: { addresses: true, securityGroups: true },
  });
  expect(port).toMatchObject({
    networkId: network.id,
    addresses: [{ address: '10.9.0.77' }],
    securityGroups: [{ securityGroupId: group.id }],
  });
  const line = await prisma.auditLine.findFirst({ where: { action: 'operation:retry', resourceId: run.id } });
  expect(line).toMatchObject({ outcome: 'done', projectId: tenant.id, detail: 'Create server: web' });
  // What followed it is the one to look at now, and the same failure is not taken up twice.
  expect((await listed('failed')).map(({ id }) => id)).not.toContain(run.id);
  const twice = await retry(run.id);
  expect(twice.status).toBe(409);
  expect(problemBody.parse(twice.body)).toMatchObject({
    code: 'wrong_state',
    next: 'Look at the latest operation of it.',
  });
});

test('of two who retry at once only one begins', async () => {
  const { made, run } = await failedCreate();
  const answers = await Promise.all([retry(run.id), retry(run.id, member.token), retry(run.id)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409]);
  const { prisma } = cloud.core.database;
  expect(await prisma.workflowRun.count({ where: { resourceId: made.id, endedAt: null } })).toBe(1);
  expect(await prisma.port.count({ where: { serverId: made.id } })).toBe(1);
});

test('what a create was to stand on may be gone: then it says what, and nothing is half-made', async () => {
  const { made, run } = await failedCreate();
  const { prisma } = cloud.core.database;
  await prisma.flavor.delete({ where: { id: made.flavor.id } });
  const told = await retry(run.id);
  expect(told.status).toBe(400);
  expect(problemBody.parse(told.body).errors[0]?.field).toBe('flavorId');
  expect(await prisma.port.count({ where: { serverId: made.id } })).toBe(0);
  expect(await prisma.server.findUnique({ where: { id: made.id } })).toMatchObject({ state: 'error' });
});

test('a failed start and a failed delete begin again; states that do not permit it say so', async () => {
  const { prisma } = cloud.core.database;
  const begin = async (name: string, state: string) => {
    const { id: resourceId } = await makeServer(cloud.core, { projectId: tenant.id, hostId: await aHost() });
    await prisma.server.update({ where: { id: resourceId }, data: { state } });
    const run = await addRun('failed', { name, resourceId, key: `server/${resourceId}`, failure });
    return { resourceId, told: await retry(run.id) };
  };
  const started = await begin('server.start', 'error');
  expect(started.told).toMatchObject({ status: 202, body: { name: 'server.start', state: 'queued' } });
  const deleted = await begin('server.delete', 'deleting');
  expect(deleted.told).toMatchObject({ status: 202, body: { name: 'server.delete' } });
  const stopped = await begin('server.stop', 'error');
  expect(problemBody.parse(stopped.told.body)).toMatchObject({
    code: 'wrong_state',
    detail: 'Only a running server can be stopped.',
  });
  const imported = await retry((await addRun('failed', { name: 'image.import', noun: 'image' })).id);
  expect(problemBody.parse(imported.body)).toMatchObject({ code: 'wrong_state' });
  const done = await retry((await addRun('succeeded')).id);
  expect(problemBody.parse(done.body).detail).toBe('It succeeded: there is nothing to do again.');
});

test('one that naps is looked at again at once', async () => {
  const run = await addRun('running', { startedAt: new Date(), wakeAt: new Date(Date.now() + 3_600_000) });
  const told = await retry(run.id);
  expect(told).toMatchObject({ status: 202, body: { id: run.id } });
  const after = await cloud.core.database.prisma.workflowRun.findUniqueOrThrow({ where: { id: run.id } });
  expect(after.wakeAt.getTime()).toBeLessThan(run.wakeAt.getTime());
});

test('who may not do the thing itself does not get it by a retry', async () => {
  const { run } = await failedCreate();
  const token = await makeToken(cloud.core, member.id, {
    permissions: ['operation:retry', 'operation:read', 'server:read'],
  });
  expect((await retry(run.id, token)).status).toBe(403);
  const reader = await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } });
  expect((await retry(run.id, reader.token)).status).toBe(403);
});

test('operators see what failed last, what is late and what is open, of every project and with the names', async () => {
  const past = new Date(Date.now() - 60_000);
  const made = {
    failed: await addRun('failed', { failure, userId: member.id }),
    late: await addRun('running', { deadlineAt: past, startedAt: past }),
    unwinding: await addRun('unwinding', { startedAt: past, failure }),
    queued: await addRun('queued'),
  };
  const shows = async (view: string) => {
    const ids = (await listed(view)).map(({ id }) => id);
    return Object.entries(made).flatMap(([name, { id }]) => (ids.includes(id) ? [name] : []));
  };
  expect(await shows('all')).toEqual(['failed', 'late', 'unwinding', 'queued']);
  expect(await shows('failed')).toEqual(['failed']);
  expect(await shows('late')).toEqual(['late', 'unwinding']);
  expect(await shows('open')).toEqual(['late', 'unwinding', 'queued']);
  const [first] = (await listed('failed')).filter(({ id }) => id === made.failed.id);
  expect(first).toMatchObject({ projectName: tenant.name, userName: expect.stringMatching(/^user-/) });
  const bad = await cloud.ask('GET', '/v1/operations?view=broken', { token: operator.token });
  expect(problemBody.parse(bad.body).errors[0]?.field).toBe('view');
});
