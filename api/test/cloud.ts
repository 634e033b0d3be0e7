import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiClient, openClient } from '@unkai/client/client';
import type { Permission, RoleName } from '@unkai/contracts/permissions';
import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { Core } from '@unkai/core/call';
import { commit } from '@unkai/core/database/database';
import { openEventFeed } from '@unkai/core/event-feed';
import { newCredential } from '@unkai/core/identity/credentials';
import { hashPassword } from '@unkai/core/identity/password-hash';
import { folderImageStore } from '@unkai/core/image/image-store';
import { openMetrics } from '@unkai/core/metrics';
import { openRequestLimit, type RequestQuota } from '@unkai/core/request-limit';
import { setupCall } from '@unkai/core/seed';
import { createProject } from '@unkai/core/store/project';
import type { FreshDatabase } from '@unkai/testing/database';
import type { Hono } from 'hono';
import { z } from 'zod';
import { type AppOptions, createApp } from '../src/app.ts';
import { openInstallation } from './installation.ts';

export const origin = 'http://127.0.0.1:7080';
export const secret = 'c'.repeat(64);

/** The whole API over a real Postgres and Redis, called as HTTP calls it. Closed by `await using`. */
export interface Cloud extends AsyncDisposable {
  readonly core: Core;
  readonly services: FreshDatabase;
  readonly app: Hono;
  readonly options: AppOptions;
  /** Everything that was logged. */
  readonly logged: string[];
  readonly domainId: string;
  ask(method: string, path: string, options?: AskOptions): Promise<Told>;
}

interface AskOptions {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the connection comes from; nowhere that is known unless said. */
  readonly address?: string;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

export async function openCloud(quota: RequestQuota | null = null): Promise<Cloud> {
  const installation = await openInstallation();
  const { core, services, logged } = installation;
  const folder = await mkdtemp(join(tmpdir(), 'unkai-api-'));
  const feed = openEventFeed(core.database, core.log);
  const options: AppOptions = {
    origin,
    secret,
    hostRedisUrl: services.redisUrl,
    images: folderImageStore(join(folder, 'images')),
    disks: folderImageStore(join(folder, 'server-disks')),
    feed,
    metrics: openMetrics('api'),
    checks: [],
    openid: null,
    requestLimit: quota === null ? null : openRequestLimit(core.queues.redis, quota),
  };
  const app = createApp(core, options);
  const domain = await core.database.prisma.domain.create({ data: { id: defaultDomainId, name: 'Default' } });
  return {
    core,
    services,
    app,
    options,
    logged,
    domainId: domain.id,
    ask: (method, path, options = {}) => ask(app, method, path, options),
    async [Symbol.asyncDispose]() {
      await feed.close();
      await installation[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function ask(app: Hono, method: string, path: string, options: AskOptions): Promise<Told> {
  const { token, body, headers, address } = options;
  const request = {
    method,
    headers: {
      ...(typeof token === 'string' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  // As the server of Node.js tells an app of its connection.
  const environment = address === undefined ? {} : { incoming: { socket: { remoteAddress: address } } };
  const response = await app.request(path, request, environment);
  const text = await response.text();
  const isJson = /json\b/.test(response.headers.get('content-type') ?? '');
  const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, body: parsed, text };
}

/** All of `/v1`, typed, as somebody; null is nobody. */
export function clientOf({ app }: Cloud, token: string | null): ApiClient {
  return openClient({ origin, token, fetch: async (request) => app.request(request) });
}

/** A project as `project.create` makes it. */
export async function makeTenant({ core, domainId }: Cloud, name = `project-${randomUUID()}`) {
  const input = { domainId, name, description: '' };
  const { id } = await commit(core.database, (unit) => createProject(unit, setupCall(core), input));
  const { prisma } = core.database;
  const network = await prisma.network.findFirstOrThrow({ where: { projectId: id }, include: { subnets: true } });
  const group = await prisma.securityGroup.findFirstOrThrow({ where: { projectId: id }, include: { rules: true } });
  const subnet = z.object({ id: z.string() }).parse(network.subnets[0]);
  return { id, name, network, subnet, group };
}
export type Tenant = Awaited<ReturnType<typeof makeTenant>>;

export const userPassword = 'correct horse battery staple';

export interface UserRoles {
  readonly project?: { readonly id: string; readonly role: RoleName };
  readonly system?: RoleName;
}

/** A user with roles, and a session of theirs. */
export async function makePerson({ core, domainId }: Cloud, roles: UserRoles, name = `user-${randomUUID()}`) {
  const { prisma } = core.database;
  const passwordHash = await passwordHashOnce();
  const user = await prisma.user.create({ data: { domainId, name, passwordHash } });
  if (roles.project) {
    await prisma.roleAssignment.create({
      data: { userId: user.id, roleId: builtInRoleIds[roles.project.role], projectId: roles.project.id },
    });
  }
  if (roles.system)
    await prisma.roleAssignment.create({
      data: { userId: user.id, roleId: builtInRoleIds[roles.system], isSystem: true },
    });
  return { id: user.id, name, token: await makeSession(core, user.id) };
}

let hashed: Promise<string> | undefined;
function passwordHashOnce(): Promise<string> {
  hashed ??= hashPassword(userPassword);
  return hashed;
}

export async function makeSession(core: Core, userId: string, expiresInSeconds = 3600): Promise<string> {
  const { secret: token, hash } = newCredential('session');
  const expiresAt = new Date(Date.now() + expiresInSeconds * 1000);
  await core.database.prisma.session.create({ data: { userId, tokenHash: hash, expiresAt } });
  return token;
}

export interface Confinement {
  readonly permissions?: Permission[];
  readonly projectId?: string;
}

export async function makeToken(core: Core, userId: string, { permissions, projectId }: Confinement): Promise<string> {
  const { secret: token, hash } = newCredential('apiToken');
  await core.database.prisma.apiToken.create({
    data: {
      userId,
      name: `token-${randomUUID()}`,
      tokenHash: hash,
      prefix: token.slice(0, 12),
      expiresAt: new Date(Date.now() + 3_600_000),
      ...(permissions && { permissions }),
      ...(projectId !== undefined && { projectId }),
    },
  });
  return token;
}

/** What a server is made of: a flavor and an image of the installation. */
export async function makeParts({ core }: Cloud, { isPublic = true } = {}) {
  const { prisma } = core.database;
  const flavor = await prisma.flavor.create({
    data: { name: `flavor-${randomUUID()}`, vcpus: 1, memoryMib: 128, diskGib: 1, isPublic },
  });
  const digest = randomUUID().replaceAll('-', '').repeat(2);
  const image = await prisma.image.create({
    data: {
      name: 'tiny',
      state: 'active',
      visibility: 'public',
      diskFormat: 'qcow2',
      sha256: digest,
      sizeBytes: 1024,
      virtualSizeBytes: 1024 ** 2,
    },
  });
  return { flavor, image };
}

/** The part of a problem that a test looks at. */
export const problemBody = z.looseObject({
  code: z.string(),
  detail: z.string(),
  next: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string(), fix: z.string() })).default([]),
});
export const withId = z.looseObject({ id: z.string() });
