import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { restRoutes } from '../src/doors/rest-routes.ts';
import {
  type Cloud,
  makeParts,
  makePerson,
  makeTenant,
  makeToken,
  openCloud,
  type Tenant,
  type Told,
} from './cloud.ts';
import { makeRouterThings, putRoutersBack } from './denial-routers.ts';
import { makeSharingThings, putSharingBack } from './denial-sharing.ts';
import { ed25519Key } from './denial-table.ts';
import {
  lendThings,
  makeIdentityThings,
  putIdentityBack,
  putMemberBack,
  putPlacementBack,
  putQuotaRequestBack,
  putWebhook,
  rack,
} from './denial-things.ts';
import type { Things } from './denial-verdicts.ts';
import { factsOf } from './installation.ts';
import { credentialOf, type Place } from './persona-credential.ts';
import { type Persona, personaNames } from './personas.ts';

/** A cloud with one of everything, and everybody who may come to ask for it. Closed by `await using`. */
export interface DenialWorld extends Place, AsyncDisposable {
  readonly things: Things;
  readonly tokens: ReadonlyMap<Persona, string | null>;
  readonly askRest: (name: string, question: Question) => Promise<Told>;
  readonly askTrpc: (name: string, question: Question) => Promise<Told>;
  /** Puts back what a permitted question of this operation removed. */
  readonly putBack: (name: string) => Promise<void>;
}

interface Question {
  readonly input: Record<string, unknown>;
  readonly token: string | null;
  /** With its question mark. */
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly address?: string;
}

export async function openDenialWorld(): Promise<DenialWorld> {
  const cloud = await openCloud();
  const place = { cloud, tenant: await makeTenant(cloud), other: await makeTenant(cloud) };
  await cloud.core.database.prisma.projectQuota.createMany({
    data: [
      'servers',
      'vcpus',
      'memoryMib',
      'networks',
      'images',
      'securityGroups',
      'securityGroupRules',
      'ports',
      'routers',
      'floatingIps',
      'webhooks',
      'qosPolicies',
      'subnetPools',
      'addressScopes',
      'rbacPolicies',
      'serverGroups',
    ].map((name) => ({ projectId: place.tenant.id, name, limit: 1_000_000 })),
  });
  const things = await makeThings(place);
  const tokens = new Map<Persona, string | null>();
  for (const persona of personaNames) tokens.set(persona, await credentialOf(place, persona));
  return {
    ...place,
    things,
    tokens,
    askRest: (name, question) => askRest(cloud, name, question),
    askTrpc: (name, question) => askTrpc(cloud, name, question),
    putBack: (name) => putBack({ ...place, things }, name),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

function askRest(cloud: Cloud, name: string, question: Question): Promise<Told> {
  const { input, query = '', ...asking } = question;
  const route = restRoutes.find((each) => each.name === name);
  if (!route) throw new Error(`no operation ${name}`);
  const rest = new Map(Object.entries(input));
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = rest.get(key);
    rest.delete(key);
    return String(value);
  });
  const takesBody = route.method === 'POST' || route.method === 'PATCH';
  const body = takesBody && { body: Object.fromEntries(rest) };
  const asked = [...rest].map(([key, value]) => [key, String(value)]);
  const search = takesBody || query !== '' ? query : `?${new URLSearchParams(Object.fromEntries(asked))}`;
  return cloud.ask(route.method, `/v1${path}${search}`, { ...asking, ...body });
}

function askTrpc(cloud: Cloud, name: string, { input, query: _, ...asking }: Question): Promise<Told> {
  const route = restRoutes.find((each) => each.name === name);
  return route?.type === 'query'
    ? cloud.ask('GET', `/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, asking)
    : cloud.ask('POST', `/trpc/${name}`, { ...asking, body: input });
}

/** Rows that the operations name. Those that a permitted delete would take are put back before each question. */
async function makeThings({ cloud, tenant }: Place): Promise<Things> {
  const parts = await makeParts(cloud);
  const hidden = await makeParts(cloud, { isPublic: false });
  return {
    project: tenant.id,
    domain: cloud.domainId,
    assignment: randomUUID(),
    network: tenant.network.id,
    subnet: tenant.subnet.id,
    group: tenant.group.id,
    flavor: hidden.flavor.id,
    publicFlavor: parts.flavor.id,
    publicImage: parts.image.id,
    ...(await makeOwnThings(cloud, tenant, await makePerson(cloud, {}))),
    ...(await makeServerThings(cloud, tenant, parts)),
    ...(await makeWebhook(cloud, tenant)),
    ...(await makeRouterThings(cloud, tenant)),
    ...makeSharingThings(),
    host: await makeHostRow(cloud),
    joinToken: randomUUID(),
    aggregate: randomUUID(),
    serverGroup: randomUUID(),
    ...(await makeIdentityThings(cloud)),
  };
}

/** What belongs to a user and not to a project. The user has a session. */
export async function makeOwnThings(cloud: Cloud, tenant: Tenant, owner: { readonly id: string }) {
  const { prisma } = cloud.core.database;
  await makeToken(cloud.core, owner.id, {});
  const where = { userId: owner.id };
  const keyPair = await prisma.keyPair.create({
    data: { ...where, name: 'key', kind: 'ssh-ed25519', publicKey: ed25519Key, fingerprintSha256: 'SHA256:x' },
  });
  const session = await prisma.session.findFirstOrThrow({ where });
  const apiToken = await prisma.apiToken.findFirstOrThrow({ where });
  const notification = await prisma.notification.create({
    data: { ...where, tone: 'bad', title: 'Create server failed: attacked', noun: 'server' },
  });
  const lendings = await lendThings(cloud, owner.id, tenant.id);
  const own = { session: session.id, apiToken: apiToken.id, keyPair: keyPair.id, notification: notification.id };
  return { user: owner.id, ...own, ...lendings };
}

async function makeServerThings(cloud: Cloud, tenant: Tenant, parts: Awaited<ReturnType<typeof makeParts>>) {
  const { prisma } = cloud.core.database;
  const projectId = tenant.id;
  const size = { flavorId: parts.flavor.id, flavorName: 'm1.tiny', vcpus: 1, memoryMib: 64, diskGib: 1 };
  const server = await prisma.server.create({
    data: { projectId, name: 'attacked', state: 'building', imageId: parts.image.id, reservationId: 'r-1', ...size },
  });
  const networkId = tenant.network.id;
  const port = await prisma.port.create({
    data: { projectId, networkId, serverId: server.id, macAddress: 'fa:00:00:00:00:01' },
  });
  const addressed = { portId: port.id, networkId, subnetId: tenant.subnet.id };
  await prisma.portAddress.create({ data: { ...addressed, address: '10.0.0.9' } });
  await prisma.portSecurityGroup.create({ data: { portId: port.id, securityGroupId: tenant.group.id } });
  const about = { noun: 'server', resourceId: randomUUID(), resourceName: 'gone', requestId: 'r' };
  const operation = await prisma.workflowRun.create({
    data: { projectId, name: 'server.create', key: randomUUID(), input: {}, deadlineAt: new Date(), ...about },
  });
  const shared = { visibility: 'shared', diskFormat: 'raw' };
  const image = await prisma.image.create({ data: { projectId, name: 'own', state: 'queued', ...shared } });
  return { server: server.id, port: port.id, operation: operation.id, image: image.id };
}

async function makeWebhook(cloud: Cloud, { id: project }: Tenant) {
  const made = { webhook: randomUUID(), delivery: randomUUID() };
  await putWebhook(cloud, { project, ...made });
  return made;
}

async function makeHostRow(cloud: Cloud): Promise<string> {
  const facts = factsOf('rack-1');
  const secrets = { credentialHash: new Uint8Array(32), redisPasswordHash: '' };
  const { vcpus, memoryMib, diskGib, underlayAddress } = facts;
  const sizes = { vcpus, memoryMib, diskGib, underlayAddress };
  const { id } = await cloud.core.database.prisma.host.create({
    data: { name: 'rack-1', facts, lastHeartbeatAt: new Date(), ...secrets, ...sizes },
  });
  return id;
}

/** What went with its user. */
async function putOwnBack({ core }: Cloud, { user: userId, keyPair, notification }: Things): Promise<void> {
  const { prisma } = core.database;
  const key = { id: keyPair, userId, name: 'key', kind: 'ssh-ed25519', fingerprintSha256: 'SHA256:x' };
  await prisma.keyPair.upsert({ where: { id: keyPair }, create: { ...key, publicKey: ed25519Key }, update: {} });
  const told = { id: notification, userId, tone: 'bad', title: 'Create server failed: attacked', noun: 'server' };
  await prisma.notification.upsert({ where: { id: notification }, create: told, update: {} });
}

/** Puts back what a permitted question before this one removed. */
async function putBack(
  { cloud, other, things }: Pick<DenialWorld, 'cloud' | 'other' | 'things'>,
  name: string,
): Promise<void> {
  const { prisma } = cloud.core.database;
  const { user, assignment, flavor, host } = things;
  await putIdentityBack(cloud, things, name);
  await putQuotaRequestBack(cloud, things, name);
  await putRoutersBack(cloud, things, name);
  await putSharingBack(cloud, things, name);
  if (name === 'user.delete') {
    const create = { id: user, domainId: cloud.domainId, name: `owner-${randomUUID()}` };
    await prisma.user.upsert({ where: { id: user }, create, update: {} });
  }
  if (name.startsWith('keyPair.') || name.startsWith('notification.')) await putOwnBack(cloud, things);
  if (name === 'roleAssignment.create' || name === 'roleAssignment.delete') {
    await prisma.roleAssignment.deleteMany({ where: { userId: user } });
    await prisma.roleAssignment.create({
      data: { id: assignment, userId: user, projectId: other.id, roleId: builtInRoleIds.reader },
    });
  }
  // A rule that is there is refused a second time.
  if (name === 'securityGroup.createRule') await prisma.securityGroupRule.deleteMany({ where: { protocol: 'icmp' } });
  if (name === 'flavor.delete') {
    const create = { id: flavor, name: `hidden-${randomUUID()}`, vcpus: 1, memoryMib: 64, diskGib: 1, isPublic: false };
    await prisma.flavor.upsert({ where: { id: flavor }, create, update: {} });
  }
  await putPlacementBack(cloud, things, name);
  if (name === 'webhook.delete') await putWebhook(cloud, things);
  if (name.startsWith('imageMember.')) await putMemberBack(cloud, things);
  if (name === 'host.delete') {
    await prisma.host.upsert({ where: { id: host }, create: { id: host, ...rack() }, update: {} });
  }
}
