import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { HostFacts } from '@unkai/contracts/host/facts';
import { hostNoun } from '@unkai/contracts/host/job';
import type { RoleName } from '@unkai/contracts/permissions';
import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { Call, Core } from '@unkai/core/call';
import { openDatabase } from '@unkai/core/database/database';
import { joinHost } from '@unkai/core/host/join';
import { authenticate } from '@unkai/core/identity/authenticate';
import { newCredential } from '@unkai/core/identity/credentials';
import { openKeys } from '@unkai/core/keys';
import { openQueues } from '@unkai/core/queues';
import { type FreshDatabase, freshDatabase } from '@unkai/testing/database';
import type { Context } from 'hono';
import pino from 'pino';

/** A real Postgres and Redis with nothing in them, and ways to put rows there. Closed by `await using`. */
export interface Installation extends AsyncDisposable {
  readonly core: Core;
  readonly services: FreshDatabase;
  /** Everything that was logged. */
  readonly logged: string[];
}

export async function openInstallation(): Promise<Installation> {
  const services = await freshDatabase();
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const core: Core = {
    database: openDatabase(services.databaseUrl),
    queues: openQueues(services.redisUrl),
    keys: openKeys('c'.repeat(64)),
    origin: 'http://127.0.0.1:7080',
    log,
  };
  const close = async () => {
    await core.queues.close();
    await core.database.close();
    await services.close();
  };
  return { core, services, logged, [Symbol.asyncDispose]: close };
}

export function factsOf(hostName: string, underlayAddress = '10.0.0.1'): HostFacts {
  return {
    hostName,
    agentVersion: '0.1.0',
    kernel: '6.1',
    bootedAt: '2026-01-01T00:00:00.000Z',
    architecture: 'x86_64',
    cpuModel: 'test',
    vcpus: 8,
    memoryMib: 16_384,
    diskGib: 100,
    diskFreeGib: 90,
    accelerator: { kind: 'tcg', why: 'a test' },
    qemuVersion: '7.2',
    openVswitch: { version: '3.1', datapath: 'simulated', why: 'a test' },
    underlayAddress,
    underlayMtu: 1500,
    physicalNetworks: [],
    nouns: [...hostNoun.options],
    isSimulated: true,
    warnings: [],
  };
}

export async function makeJoinToken({ database }: Core, expiresAt = new Date(Date.now() + 60_000)): Promise<string> {
  const { secret, hash } = newCredential('join');
  await database.prisma.joinToken.create({ data: { tokenHash: hash, expiresAt } });
  return secret;
}

/** A host that joined by the proper way. */
export async function makeHost(core: Core, services: FreshDatabase, name: string, underlayAddress?: string) {
  const token = await makeJoinToken(core);
  const facts = factsOf(name, underlayAddress);
  return joinHost(core, { token, facts, requestId: 'req-join', address: null, redisUrl: services.redisUrl });
}

export async function makeProject({ database }: Core, name = `project-${randomUUID()}`) {
  const domain = await database.prisma.domain.upsert({
    where: { id: defaultDomainId },
    create: { id: defaultDomainId, name: 'Default' },
    update: {},
  });
  return database.prisma.project.create({ data: { name, domainId: domain.id } });
}

/** A user with a role on a project (or on the system, without one) and a session. */
export async function makeUser({ database }: Core, role: RoleName, projectId: string | null) {
  const domain = await database.prisma.domain.upsert({
    where: { id: defaultDomainId },
    create: { id: defaultDomainId, name: 'Default' },
    update: {},
  });
  const user = await database.prisma.user.create({ data: { name: `user-${randomUUID()}`, domainId: domain.id } });
  await database.prisma.roleAssignment.create({
    data: { userId: user.id, roleId: builtInRoleIds[role], isSystem: projectId === null, projectId },
  });
  const { secret, hash } = newCredential('session');
  const expiresAt = new Date(Date.now() + 3_600_000);
  const session = await database.prisma.session.create({ data: { userId: user.id, tokenHash: hash, expiresAt } });
  return { user, session, token: secret };
}

export function makeImage({ database }: Core, projectId: string, state = 'active') {
  const bytes = state === 'active' ? { sha256: 'a'.repeat(64), sizeBytes: 4, virtualSizeBytes: 1024 } : {};
  return database.prisma.image.create({ data: { projectId, name: 'tiny', state, diskFormat: 'raw', ...bytes } });
}

let nextTunnelKey = 1;

export async function makeNetwork({ database }: Core, projectId: string, name = 'default') {
  const network = await database.prisma.network.create({
    data: { projectId, name, tunnelKey: nextTunnelKey++, mtu: 1450 },
  });
  const addresses = {
    cidr: '10.1.0.0/24',
    gatewayAddress: '10.1.0.1',
    dhcpAddress: '10.1.0.2',
    dnsServers: ['9.9.9.9'],
  };
  const subnet = await database.prisma.subnet.create({
    data: { networkId: network.id, projectId, name: 'subnet', ...addresses },
  });
  return { network, subnet };
}

export interface ServerPlace {
  readonly projectId: string;
  readonly hostId: string;
  readonly state?: string;
}

/** A server that its host should have. */
export async function makeServer(core: Core, { projectId, hostId, state = 'running' }: ServerPlace) {
  const image = await makeImage(core, projectId);
  return core.database.prisma.server.create({
    data: {
      projectId,
      hostId,
      state,
      imageId: image.id,
      name: 'web 1',
      desiredPresence: 'present',
      flavorId: randomUUID(),
      flavorName: 'm1.tiny',
      vcpus: 1,
      memoryMib: 128,
      diskGib: 1,
      reservationId: 'r-test',
      publicKeys: [{ name: 'laptop', publicKey: 'ssh-ed25519 AAAA me' }],
      metadata: { role: 'web' },
      userData: '#!/bin/sh\necho canary',
    },
  });
}

/** A port with an address on a server; the address's last number also makes its MAC address. */
export async function makePort(
  core: Core,
  server: { id: string; projectId: string },
  on: { network: { id: string }; subnet: { id: string } },
  last: number,
) {
  const { prisma } = core.database;
  const port = await prisma.port.create({
    data: {
      projectId: server.projectId,
      networkId: on.network.id,
      serverId: server.id,
      macAddress: `fa:16:3e:00:00:${last.toString(16).padStart(2, '0')}`,
    },
  });
  const address = `10.1.0.${last}`;
  await prisma.portAddress.create({
    data: { portId: port.id, subnetId: on.subnet.id, networkId: on.network.id, address },
  });
  return port;
}

/** Calls as the bearer of a session or an API token, as the doors make them. */
export function callOfBearer(core: Core) {
  return async (context: Pick<Context, 'req'>): Promise<Call> => {
    const secret = context.req.header('authorization')?.replace(/^Bearer /, '') ?? null;
    return callAs(core, secret);
  };
}

export async function callAs(core: Core, token: string | null): Promise<Call> {
  return { core, actor: await authenticate(core, token), requestId: 'req-test', address: null, log: core.log };
}

interface Door {
  readonly fetch: Parameters<typeof getRequestListener>[0];
}

/** A door behind a real HTTP server on a port of its own. */
export async function listen(door: Door) {
  const server = createServer(getRequestListener(door.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${portOf(server.address())}`, ...closing(server) };
}

export function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('not listening on a port');
  return address.port;
}

export function closing(server: ReturnType<typeof createServer>): AsyncDisposable {
  return {
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
