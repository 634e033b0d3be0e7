import { createRequire } from 'node:module';
import { clientAddressHeader, edgeProof, edgeProofHeader } from '@unkai/core/identity/edge-trust';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Cloud,
  makePerson,
  makeSession,
  makeTenant,
  makeToken,
  openCloud,
  origin,
  problemBody,
  secret,
  type Tenant,
  userPassword,
  withId,
} from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const member = () => makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
const me = (token: string) => cloud.ask('GET', '/v1/users/me', { token });
const signIn = (username: string, password = userPassword, headers = {}) =>
  cloud.ask('POST', '/v1/sessions', { body: { username, password }, headers });

describe('signing in', () => {
  test('gives a session once, which says who one is and what one reaches', async () => {
    const person = await member();
    const told = await signIn(person.name);
    expect(told.status).toBe(201);
    const created = z.object({ token: z.string().startsWith('uks_') }).parse(told.body);
    const user = (await me(created.token)).body;
    expect(user).toMatchObject({ name: person.name, systemRole: null, projects: [{ id: tenant.id, role: 'member' }] });
    expect(cloud.logged.join('')).not.toContain(created.token);
  });

  test('A12: an unknown name, a wrong password and a disabled user answer alike', async () => {
    const person = await member();
    const disabled = await member();
    await cloud.core.database.prisma.user.update({ where: { id: disabled.id }, data: { isEnabled: false } });
    const answers = await Promise.all([
      signIn(person.name, 'wrong password'),
      signIn('nobody-of-that-name'),
      signIn(disabled.name),
    ]);
    const told = answers.map(({ status, body }) => ({ status, ...problemBody.omit({ requestId: true }).parse(body) }));
    expect(
      new Set(told.map(({ status, code, detail, next }) => JSON.stringify({ status, code, detail, next }))),
    ).toEqual(
      new Set([
        JSON.stringify({
          status: 401,
          code: 'wrong_credentials',
          detail: 'Name or password is wrong.',
          next: 'Check the name, the domain and the password.',
        }),
      ]),
    );
  });

  test('A14: a password of a megabyte is refused before anything is hashed', async () => {
    const told = await signIn('somebody', 'x'.repeat(513));
    expect(problemBody.parse(told.body)).toMatchObject({ code: 'invalid_input', errors: [{ field: 'password' }] });
    expect((await signIn('somebody', 'x'.repeat(1_100_000))).status).toBe(413);
  });

  test('A12: guessing one name is stopped, whether it exists or not, and says when to come back', async () => {
    for (const name of [(await member()).name, 'never-was']) {
      for (let tries = 0; tries < 10; tries += 1) await signIn(name, 'wrong password');
      const stopped = await signIn(name);
      expect(stopped.status).toBe(429);
      expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  test('guessing is also stopped while Redis is away', async () => {
    await using other = await openCloud();
    const { redis } = other.core.queues;
    redis.disconnect();
    // What is sent before the connection has ended is still counted there.
    await expect.poll(() => redis.status).toBe('end');
    const tries = [];
    for (let count = 0; count < 11; count += 1) {
      tries.push((await other.ask('POST', '/v1/sessions', { body: { username: 'x', password: 'y' } })).status);
    }
    expect(tries).toEqual([...Array(10).fill(401), 429]);
  });

  test('a refused attempt is in the audit log without what was typed', async () => {
    await signIn('my-secret-password-by-mistake', 'wrong password');
    const lines = await cloud.core.database.prisma.auditLine.findMany({ where: { action: 'session:create' } });
    expect(lines).toContainEqual(expect.objectContaining({ outcome: 'refused', actorName: 'anonymous' }));
    expect(JSON.stringify(lines)).not.toContain('my-secret-password-by-mistake');
  });
});

describe('A08: what is taken away counts at once', () => {
  test('a session that was signed out', async () => {
    const { token } = await member();
    expect((await cloud.ask('DELETE', '/v1/sessions/current', { token })).status).toBe(204);
    expect((await me(token)).status).toBe(401);
  });

  test('a role', async () => {
    const { id, token } = await member();
    await cloud.core.database.prisma.roleAssignment.deleteMany({ where: { userId: id } });
    expect((await cloud.ask('GET', `/v1/projects/${tenant.id}/servers`, { token })).status).toBe(404);
  });

  test('all sessions, when the password changes', async () => {
    const { id, token } = await member();
    const operator = await makePerson(cloud, { system: 'admin' });
    await cloud.ask('PATCH', `/v1/users/${id}`, { token: operator.token, body: { password: 'another password' } });
    expect((await me(token)).status).toBe(401);
  });

  test('an API token', async () => {
    const person = await member();
    const made = await cloud.ask('POST', '/v1/api-tokens', { token: person.token, body: { name: 'ci' } });
    const { id, token } = z.object({ id: z.string(), token: z.string() }).parse(made.body);
    expect((await me(token)).status).toBe(200);
    await cloud.ask('DELETE', `/v1/api-tokens/${id}`, { token: person.token });
    expect((await me(token)).status).toBe(401);
  });
});

describe('A09: a disabled user, project or domain is out at once, on every way in', () => {
  test('user', async () => {
    const { id, token } = await member();
    const apiToken = await makeToken(cloud.core, id, {});
    await cloud.core.database.prisma.user.update({ where: { id }, data: { isEnabled: false } });
    expect([(await me(token)).status, (await me(apiToken)).status]).toEqual([401, 401]);
  });

  test('project', async () => {
    const closed = await makeTenant(cloud);
    const { token } = await makePerson(cloud, { project: { id: closed.id, role: 'admin' } });
    await cloud.core.database.prisma.project.update({ where: { id: closed.id }, data: { isEnabled: false } });
    expect((await cloud.ask('GET', `/v1/projects/${closed.id}/servers`, { token })).status).toBe(404);
    expect((await me(token)).body).toMatchObject({ projects: [] });
  });

  test('domain', async () => {
    const { prisma } = cloud.core.database;
    const domain = await prisma.domain.create({ data: { name: 'closed', isEnabled: false } });
    const user = await prisma.user.create({ data: { domainId: domain.id, name: 'inside' } });
    const token = await makeSession(cloud.core, user.id);
    expect((await me(token)).status).toBe(401);
  });
});

describe('A06: identity comes from a credential and from nothing else', () => {
  test('headers that claim one are nothing', async () => {
    const { id } = await makePerson(cloud, { system: 'admin' });
    const headers = { 'x-user-id': id, 'x-roles': 'admin', 'x-is-admin-project': 'true', 'x-unkai-user': id };
    expect((await cloud.ask('GET', '/v1/users/me', { headers })).status).toBe(401);
  });

  test('an address is believed from the edge that proves itself, and from nobody else', async () => {
    const claimed = { 'x-forwarded-for': '203.0.113.7', [clientAddressHeader]: '203.0.113.7' };
    const addressOf = async (headers: Record<string, string>) => {
      const person = await member();
      const { id } = withId.parse((await signIn(person.name, userPassword, headers)).body);
      return (await cloud.core.database.prisma.session.findUniqueOrThrow({ where: { id } })).address;
    };
    expect(await addressOf(claimed)).toBeNull();
    expect(await addressOf({ ...claimed, [edgeProofHeader]: 'guessed' })).toBeNull();
    expect(await addressOf({ ...claimed, [edgeProofHeader]: edgeProof(secret) })).toBe('203.0.113.7');
  });
});

describe('A02, A10: a token never makes a wider or longer one', () => {
  test('its scope bounds what it makes', async () => {
    const person = await member();
    const narrow = await makeToken(cloud.core, person.id, { permissions: ['api-token:create', 'server:read'] });
    const wider = { name: 'wider', permissions: ['server:delete'] };
    expect((await cloud.ask('POST', '/v1/api-tokens', { token: narrow, body: wider })).status).toBe(403);
    const child = await cloud.ask('POST', '/v1/api-tokens', { token: narrow, body: { name: 'child' } });
    expect(child.body).toMatchObject({ permissions: ['api-token:create', 'server:read'] });
  });

  test('it does not outlive the one that made it', async () => {
    const person = await member();
    const parent = await makeToken(cloud.core, person.id, {});
    const child = await cloud.ask('POST', '/v1/api-tokens', {
      token: parent,
      body: { name: 'child', expiresInDays: 3650 },
    });
    const expiresAt = z.object({ expiresAt: z.string() }).parse(child.body).expiresAt;
    const own = await cloud.core.database.prisma.apiToken.findFirstOrThrow({
      where: { userId: person.id, name: { not: 'child' } },
    });
    expect(new Date(expiresAt)).toEqual(own.expiresAt);
  });
});

describe('the cookie of the portal', () => {
  const nextAuth = z.object({
    encode: z.custom<(given: { token: object; secret: string }) => Promise<string>>(
      (value) => typeof value === 'function',
    ),
  });
  // Required, not imported: the types of next-auth bring all of Next.js into ours.
  const { encode } = nextAuth.parse(createRequire(import.meta.url)('next-auth/jwt'));
  const cookieOf = async (token: string, with_ = secret) =>
    `next-auth.session-token=${await encode({ token: { sessionToken: token }, secret: with_ })}`;

  test('carries the session, as next-auth writes it', async () => {
    const { token, name } = await member();
    const told = await cloud.ask('GET', '/v1/users/me', { headers: { cookie: await cookieOf(token) } });
    expect(told.body).toMatchObject({ name });
  });

  test('is nothing when another secret made it', async () => {
    const { token } = await member();
    const cookie = await cookieOf(token, 'd'.repeat(64));
    expect((await cloud.ask('GET', '/v1/users/me', { headers: { cookie } })).status).toBe(401);
  });

  test.each(['/v1/api-tokens', '/trpc/apiToken.create'])(
    'changes nothing from a page of another site: %s',
    async (path) => {
      const { token } = await member();
      const cookie = await cookieOf(token);
      const from = (headers: Record<string, string>) =>
        cloud.ask('POST', path, { body: { name: 'ci' }, headers: { cookie, ...headers } });
      expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
      expect((await from({ origin: 'null' })).status).toBe(403);
      expect((await from({})).status).toBe(403);
      const elsewhere = { origin: 'http://192.0.2.9:7080', 'x-forwarded-host': '192.0.2.9:7080' };
      expect((await from(elsewhere)).status).toBe(403);
      const viaEdge = { [edgeProofHeader]: edgeProof(secret) };
      expect((await from({ ...elsewhere, ...viaEdge, origin: 'https://evil.example' })).status).toBe(403);
      expect((await from({ ...elsewhere, ...viaEdge })).status).toBeLessThan(300);
      const other = { body: { name: 'cd' }, headers: { cookie, origin } };
      expect((await cloud.ask('POST', path, other)).status).toBeLessThan(300);
    },
  );
});

test('the last operator cannot be removed, disabled or stripped of the role', async () => {
  await using alone = await openCloud();
  const operator = await makePerson(alone, { system: 'admin' });
  const { token } = operator;
  const assignment = await alone.core.database.prisma.roleAssignment.findFirstOrThrow({
    where: { userId: operator.id },
  });
  const tries = await Promise.all([
    alone.ask('DELETE', `/v1/users/${operator.id}`, { token }),
    alone.ask('PATCH', `/v1/users/${operator.id}`, { token, body: { isEnabled: false } }),
    alone.ask('DELETE', `/v1/role-assignments/${assignment.id}`, { token }),
  ]);
  expect(tries.map(({ status }) => status)).toEqual([409, 409, 409]);
});
