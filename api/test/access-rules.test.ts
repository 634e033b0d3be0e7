import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant, userPassword } from './cloud.ts';
import { askOpenstack, openstackToken } from './openstack-ask.ts';

let cloud: Cloud;
let tenant: Tenant;
let person: { readonly id: string };
let own: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  own = await openstackToken(cloud, { user: person.id, password: userPassword, project: tenant.id });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (token: string, method: string, path: string, body?: unknown) =>
  askOpenstack(cloud, method, path, { token, body });
const status = async (token: string, method: string, path: string, body?: unknown) =>
  (await ask(token, method, path, body)).status;
const rule = z.object({ id: z.string(), service: z.string(), method: z.string(), path: z.string() });
const made = z.object({
  application_credential: z.object({ id: z.string(), secret: z.string(), access_rules: z.array(rule).default([]) }),
});
const all = () => `/identity/v3/users/${person.id}`;

async function lend(accessRules: object[], more: object = {}) {
  const wanted = { name: randomUUID(), access_rules: accessRules, ...more };
  const told = await ask(own, 'POST', `${all()}/application_credentials`, { application_credential: wanted });
  expect(told.status, told.text).toBe(201);
  const lent = made.parse(told.body).application_credential;
  return { ...lent, token: await openstackToken(cloud, { applicationCredential: lent }) };
}

const listing = { service: 'compute', method: 'GET', path: '/v2.1/servers' };

test('A02: a credential with rules is good for the requests that they include, on every door, and for no other', async () => {
  const { token } = await lend([listing, { service: 'unkai', method: 'GET', path: '/v1/projects/{id}/networks' }]);
  expect(await status(token, 'GET', '/compute/v2.1/servers')).toBe(200);
  for (const path of [
    '/compute/v2.1/servers/detail',
    '/compute/v2.1/flavors',
    '/network/v2.0/networks',
    '/image/v2/images',
    '/identity/v3/auth/catalog',
  ]) {
    expect(await status(token, 'GET', path), path).toBe(403);
  }
  expect(await status(token, 'POST', '/compute/v2.1/servers', { server: {} })).toBe(403);
  const rest = async (path: string) => (await cloud.ask('GET', path, { token })).status;
  expect(await rest(`/v1/projects/${tenant.id}/networks`)).toBe(200);
  expect(await rest(`/v1/projects/${tenant.id}/servers`)).toBe(403);
  expect(await rest('/v1/users/me')).toBe(403);
  expect(await rest('/trpc/session.current')).toBe(403);
  const lines = await cloud.core.database.prisma.auditLine.findMany({ where: { action: 'access-rule:use' } });
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatchObject({ outcome: 'refused', actorId: person.id });
  expect(lines[0]?.detail).toMatch(
    /^No access rule of this credential includes GET \/v2.1\/servers\/detail of compute/,
  );
});

test('A02: the block storage door goes by the type of its service, whatever its path begins with', async () => {
  const { token } = await lend([{ service: 'block-storage', method: 'GET', path: '/v3/*/limits' }]);
  expect(await status(token, 'GET', `/volume/v3/${tenant.id}/limits`)).toBe(200);
  expect(await status(token, 'GET', `/volume/v3/${tenant.id}/volumes`)).toBe(403);
  const { token: ofAnother } = await lend([{ service: 'volume', method: 'GET', path: '/**' }]);
  expect(await status(ofAnother, 'GET', `/volume/v3/${tenant.id}/limits`)).toBe(403);
});

test('A02: nor is a token made from its token, and it lends nothing on', async () => {
  const everything = { service: 'identity', method: 'POST', path: '/v3/**' };
  const { token } = await lend([listing, everything], { unrestricted: true });
  const body = { auth: { identity: { methods: ['token'], token: { id: token } } } };
  const child = (await cloud.ask('POST', '/identity/v3/auth/tokens', { body })).headers.get('x-subject-token') ?? '';
  expect(await status(child, 'GET', '/compute/v2.1/servers')).toBe(200);
  expect(await status(child, 'GET', '/compute/v2.1/flavors')).toBe(403);
  const wider = { application_credential: { name: 'wider' } };
  expect(await status(token, 'POST', `${all()}/application_credentials`, wider)).toBe(403);
  expect(await status(token, 'POST', `${all()}/credentials/OS-EC2`, { tenant_id: tenant.id })).toBe(403);
});

test('services of others are told the rules with the token', async () => {
  const { token } = await lend([listing]);
  const told = await askOpenstack(cloud, 'GET', '/identity/v3/auth/tokens', {
    token: own,
    headers: { 'x-subject-token': token },
  });
  expect(told.body).toMatchObject({ token: { application_credential: { access_rules: [listing] } } });
});

test('rules are kept once, listed and shown to their user, named by id, and stay while they are in use', async () => {
  const first = await lend([listing]);
  const [kept] = first.access_rules;
  const second = await lend([{ id: kept?.id }]);
  expect(second.access_rules).toEqual(first.access_rules);
  const listed = z.object({ access_rules: z.array(rule) }).parse((await ask(own, 'GET', `${all()}/access_rules`)).body);
  expect(listed.access_rules.filter(({ path }) => path === listing.path)).toHaveLength(1);
  const path = `${all()}/access_rules/${kept?.id}`;
  expect((await ask(own, 'GET', path)).body).toMatchObject({ access_rule: listing });
  const stranger = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const other = await openstackToken(cloud, { user: stranger.id, password: userPassword, project: tenant.id });
  expect(await status(other, 'GET', path)).toBe(404);
  expect(await status(other, 'DELETE', `/identity/v3/users/${stranger.id}/access_rules/${kept?.id}`)).toBe(404);
  expect(await status(own, 'DELETE', path)).toBe(403);
  await cloud.core.database.prisma.applicationCredential.deleteMany({ where: { userId: person.id } });
  expect(await status(own, 'DELETE', path)).toBe(204);
  const bad = { application_credential: { name: 'bad', access_rules: [{ ...listing, path: 'v2.1/servers' }] } };
  expect(await status(own, 'POST', `${all()}/application_credentials`, bad)).toBe(400);
});
