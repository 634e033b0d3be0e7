// One policy under all doors: what the REST door refuses, the identity door refuses alike, whoever asks.
import { randomUUID } from 'node:crypto';
import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';
import { keystoneToken, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let victim: { readonly id: string };
let domainId: string;
let ownerId: string;
const tokens: Record<string, string | null> = {};

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  const { prisma } = cloud.core.database;
  victim = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  domainId = (await prisma.domain.create({ data: { name: 'another' } })).id;
  const personOn = async (role: 'reader' | 'member' | 'manager' | 'admin', project = tenant) =>
    keystoneToken(cloud, (await makePerson(cloud, { project: { id: project.id, role } })).name, project.id);
  for (const role of ['reader', 'member', 'manager', 'admin'] as const) tokens[role] = await personOn(role);
  tokens['other project'] = await personOn('admin', await makeTenant(cloud));
  tokens['revoked'] = await personOn('admin');
  const revoking = openstackOf(cloud, '/identity', tokens['revoked']);
  await revoking('DELETE', '/v3/auth/tokens', { headers: { 'x-subject-token': tokens['revoked'] } });
  tokens['restricted credential'] = await restricted();
  tokens['none'] = null;
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** A token of an application credential that makes no credentials, of a user who may do anything. */
async function restricted(): Promise<string> {
  const owner = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' } });
  ownerId = owner.id;
  const body = { name: 'ci', projectId: tenant.id };
  const made = await cloud.ask('POST', '/v1/application-credentials', { token: owner.token, body });
  const { id, secret } = z.object({ id: z.string(), secret: z.string() }).parse(made.body);
  const identity = { methods: ['application_credential'], application_credential: { id, secret } };
  const told = await cloud.ask('POST', '/identity/v3/auth/tokens', { body: { auth: { identity } } });
  return told.headers.get('x-subject-token') ?? '';
}

interface Pair {
  readonly what: string;
  readonly rest: () => [method: string, path: string, body?: object];
  readonly keystone: () => [method: string, path: string, body?: object];
}

const name = () => `x-${randomUUID()}`;
const role = builtInRoleIds.reader;
const pairs: readonly Pair[] = [
  {
    what: 'make a domain',
    rest: () => ['POST', '/domains', { name: name() }],
    keystone: () => ['POST', '/domains', { domain: { name: name() } }],
  },
  {
    what: 'disable a domain',
    rest: () => ['PATCH', `/domains/${domainId}`, { isEnabled: false }],
    keystone: () => ['PATCH', `/domains/${domainId}`, { domain: { enabled: false } }],
  },
  {
    what: 'make a project',
    rest: () => ['POST', '/projects', { name: name(), domainId: defaultDomainId }],
    keystone: () => ['POST', '/projects', { project: { name: name(), domain_id: 'default' } }],
  },
  {
    what: 'rename a project',
    rest: () => ['PATCH', `/projects/${tenant.id}`, { description: 'mine' }],
    keystone: () => ['PATCH', `/projects/${tenant.id}`, { project: { description: 'mine' } }],
  },
  {
    what: 'list users',
    rest: () => ['GET', '/users'],
    keystone: () => ['GET', '/users'],
  },
  {
    what: 'make a user',
    rest: () => ['POST', '/users', { name: name(), domainId: defaultDomainId }],
    keystone: () => ['POST', '/users', { user: { name: name() } }],
  },
  {
    what: 'take over a user',
    rest: () => ['PATCH', `/users/${victim.id}`, { password: 'a long enough one' }],
    keystone: () => ['PATCH', `/users/${victim.id}`, { user: { password: 'a long enough one' } }],
  },
  {
    what: 'delete a user',
    rest: () => ['DELETE', `/users/${victim.id}`],
    keystone: () => ['DELETE', `/users/${victim.id}`],
  },
  {
    what: 'make a group',
    rest: () => ['POST', '/groups', { name: name(), domainId: defaultDomainId }],
    keystone: () => ['POST', '/groups', { group: { name: name(), domain_id: 'default' } }],
  },
  {
    what: 'make a role',
    rest: () => ['POST', '/roles', { name: name() }],
    keystone: () => ['POST', '/roles', { role: { name: name() } }],
  },
  {
    what: 'let a role imply another',
    rest: () => ['POST', `/roles/${role}/implied`, { impliedRoleId: builtInRoleIds.admin }],
    keystone: () => ['PUT', `/roles/${role}/implies/${builtInRoleIds.admin}`],
  },
  {
    what: 'give a role on a project',
    rest: () => ['POST', '/role-assignments', { role, userId: victim.id, projectId: tenant.id }],
    keystone: () => ['PUT', `/projects/${tenant.id}/users/${victim.id}/roles/${role}`],
  },
  {
    what: 'give a role on the system',
    rest: () => ['POST', '/role-assignments', { role, userId: victim.id }],
    keystone: () => ['PUT', `/system/users/${victim.id}/roles/${role}`],
  },
  {
    what: 'list who has which role',
    rest: () => ['GET', '/role-assignments'],
    keystone: () => ['GET', '/role_assignments'],
  },
  {
    what: 'make a service',
    rest: () => ['POST', '/services', { type: 'x', name: 'x' }],
    keystone: () => ['POST', '/services', { service: { type: 'x', name: 'x' } }],
  },
  {
    what: 'delete a region',
    rest: () => ['DELETE', '/regions/RegionOne'],
    keystone: () => ['DELETE', '/regions/RegionOne'],
  },
];

const personas = ['none', 'revoked', 'reader', 'member', 'manager', 'admin', 'other project', 'restricted credential'];

describe.each(personas)('%s', (persona) => {
  test.each(pairs)('may not $what, by either door alike', async ({ rest, keystone }) => {
    const token = tokens[persona] ?? null;
    const [method, path, body] = rest();
    const { status } = await cloud.ask(method, `/v1${path}`, { token, body });
    const [ownMethod, ownPath, ownBody] = keystone();
    const own = await openstackOf(cloud, '/identity', '')(ownMethod, `/v3${ownPath}`, { token, body: ownBody });
    expect([401, 403, 404]).toContain(status);
    expect(own.status).toBe(status);
  });
});

test('A02: a restricted credential makes no credentials: no other one, no trust, no EC2 key, no secret to keep', async () => {
  const ask = openstackOf(cloud, '/identity', tokens['restricted credential'] ?? '');
  const trust = {
    trustor_user_id: ownerId,
    trustee_user_id: victim.id,
    project_id: tenant.id,
    impersonation: true,
    roles: [{ id: role }],
  };
  const attempts: [string, object][] = [
    [`/v3/users/${ownerId}/application_credentials`, { application_credential: { name: 'wider', unrestricted: true } }],
    [`/v3/users/${ownerId}/credentials/OS-EC2`, { tenant_id: tenant.id }],
    ['/v3/credentials', { credential: { type: 'cert', blob: 'x' } }],
    ['/v3/OS-TRUST/trusts', { trust }],
  ];
  for (const [path, body] of attempts) expect((await ask('POST', path, { body })).status, path).toBe(403);
});
