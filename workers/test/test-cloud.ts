import { randomUUID } from 'node:crypto';
import type { ServerState } from '@unkai/contracts/resources/server';
import type { Core } from '@unkai/core/call';
import { commit, openDatabase } from '@unkai/core/database/database';
import { openKeys } from '@unkai/core/keys';
import { openQueues } from '@unkai/core/queues';
import type { WorkflowName } from '@unkai/core/workflow/catalog';
import { startRun } from '@unkai/core/workflow/start';
import { freshDatabase } from '@unkai/testing/database';
import pino from 'pino';
import { joinTestHost, type TestHost, type TestHostSize } from './test-host.ts';

/** A project with a network, a flavor and an image, on a real Postgres and Redis, and one host. */
export interface TestCloud {
  readonly core: Core;
  readonly redisUrl: string;
  readonly databaseUrl: string;
  readonly projectId: string;
  readonly networkId: string;
  readonly imageId: string;
  readonly host: TestHost;
  /** A server as the API writes it: with a port and an address, and nothing on any host. */
  addServer(size?: ServerSize): Promise<string>;
  /** A server that runs on the host. */
  addRunningServer(): Promise<string>;
  start(name: WorkflowName, resourceId: string, options?: StartOptions): Promise<string>;
  /** Everything that is kept about a server, in one look. */
  readServer(id: string): Promise<ServerRows>;
  close(): Promise<void>;
}

interface StartOptions {
  readonly state?: ServerState;
  readonly input?: Record<string, string>;
  readonly cancelsOthers?: boolean;
}

interface ServerSize {
  readonly memoryMib?: number;
  readonly diskGib?: number;
  readonly availabilityZone?: string;
}

interface ServerRows {
  readonly state: string | null;
  readonly failure: unknown;
  readonly hostId: string | null;
  readonly ports: number;
  readonly addresses: number;
  readonly allocations: number;
  readonly actions: number;
  /** Networks that any host has to have, in the whole cloud. */
  readonly hostNetworks: number;
}

export async function openTestCloud(size: TestHostSize = {}): Promise<TestCloud> {
  const services = await freshDatabase();
  const { databaseUrl, redisUrl } = services;
  const core: Core = {
    database: openDatabase(databaseUrl, 20),
    queues: openQueues(redisUrl),
    keys: openKeys('c'.repeat(64)),
    origin: 'http://127.0.0.1:7080',
    log: pino({ level: process.env['UNKAI_TEST_LOG'] ?? 'silent' }),
  };
  const seed = await seedProject(core);
  const host = await joinTestHost(core, redisUrl, size);
  const cloud = { core, redisUrl, databaseUrl, host, ...seed };
  return {
    ...cloud,
    addServer: (server = {}) => addServer(core, seed, server),
    async addRunningServer() {
      const id = await addServer(core, seed, {});
      await core.database.prisma.hostAllocation.create({
        data: { serverId: id, hostId: host.id, vcpus: 1, memoryMib: 512, diskGib: 1 },
      });
      const { networkId, imageId } = seed;
      await core.database.prisma.hostNetwork.upsert({
        where: { hostId_networkId: { hostId: host.id, networkId } },
        create: { hostId: host.id, networkId },
        update: {},
      });
      await core.database.prisma.hostImage.upsert({
        where: { hostId_imageId: { hostId: host.id, imageId } },
        create: { hostId: host.id, imageId },
        update: {},
      });
      await core.database.prisma.server.update({
        where: { id },
        data: { hostId: host.id, desiredPresence: 'present', state: 'running' },
      });
      await host.resync();
      return id;
    },
    start: (name, resourceId, options = {}) => start(core, seed.projectId, name, resourceId, options),
    readServer: (id) => readServer(core, id),
    async close() {
      await host.close();
      await core.queues.close();
      await core.database.close();
      await services.close();
    },
  };
}

async function seedProject({ database: { prisma } }: Core) {
  const domain = await prisma.domain.create({ data: { name: 'Default' } });
  const project = await prisma.project.create({ data: { domainId: domain.id, name: 'demo' } });
  const projectId = project.id;
  const network = await prisma.network.create({ data: { projectId, name: 'default', tunnelKey: 7, mtu: 1450 } });
  await prisma.subnet.create({
    data: {
      networkId: network.id,
      projectId,
      name: 'default',
      cidr: '10.0.0.0/16',
      gatewayAddress: '10.0.0.1',
      dhcpAddress: '10.0.0.2',
      dnsServers: [],
    },
  });
  const bytes = { sha256: 'a'.repeat(64), sizeBytes: 1024n, virtualSizeBytes: 1024n };
  const image = await prisma.image.create({
    data: { projectId, name: 'tiny', state: 'active', diskFormat: 'qcow2', ...bytes },
  });
  await prisma.flavor.createMany({
    data: [
      { name: 'm1.tiny', vcpus: 1, memoryMib: 512, diskGib: 1 },
      { name: 'm1.medium', vcpus: 2, memoryMib: 4096, diskGib: 10 },
      { name: 'm1.huge', vcpus: 8, memoryMib: 131_072, diskGib: 100 },
    ],
  });
  return { projectId, networkId: network.id, imageId: image.id };
}

type Seed = Awaited<ReturnType<typeof seedProject>>;
let taken = 10;

async function addServer({ database: { prisma } }: Core, seed: Seed, size: ServerSize): Promise<string> {
  const { projectId, networkId, imageId } = seed;
  const { memoryMib = 512, diskGib = 1, availabilityZone = 'nova' } = size;
  const id = randomUUID();
  const flavor = { flavorId: randomUUID(), flavorName: 'm1.tiny', vcpus: 1, memoryMib, diskGib };
  await prisma.server.create({
    data: {
      id,
      projectId,
      name: `web-${id}`,
      state: 'building',
      imageId,
      reservationId: 'r-1',
      availabilityZone,
      ...flavor,
    },
  });
  const subnet = await prisma.subnet.findFirstOrThrow({ where: { networkId } });
  taken += 1;
  const place = `${Math.floor(taken / 250)}.${(taken % 250) + 3}`;
  const mac = taken.toString(16).padStart(6, '0').match(/../g)?.join(':') ?? '';
  await prisma.port.create({
    data: {
      projectId,
      networkId,
      serverId: id,
      macAddress: `fa:16:3e:${mac}`,
      addresses: { create: { subnetId: subnet.id, networkId, address: `10.0.${place}` } },
    },
  });
  return id;
}

async function start(core: Core, projectId: string, name: WorkflowName, resourceId: string, options: StartOptions) {
  const { state, ...rest } = options;
  return commit(core.database, async (unit) => {
    if (state) await unit.tx.server.update({ where: { id: resourceId }, data: { state } });
    const about = { resourceId, resourceName: 'web', projectId, requestId: 'req-test' };
    return startRun(unit, core, name, { ...about, ...rest });
  });
}

async function readServer({ database: { prisma } }: Core, id: string): Promise<ServerRows> {
  const row = await prisma.server.findUnique({ where: { id } });
  return {
    state: row?.state ?? null,
    failure: row?.failure ?? null,
    hostId: row?.hostId ?? null,
    ports: await prisma.port.count({ where: { serverId: id } }),
    addresses: await prisma.portAddress.count({ where: { port: { serverId: id } } }),
    allocations: await prisma.hostAllocation.count({ where: { serverId: id } }),
    actions: await prisma.serverAction.count({ where: { serverId: id, doneAt: null } }),
    hostNetworks: await prisma.hostNetwork.count(),
  };
}
