import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restRoutes, takesKey } from '../src/doors/rest-routes.ts';
import {
  type Cloud,
  makeParts,
  makePerson,
  makeSession,
  makeTenant,
  makeToken,
  openCloud,
  type Tenant,
  type Told,
} from './cloud.ts';
import { denialTable, ed25519Key } from './denial-table.ts';
import {
  type DomainRoles,
  giveDomainRoles,
  lendThings,
  makeIdentityThings,
  putIdentityBack,
  rack,
} from './denial-things.ts';
import type { Things, Verdict } from './denial-verdicts.ts';
import { factsOf } from './installation.ts';
import { type Persona, personaNames, personas } from './personas.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let things: Things;
const tokens = new Map<Persona, string | null>();

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
  await cloud.core.database.prisma.projectQuota.createMany({
    data: ['servers', 'vcpus', 'memoryMib', 'networks', 'images', 'securityGroups', 'securityGroupRules', 'ports'].map(
      (name) => ({ projectId: tenant.id, name, limit: 1_000_000 }),
    ),
  });
  things = await makeThings();
  for (const persona of personaNames) tokens.set(persona, await credentialOf(persona));
}, 120_000);
afterAll(() => cloud[Symbol.asyncDispose]());

test('every operation is in the table, and nothing else', () => {
  expect(Object.keys(denialTable).toSorted()).toEqual(restRoutes.map(({ name }) => name).toSorted());
});

describe.each(restRoutes.map(({ name }) => name))('%s', (name) => {
  test.each(personaNames)('%s, through both doors', async (persona) => {
    const row = denialTable[name];
    const expected = row?.expected[persona];
    const token = tokens.get(persona) ?? null;
    const input = () => row?.input(things) ?? {};
    await putBack(name);
    expect(verdictOf(await askRest(name, input(), token)), '/v1').toBe(expected);
    await putBack(name);
    expect(verdictOf(await askTrpc(name, input(), token)), '/trpc').toBe(expected);
  });
});

describe('what a caller may not know of answers like what never was', () => {
  // Everyone who is signed in may know of these.
  const known = /^(role|region|service|endpoint)\./;
  const named = restRoutes.filter(
    ({ name, path }) => path.includes('{id}') && path !== '/sessions/{id}' && !known.test(name),
  );
  test.each(named.map(({ name }) => name))('%s', async (name) => {
    const token = tokens.get('member of another project') ?? null;
    const input = denialTable[name]?.input(things) ?? {};
    const never = randomUUID();
    const foreign = await askRest(name, input, token);
    const missing = await askRest(
      name,
      { ...input, id: never, ...('securityGroupId' in input && { securityGroupId: never }) },
      token,
    );
    const shown = 'securityGroupId' in input ? String(input['securityGroupId']) : String(input['id']);
    expect(withoutIds(foreign.text, shown)).toBe(withoutIds(missing.text, never));
    expect(foreign.status).toBe(404);
  });
});

const requestId = /"requestId":"[^"]*"/;
function withoutIds(text: string, id: string): string {
  return text.replace(requestId, '').replaceAll(id, '{id}');
}

describe('a create with a key writes what it makes and its answer in one transaction', () => {
  // What they name is not in a state, is there already, or is not the operator's own; they are asked for elsewhere.
  const lent = ['applicationCredential.create', 'trust.create', 'totp.confirm', 'totp.renewRecoveryCodes'];
  const refused = ['consoleSession.create', 'subnet.create', ...lent];
  const creates = restRoutes.filter(takesKey).map(({ name }) => name);
  test.each(creates.filter((name) => !refused.includes(name)))('H16: %s', async (name) => {
    await putBack(name);
    const key = { 'idempotency-key': randomUUID() };
    const token = tokens.get('system admin') ?? null;
    const input = denialTable[name]?.input(things) ?? {};
    const first = await askRest(name, input, token, key);
    expect(first).toMatchObject({ status: 201 });
    // Two transactions under one key would have found the key taken.
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const again = await askRest(name, input, token, key);
    const showsSecret = again.status === 409 && again.text.includes('shown only once');
    if (!showsSecret) expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await cloud.core.database.prisma.idempotencyKey.count({ where: { key: key['idempotency-key'] } })).toBe(1);
  });
});

test('every refusal of something that is there is in the audit log', async () => {
  const { prisma } = cloud.core.database;
  const before = await prisma.auditLine.count({ where: { outcome: 'refused' } });
  await askRest('server.delete', { id: things.server }, tokens.get('reader') ?? null);
  await askRest('server.get', { id: things.server }, tokens.get('member of another project') ?? null);
  const lines = await prisma.auditLine.findMany({ where: { outcome: 'refused' }, orderBy: { at: 'desc' }, take: 2 });
  expect(await prisma.auditLine.count({ where: { outcome: 'refused' } })).toBe(before + 2);
  expect(lines.map(({ action }) => action).toSorted()).toEqual(['server:delete', 'server:read']);
});

function verdictOf({ status }: Told): Verdict {
  if (status === 401 || status === 403 || status === 404) return status;
  if (status < 500) return 'let through';
  throw new Error(`answered ${status}`);
}

function askRest(
  name: string,
  input: Record<string, unknown>,
  token: string | null,
  headers: Record<string, string> = {},
): Promise<Told> {
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
  return cloud.ask(route.method, `/v1${path}`, { token, headers, ...body });
}

function askTrpc(name: string, input: Record<string, unknown>, token: string | null): Promise<Told> {
  const route = restRoutes.find((each) => each.name === name);
  return route?.type === 'query'
    ? cloud.ask('GET', `/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, { token })
    : cloud.ask('POST', `/trpc/${name}`, { token, body: input });
}

async function credentialOf(persona: Persona): Promise<string | null> {
  if (persona === 'nobody') return null;
  if (persona === 'garbage token') return `unk_${'x'.repeat(43)}`;
  const { roles, confinement } = shapeOf(persona);
  const person = await makePerson(cloud, {
    ...(roles?.project && { project: { id: tenant.id, role: roles.project } }),
    ...(roles?.system && { system: roles.system }),
  });
  const { prisma } = cloud.core.database;
  if (roles?.otherProject) {
    await prisma.roleAssignment.create({
      data: { userId: person.id, projectId: other.id, roleId: builtInRoleIds[roles.otherProject] },
    });
  }
  await giveDomainRoles(cloud, person.id, roles ?? {});
  if (confinement === 'other') return makeToken(cloud.core, person.id, { projectId: other.id });
  if (confinement) return makeToken(cloud.core, person.id, confinement);
  if (persona === 'expired session') return makeSession(cloud.core, person.id, -1);
  if (persona === 'revoked token') {
    const token = await makeToken(cloud.core, person.id, {});
    await prisma.apiToken.deleteMany({ where: { userId: person.id } });
    return token;
  }
  if (persona === 'disabled user') await prisma.user.update({ where: { id: person.id }, data: { isEnabled: false } });
  return person.token;
}

type Shape = {
  roles?: DomainRoles & {
    project?: 'reader' | 'member' | 'manager' | 'admin';
    otherProject?: 'admin';
    system?: 'reader' | 'admin';
  };
  confinement?: 'other' | { permissions: ['server:read'] };
};

function shapeOf(persona: Persona): Shape {
  const shape: Shape = {};
  const given = personas[persona];
  if ('roles' in given) shape.roles = given.roles;
  if ('confinement' in given) {
    shape.confinement = given.confinement === 'other' ? 'other' : { permissions: ['server:read'] };
  }
  return shape;
}

/** Rows that the operations name. Those that a permitted delete would take are put back before each question. */
async function makeThings(): Promise<Things> {
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
    ...(await makeOwnThings()),
    ...(await makeServerThings(parts)),
    host: await makeHostRow(),
    ...(await makeIdentityThings(cloud)),
  };
}

/** What belongs to a user and not to a project. */
async function makeOwnThings() {
  const { prisma } = cloud.core.database;
  const owner = await makePerson(cloud, {});
  await makeToken(cloud.core, owner.id, {});
  const where = { userId: owner.id };
  const keyPair = await prisma.keyPair.create({
    data: { ...where, name: 'key', kind: 'ssh-ed25519', publicKey: ed25519Key, fingerprintSha256: 'SHA256:x' },
  });
  const session = await prisma.session.findFirstOrThrow({ where });
  const apiToken = await prisma.apiToken.findFirstOrThrow({ where });
  const lendings = await lendThings(cloud, owner.id, tenant.id);
  return { user: owner.id, session: session.id, apiToken: apiToken.id, keyPair: keyPair.id, ...lendings };
}

async function makeServerThings(parts: Awaited<ReturnType<typeof makeParts>>) {
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
  const image = await prisma.image.create({ data: { projectId, name: 'own', state: 'queued', diskFormat: 'raw' } });
  return { server: server.id, port: port.id, operation: operation.id, image: image.id };
}

async function makeHostRow(): Promise<string> {
  const facts = factsOf('rack-1');
  const secrets = { credentialHash: new Uint8Array(32), redisPasswordHash: '' };
  const { vcpus, memoryMib, diskGib, underlayAddress } = facts;
  const sizes = { vcpus, memoryMib, diskGib, underlayAddress };
  const { id } = await cloud.core.database.prisma.host.create({
    data: { name: 'rack-1', facts, lastHeartbeatAt: new Date(), ...secrets, ...sizes },
  });
  return id;
}

/** Puts back what a permitted question before this one removed. */
async function putBack(name: string): Promise<void> {
  const { prisma } = cloud.core.database;
  const { user, assignment, flavor, host } = things;
  await putIdentityBack(cloud, things, name);
  if (name === 'user.delete') {
    const create = { id: user, domainId: cloud.domainId, name: `owner-${randomUUID()}` };
    await prisma.user.upsert({ where: { id: user }, create, update: {} });
  }
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
  if (name === 'host.delete') {
    await prisma.host.upsert({ where: { id: host }, create: { id: host, ...rack() }, update: {} });
  }
}
