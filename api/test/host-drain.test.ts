// What becomes of the servers of a host that is drained, and who may send and fetch their disks.
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { hostDraining } from '@unkai/contracts/resources/host';
import { receiveServerDisk } from '@unkai/core/host/server-disk';
import { lateMigrations } from '@unkai/core/reconcile/late-migrations';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody } from './cloud.ts';
import { factsOf, makeHost, makeServer } from './installation.ts';

let cloud: Cloud;
let token: string;
beforeAll(async () => {
  cloud = await openCloud();
  ({ token } = await makePerson(cloud, { system: 'admin' }));
});
afterAll(() => cloud[Symbol.asyncDispose]());

const rack = () => `rack-${randomUUID().slice(0, 8)}`;
const drain = (id: string, body: object = {}) => cloud.ask('POST', `/v1/hosts/${id}/drain`, { token, body });
const migrate = (id: string, body: object = {}) => cloud.ask('POST', `/v1/servers/${id}/migrate`, { token, body });
const refusal = async (answer: ReturnType<typeof migrate>) => problemBody.parse((await answer).body);

/** Hosts of a zone of their own: other tests' hosts take nothing of theirs. */
async function joinHosts(count: number) {
  const zone = rack();
  const { prisma } = cloud.core.database;
  const hosts = [];
  for (let index = 0; index < count; index += 1) {
    const name = rack();
    const made = await makeHost(cloud.core, cloud.services, name);
    await prisma.host.update({ where: { id: made.hostId }, data: { availabilityZone: zone } });
    hosts.push({ name, zone, ...made });
  }
  return hosts;
}
type Joined = Awaited<ReturnType<typeof joinHosts>>[number];

async function serverOn({ hostId, zone }: Joined, data: { memoryMib?: number; state?: string } = {}) {
  const { id: projectId } = await makeTenant(cloud);
  const made = await makeServer(cloud.core, { projectId, hostId });
  const server = await cloud.core.database.prisma.server.update({
    where: { id: made.id },
    data: { availabilityZone: zone, ...data },
  });
  const { vcpus, memoryMib, diskGib } = server;
  await cloud.core.database.prisma.hostAllocation.create({
    data: { serverId: server.id, hostId, vcpus, memoryMib, diskGib },
  });
  return server;
}

const old = ['network', 'router', 'image', 'server'];
const beat = (host: Joined, nouns: string[]) =>
  cloud.ask('POST', '/agent/heartbeat', { token: host.credential, body: { facts: { ...factsOf(host.name), nouns } } });

test('a host is drained: what fits elsewhere begins to move, what does not stays with its reason; again, it goes on', async () => {
  const [from, to] = await joinHosts(2);
  if (from === undefined || to === undefined) throw new Error('two hosts were joined');
  const { prisma } = cloud.core.database;
  const [small, off] = [await serverOn(from), await serverOn(from, { state: 'stopped' })];
  const [large, failed] = [await serverOn(from, { memoryMib: 1_000_000 }), await serverOn(from, { state: 'error' })];
  const answer = await drain(from.hostId, { reason: 'New memory.' });
  expect(answer.status).toBe(202);
  const first = hostDraining.parse(answer.body);
  expect(first.operations.map(({ serverId }) => serverId).toSorted()).toEqual([small.id, off.id].toSorted());
  const reasons = new Map(first.staying.map(({ serverId, reason }) => [serverId, reason]));
  expect(reasons.get(large.id)).toBe('1 of 2 hosts lacks 976.6 GiB of memory, 1 is the host that it leaves.');
  expect(reasons.get(failed.id)).toBe('Only a server that runs or is off can be moved.');
  expect(await prisma.host.findUnique({ where: { id: from.hostId } })).toMatchObject({
    isEnabled: false,
    disabledReason: 'New memory.',
  });
  expect(
    await prisma.serverMigration.findMany({ where: { fromHostId: from.hostId }, orderBy: { createdAt: 'asc' } }),
  ).toEqual([
    expect.objectContaining({ serverId: small.id, toHostId: to.hostId, wasRunning: true }),
    expect.objectContaining({ serverId: off.id, toHostId: to.hostId, wasRunning: false }),
  ]);
  const again = hostDraining.parse((await drain(from.hostId)).body);
  expect(again).toEqual(first);
  const kept = await prisma.host.findUnique({ where: { id: from.hostId } });
  expect(kept?.disabledReason, 'a reason is kept that is not said again').toBe('New memory.');
  const audited = await prisma.auditLine.findMany({ where: { action: { in: ['host:drain', 'server:migrate'] } } });
  expect(audited.map(({ action, resourceId }) => `${action} ${resourceId}`).toSorted()).toEqual(
    [
      `host:drain ${from.hostId}`,
      `host:drain ${from.hostId}`,
      `server:migrate ${small.id}`,
      `server:migrate ${off.id}`,
    ].toSorted(),
  );
  const shown = await cloud.ask('GET', `/v1/hosts/${from.hostId}/servers`, { token });
  const { items } = z
    .object({ items: z.array(z.looseObject({ id: z.string(), underWay: z.unknown() })) })
    .parse(shown.body);
  expect(items.find(({ id }) => id === small.id)?.underWay).toMatchObject({ title: 'Move server to another host' });
});

test('a server is moved to the host that was named, and nowhere that is none or its own', async () => {
  const [from, to, other] = await joinHosts(3);
  if (from === undefined || to === undefined || other === undefined) throw new Error('three hosts were joined');
  const server = await serverOn(from);
  expect(await refusal(migrate(server.id, { hostName: 'nowhere' }))).toMatchObject({ code: 'invalid_input' });
  expect(await refusal(migrate(server.id, { hostName: from.name }))).toMatchObject({ code: 'invalid_input' });
  expect(await migrate(server.id, { hostName: other.name })).toMatchObject({
    status: 202,
    body: { state: 'migrating' },
  });
  expect(await refusal(migrate(server.id))).toMatchObject({ code: 'wrong_state' });
  const { prisma } = cloud.core.database;
  expect(await prisma.serverMigration.findUnique({ where: { serverId: server.id } })).toMatchObject({
    toHostId: other.hostId,
  });
});

test('a host whose agent is of an earlier release neither sends disks nor gets any', async () => {
  const [from, to] = await joinHosts(2);
  if (from === undefined || to === undefined) throw new Error('two hosts were joined');
  const server = await serverOn(from);
  expect((await beat(to, old)).status).toBe(200);
  expect(await refusal(migrate(server.id))).toMatchObject({
    code: 'no_capacity',
    detail: expect.stringContaining('1 has an agent of an earlier release'),
  });
  expect((await beat(from, old)).status).toBe(200);
  expect(await refusal(migrate(server.id))).toMatchObject({
    code: 'wrong_state',
    detail: expect.stringContaining('of an earlier release'),
  });
});

test('a host that does not answer sends no disk', async () => {
  const [from] = await joinHosts(2);
  if (from === undefined) throw new Error('two hosts were joined');
  const server = await serverOn(from);
  await cloud.core.database.prisma.host.update({ where: { id: from.hostId }, data: { isUp: false } });
  expect(await refusal(migrate(server.id))).toMatchObject({
    code: 'wrong_state',
    detail: expect.stringContaining('does not answer'),
  });
});

test('a disk is sent by the host that the server is on, and fetched by the chosen one; by no other, and not before', async () => {
  const [from, to, other] = await joinHosts(3);
  if (from === undefined || to === undefined || other === undefined) throw new Error('three hosts were joined');
  const server = await serverOn(from);
  expect((await migrate(server.id, { hostName: to.name })).status).toBe(202);
  const { prisma } = cloud.core.database;
  const { id } = await prisma.serverMigration.findUniqueOrThrow({ where: { serverId: server.id } });
  const path = `/agent/server-migrations/${id}/disk`;
  const disk = Buffer.from(`the disk of ${server.id}`);
  const slots = { [randomUUID()]: 3 };
  const request = (method: 'GET' | 'PUT', { credential }: Joined) =>
    cloud.app.request(path, {
      method,
      headers: {
        authorization: `Bearer ${credential}`,
        'content-type': 'application/octet-stream',
        'unkai-interface-slots': JSON.stringify(slots),
      },
      ...(method === 'PUT' && { body: disk }),
    });
  const states = async (method: 'GET' | 'PUT') =>
    Promise.all([from, to, other].map(async (host) => (await request(method, host)).status));
  expect(await states('PUT'), 'nobody is asked for it yet').toEqual([404, 404, 404]);
  await prisma.serverMigrationHost.create({ data: { migrationId: id, hostId: from.hostId } });
  expect(await states('GET'), 'there is none yet').toEqual([404, 404, 404]);
  expect((await request('PUT', to)).status).toBe(404);
  expect((await request('PUT', other)).status).toBe(404);
  expect((await cloud.app.request(path, { method: 'PUT', body: disk })).status).toBe(401);
  const sent = await request('PUT', from);
  const sha256 = createHash('sha256').update(disk).digest('hex');
  expect({ status: sent.status, body: await sent.json() }).toEqual({
    status: 200,
    body: { sizeBytes: disk.length, sha256 },
  });
  expect((await request('PUT', from)).status, 'what is there is not sent twice').toBe(404);
  const desired = await cloud.ask('GET', `/agent/desired/server-migration/${id}`, { token: from.credential });
  expect(desired.body).toMatchObject({ presence: 'present', spec: { role: 'source', isSent: true } });
  expect(await states('GET'), 'the chosen host has no part in it yet').toEqual([404, 404, 404]);
  await prisma.serverMigrationHost.create({ data: { migrationId: id, hostId: to.hostId } });
  expect([(await request('GET', from)).status, (await request('GET', other)).status]).toEqual([404, 404]);
  const told = await cloud.ask('GET', `/agent/desired/server-migration/${id}`, { token: to.credential });
  expect(told.body).toMatchObject({ spec: { role: 'target', sizeBytes: disk.length, sha256, slots } });
  const fetched = await request('GET', to);
  expect(Buffer.from(await fetched.arrayBuffer())).toEqual(disk);
  await prisma.serverMigrationHost.updateMany({ where: { hostId: to.hostId }, data: { isLeaving: true } });
  expect((await request('GET', to)).status).toBe(404);
});

test('of two uploads of one disk the later one counts; nothing of the other is left, nor of one that nobody waits for', async () => {
  const [from, to] = await joinHosts(2);
  if (from === undefined || to === undefined) throw new Error('two hosts were joined');
  const server = await serverOn(from);
  await migrate(server.id);
  const { core, options } = cloud;
  const { prisma } = core.database;
  const { id: migrationId } = await prisma.serverMigration.findUniqueOrThrow({ where: { serverId: server.id } });
  await prisma.serverMigrationHost.create({ data: { migrationId, hostId: from.hostId } });
  const others = await options.disks.list();
  const stored = async () => (await options.disks.list()).filter((name) => !others.includes(name));
  const { promise: goOn, resolve } = Promise.withResolvers<void>();
  const receive = (bytes: AsyncIterable<Uint8Array>) =>
    receiveServerDisk(core, { migrationId, hostId: from.hostId, disks: options.disks, slots: {}, bytes });
  const slow = receive(
    (async function* () {
      yield Buffer.from('the first half');
      await goOn;
      yield Buffer.from('the second');
    })(),
  );
  const isRefused = expect(slow).rejects.toThrow();
  await vi.waitFor(async () => expect(await stored()).toHaveLength(1), { timeout: 30_000 });
  const sent = await receive(Readable.from([Buffer.from('all of it')]));
  resolve();
  await isRefused;
  const kept = await prisma.serverMigration.findUniqueOrThrow({ where: { serverId: server.id } });
  expect([kept.sha256, await stored()]).toEqual([sent.sha256, [kept.uploadId]]);
  // A program that died in the middle of an upload left this.
  await options.disks.write(randomUUID(), Readable.from([Buffer.from('left')]), { limitBytes: 10 });
  await lateMigrations(options.disks).run(core);
  expect(await stored()).toEqual([kept.uploadId]);
  await prisma.workflowRun.updateMany({
    where: { resourceId: server.id },
    data: { state: 'failed', endedAt: new Date() },
  });
  await lateMigrations(options.disks).run(core);
  await lateMigrations(options.disks).run(core);
  expect(await stored()).toEqual([]);
  expect(await prisma.serverMigration.count({ where: { serverId: server.id } })).toBe(0);
});
