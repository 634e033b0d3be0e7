import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../src/database/database.ts';
import { commit } from '../src/database/database.ts';
import { setupCall } from '../src/seed.ts';
import { createProject } from '../src/store/project.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let database: Database;
let project: Awaited<ReturnType<typeof makeProject>>;
let other: Awaited<ReturnType<typeof makeProject>>;
beforeAll(async () => {
  opened = await openTestCore();
  database = opened.core.database;
  project = await makeProject();
  other = await makeProject();
});
afterAll(() => opened.close());

/** Statements as one of the roles, without what Prisma makes of an error. */
async function asRole(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return { ask: (text: string) => client.query(text) };
}

async function makeProject() {
  const { prisma } = database;
  const domain = await prisma.domain.upsert({ where: { name: 'd' }, create: { name: 'd' }, update: {} });
  const input = { domainId: domain.id, name: randomUUID(), description: '' };
  const { id } = await commit(database, (unit) => createProject(unit, setupCall(opened.core), input));
  const network = await prisma.network.findFirstOrThrow({ where: { projectId: id } });
  const subnet = await prisma.subnet.findFirstOrThrow({ where: { projectId: id } });
  return { id, network, subnet };
}

const makeServer = (change: object = {}) =>
  database.prisma.server.create({
    data: {
      projectId: project.id,
      name: 'web',
      state: 'running',
      flavorId: randomUUID(),
      flavorName: 'm1.tiny',
      vcpus: 1,
      memoryMib: 64,
      diskGib: 1,
      reservationId: 'r-1',
      ...change,
    },
  });

const makeHost = () =>
  database.prisma.host.create({
    data: {
      name: randomUUID(),
      credentialHash: Buffer.from(randomUUID()),
      redisPasswordHash: 'a'.repeat(64),
      facts: {},
      vcpus: 4,
      memoryMib: 4096,
      diskGib: 10,
      underlayAddress: '10.0.0.1',
      lastHeartbeatAt: new Date(),
    },
  });

const makePort = (change: object = {}) =>
  database.prisma.port.create({
    data: {
      projectId: project.id,
      networkId: project.network.id,
      macAddress: `fa:${randomUUID().replaceAll('-', '').slice(0, 10).match(/../g)?.join(':')}`,
      ...change,
    },
  });

const addressOf = (portId: string, address: string, change: object = {}) =>
  database.prisma.portAddress.create({
    data: { portId, subnetId: project.subnet.id, networkId: project.network.id, address, ...change },
  });

describe('the database itself refuses', () => {
  test('a state that no table knows', async () => {
    await expect(makeServer({ state: 'confused' })).rejects.toThrow(/server_state_known/);
  });

  test('a server of no size', async () => {
    await expect(makeServer({ vcpus: 0 })).rejects.toThrow(/server_size_sane/);
  });

  test.each([
    ['processors', { vcpus: -1 }],
    ['memory', { memoryMib: -1 }],
    ['disk', { diskGib: -1 }],
  ])('less than nothing that a server takes of its host: %s', async (_, change) => {
    const { prisma } = database;
    const server = await makeServer();
    const host = await makeHost();
    const taken = { serverId: server.id, hostId: host.id, vcpus: 1, memoryMib: 64, diskGib: 0 };
    await expect(prisma.hostAllocation.create({ data: { ...taken, ...change } })).rejects.toThrow(
      /host_allocation_sane/,
    );
    await prisma.hostAllocation.create({ data: taken });
    const refused = prisma.hostAllocation.update({ where: { serverId: server.id }, data: change });
    await expect(refused).rejects.toThrow(/host_allocation_sane/);
    // Nor is it taken twice, here or elsewhere.
    const again = { ...taken, hostId: (await makeHost()).id };
    await expect(prisma.hostAllocation.create({ data: again })).rejects.toThrow(/[Uu]nique/);
  });

  test('a second device at a port, and two ports in one place of a server', async () => {
    const { prisma } = database;
    const server = await makeServer();
    const router = await prisma.router.create({ data: { projectId: project.id, name: 'r' } });
    const ofRouter = { routerId: router.id, deviceOwner: 'network:router_interface' };
    const port = await makePort({ serverId: server.id });
    await expect(prisma.port.update({ where: { id: port.id }, data: ofRouter })).rejects.toThrow(/port_one_device/);
    await expect(makePort({ serverId: server.id, ...ofRouter })).rejects.toThrow(/port_one_device/);
    await expect(makePort({ serverId: server.id, position: 0 })).rejects.toThrow(/[Uu]nique/);
    await expect(makePort({ serverId: server.id, position: 1 })).resolves.toMatchObject({ serverId: server.id });
  });

  test('an observation of what was never asked for', async () => {
    await expect(makeServer({ observedGeneration: 2 })).rejects.toThrow(/server_generation_sane/);
  });

  test('A01: a server, an image or a network that changes its owner', async () => {
    const server = await makeServer();
    const change = { data: { projectId: other.id } };
    await expect(database.prisma.server.update({ where: { id: server.id }, ...change })).rejects.toThrow(
      /never changes/,
    );
    await expect(database.prisma.network.update({ where: { id: project.network.id }, ...change })).rejects.toThrow(
      /never changes/,
    );
    const [image, own] = await Promise.all(
      [project.id, null].map((projectId) =>
        database.prisma.image.create({ data: { projectId, name: 'i', state: 'queued', diskFormat: 'raw' } }),
      ),
    );
    const give = (id: string) => database.prisma.image.update({ where: { id }, ...change });
    await expect(give(image?.id ?? '')).rejects.toThrow(/never changes/);
    const said = database.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('unkai.gives_image', 'yes', true)`;
      await tx.image.update({ where: { id: own?.id ?? '' }, ...change });
    });
    await expect(said).rejects.toThrow(/never changes/);
  });

  test('A22: other bytes for an image that is active', async () => {
    const { prisma } = database;
    const image = await prisma.image.create({
      data: {
        projectId: project.id,
        name: 'i',
        state: 'active',
        diskFormat: 'raw',
        sha256: 'a'.repeat(64),
        sizeBytes: 1,
        virtualSizeBytes: 1,
      },
    });
    const change = (data: object) => prisma.image.update({ where: { id: image.id }, data });
    await expect(change({ sha256: 'b'.repeat(64) })).rejects.toThrow(/never change/);
    await expect(change({ state: 'queued' })).rejects.toThrow(/never change/);
    await expect(change({ name: 'renamed' })).resolves.toMatchObject({ name: 'renamed' });
    await expect(change({ state: 'deleting' })).resolves.toMatchObject({ state: 'deleting' });
  });

  test('an image that is active without bytes', async () => {
    const data = { projectId: project.id, name: 'i', state: 'active', diskFormat: 'raw' };
    await expect(database.prisma.image.create({ data })).rejects.toThrow(/image_active_is_complete/);
  });

  test('an address twice on a network, and the same address on two is fine', async () => {
    const [one, two] = [await makePort(), await makePort()];
    await addressOf(one.id, '10.0.0.50');
    await expect(addressOf(two.id, '10.0.0.50')).rejects.toThrow(/[Uu]nique/);
    const elsewhere = await makePort({ projectId: other.id, networkId: other.network.id });
    const there = { networkId: other.network.id, subnetId: other.subnet.id };
    await expect(addressOf(elsewhere.id, '10.0.0.50', there)).resolves.toBeDefined();
  });

  test("an address that is not in its subnet, or not on its port's network", async () => {
    const port = await makePort();
    await expect(addressOf(port.id, '10.9.9.9')).rejects.toThrow(/not in the subnet/);
    await expect(addressOf(port.id, '10.0.0.51', { networkId: other.network.id })).rejects.toThrow(
      /not on the network/,
    );
    await expect(addressOf(port.id, '10.0.0.051')).rejects.toThrow();
  });

  test('A45: a port on the network of another project', async () => {
    await expect(makePort({ networkId: other.network.id })).rejects.toThrow(/is not open to the project of the port/);
  });

  test('a second default network, and the same role twice', async () => {
    const { prisma } = database;
    const network = { projectId: project.id, name: 'n', mtu: 1450, tunnelKey: 77_777, isDefault: true };
    await expect(prisma.network.create({ data: network })).rejects.toThrow(/[Uu]nique/);
    const { id: userId } = await prisma.user.create({
      data: { name: 'u', domain: { connect: { name: 'd' } } },
    });
    await prisma.roleAssignment.create({ data: { userId, roleId: builtInRoleIds.admin, isSystem: true } });
    await expect(
      prisma.roleAssignment.create({ data: { userId, roleId: builtInRoleIds.admin, isSystem: true } }),
    ).rejects.toThrow(/[Uu]nique/);
  });

  test.each([
    ['the programs', 'databaseUrl', 'permission denied for table audit_line'],
    ['the owner of the tables', 'ownerUrl', 'lines of the audit log are never changed or removed'],
  ] as const)('a line of the audit log that %s would write anew or take away', async (_, role, refusal) => {
    const { ask } = await asRole(opened.services[role]);
    await ask(
      "INSERT INTO audit_line (actor_name, actor_kind, request_id, action, noun, outcome) VALUES ('a', 'system', 'r', 'x:y', 'x', 'done')",
    );
    for (const change of [
      "UPDATE audit_line SET actor_name = 'somebody else'",
      'DELETE FROM audit_line',
      'TRUNCATE audit_line',
      "UPDATE audit_line SET detail = 'x' WHERE false",
    ]) {
      await expect(ask(change), change).rejects.toThrow(refusal);
    }
  });

  test('programs that would make themselves owners of a table, or of a trigger', async () => {
    const { ask } = await asRole(opened.services.databaseUrl);
    for (const change of [
      'ALTER TABLE audit_line DISABLE TRIGGER ALL',
      'DROP TABLE audit_line',
      'CREATE TABLE public.mine ()',
      'SET session_replication_role = replica',
      'SET ROLE unkai',
      "UPDATE _prisma_migrations SET checksum = ''",
    ]) {
      await expect(ask(change), change).rejects.toThrow(/permission denied|must be owner|no privileges/);
    }
  });
});

test('an event tells its channel when it is committed, with id and project and nothing else', async () => {
  const client = await database.pool.connect();
  try {
    const heard = new Promise<string>((resolve) =>
      client.once('notification', ({ payload }) => resolve(payload ?? '')),
    );
    await client.query('LISTEN unkai_event');
    const event = await database.prisma.event.create({
      data: { projectId: project.id, noun: 'server', resourceId: randomUUID(), kind: 'changed' },
    });
    expect(JSON.parse(await heard)).toEqual({ id: String(event.id), projectId: project.id });
  } finally {
    client.release(true);
  }
});
