import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { commit, openDatabase } from '@unkai/core/database/database';
import { ActorCache } from '@unkai/core/identity/actor-cache';
import { authenticate } from '@unkai/core/identity/authenticate';
import { issueToken } from '@unkai/core/identity/issue-token';
import { hashPassword } from '@unkai/core/identity/password-hash';
import { longestChain, signToken, type TokenFacts } from '@unkai/core/identity/token';
import type { Proofs } from '@unkai/core/identity/token-proof';
import type { ScopeRequest } from '@unkai/core/identity/token-scope';
import { findToken, revokeToken } from '@unkai/core/store/token';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant, userPassword } from './cloud.ts';
import { callAs } from './installation.ts';
import { countQueries } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const person = (role: 'reader' | 'member' | 'manager' | 'admin' = 'member') =>
  makePerson(cloud, { project: { id: tenant.id, role } });
const issue = async (proofs: Proofs, scope?: ScopeRequest) => issueToken(await callAs(cloud.core, null), proofs, scope);
const byPassword = ({ id }: { id: string }) => ({ password: { user: { id }, password: userPassword } });
const onTenant = () => ({ kind: 'project', project: { id: tenant.id } }) as const;
const withPassword = (user: { id: string }, scope?: ScopeRequest) => issue(byPassword(user), scope);
const statusOf = async (token: string, path = '/v1/users/me') => (await cloud.ask('GET', path, { token })).status;
const servers = () => `/v1/projects/${tenant.id}/servers`;
const prisma = () => cloud.core.database.prisma;

describe('a token', () => {
  test('by password, for a project named with its domain', async () => {
    const user = await person('manager');
    const proof = { user: { name: user.name, domain: { name: 'default' } }, password: userPassword };
    const project = { name: tenant.name, domain: { id: cloud.domainId } };
    const { token, actor, facts } = await issue({ password: proof }, { kind: 'project', project });
    expect(actor.roles.map(({ name }) => name)).toEqual(['manager', 'member', 'reader']);
    expect(facts).toMatchObject({ methods: ['password'], scope: { kind: 'project', projectId: tenant.id } });
    expect(token.length).toBeLessThanOrEqual(255);
    expect(await statusOf(token, servers())).toBe(200);
  });

  test('is for the default project when no scope is named, and for nothing when there is none or it is said so', async () => {
    const user = await person();
    expect((await withPassword(user)).facts.scope).toEqual({ kind: 'unscoped' });
    await prisma().user.update({ where: { id: user.id }, data: { defaultProjectId: tenant.id } });
    expect((await withPassword(user)).facts.scope).toEqual({ kind: 'project', projectId: tenant.id });
    expect((await withPassword(user, { kind: 'unscoped' })).facts.scope).toEqual({ kind: 'unscoped' });
    await prisma().user.update({ where: { id: user.id }, data: { defaultProjectId: other.id } });
    const { token, facts } = await withPassword(user);
    expect(facts.scope).toEqual({ kind: 'unscoped' });
    expect(await statusOf(token, servers())).toBe(404);
  });

  test('A03: reaches its scope and nothing else', async () => {
    const user = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' }, system: 'reader' });
    const { prisma: rows } = cloud.core.database;
    await rows.roleAssignment.create({ data: { userId: user.id, roleId: builtInRoleIds.admin, projectId: other.id } });
    const { token } = await withPassword(user, onTenant());
    expect(await statusOf(token, servers())).toBe(200);
    expect(await statusOf(token, `/v1/projects/${other.id}/servers`)).toBe(404);
    expect(await statusOf(token, '/v1/hosts')).toBe(403);
    expect(await statusOf((await withPassword(user, { kind: 'system' })).token, '/v1/hosts')).toBe(200);
  });

  test('is refused alike for a place that is not there, is closed, or gives the user no role', async () => {
    const user = await person();
    const closed = await makeTenant(cloud);
    const data = { userId: user.id, roleId: builtInRoleIds.member, projectId: closed.id };
    await prisma().roleAssignment.create({ data });
    await prisma().project.update({ where: { id: closed.id }, data: { isEnabled: false } });
    const wanted: ScopeRequest[] = [
      ...[randomUUID(), closed.id, other.id].map((id) => ({ kind: 'project', project: { id } }) as const),
      { kind: 'project', project: { name: 'never', domain: { name: 'was' } } },
      { kind: 'domain', domain: { id: cloud.domainId } },
      { kind: 'domain', domain: { name: 'never' } },
      { kind: 'system' },
      { kind: 'trust', trustId: randomUUID() },
    ];
    const words = wanted.map((scope) => withPassword(user, scope).catch((error: Error) => error.message));
    expect(new Set(await Promise.all(words))).toEqual(new Set(['You have no role there, or there is no such place.']));
  });
});

describe('A10: a token that was made from another', () => {
  test('ends when that one ends, however late it was made', async () => {
    const user = await person();
    const { facts } = await withPassword(user);
    const soon: TokenFacts = { ...facts, expiresAt: Date.now() + 30_000 };
    const parent = signToken(soon, cloud.core.keys?.tokens ?? expect.fail());
    const child = await issue({ token: parent }, onTenant());
    expect(child.facts.expiresAt).toBe(soon.expiresAt);
    expect(child.facts).toMatchObject({
      methods: ['password', 'token'],
      auditIds: [expect.any(String), ...facts.auditIds],
    });
    expect((await issue({ token: child.token })).facts.expiresAt).toBe(soon.expiresAt);
  });

  test('dies with it, at any distance, and takes nobody along who is not below it', async () => {
    const user = await person();
    const first = await withPassword(user);
    const second = await issue({ token: first.token }, onTenant());
    const third = await issue({ token: second.token }, { kind: 'unscoped' });
    const sibling = await issue({ token: first.token }, onTenant());
    const call = await callAs(cloud.core, first.token);
    const found = await findToken(call, 'token:delete', second.token);
    await commit(cloud.core.database, (unit) => revokeToken(unit, call, found));
    const states = [first, second, third, sibling].map(({ token }) => statusOf(token));
    expect(await Promise.all(states)).toEqual([200, 401, 401, 200]);
    await expect(issue({ token: third.token })).rejects.toMatchObject({ code: 'wrong_credentials' });
  });

  test('is not made without end', async () => {
    const user = await person();
    let { token } = await withPassword(user);
    for (let made = 1; made < longestChain; made += 1) ({ token } = await issue({ token }));
    await expect(issue({ token })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('A08: a token is dead as soon as', () => {
  const scoped = async () => {
    const user = await person();
    const { token } = await withPassword(user, onTenant());
    expect(await statusOf(token)).toBe(200);
    return { ...user, token };
  };

  test('its last role is taken', async () => {
    const { id, token } = await scoped();
    await prisma().roleAssignment.deleteMany({ where: { userId: id } });
    expect(await statusOf(token)).toBe(401);
  });

  test('the password changes, and tokens made from it too, for good', async () => {
    const { id, token } = await scoped();
    const child = await issue({ token });
    const before = await prisma().user.findUniqueOrThrow({ where: { id } });
    await prisma().user.update({ where: { id }, data: { passwordHash: await hashPassword('another password') } });
    await prisma().user.update({ where: { id }, data: { passwordHash: before.passwordHash } });
    expect([await statusOf(token), await statusOf(child.token)]).toEqual([401, 401]);
    expect(await statusOf((await withPassword({ id })).token)).toBe(200);
  });

  test('the user is disabled, and stays dead when the user comes back', async () => {
    const { id, token } = await scoped();
    await prisma().user.update({ where: { id }, data: { isEnabled: false } });
    expect(await statusOf(token)).toBe(401);
    await prisma().user.update({ where: { id }, data: { isEnabled: true } });
    expect(await statusOf(token)).toBe(401);
  });

  test('the user is deleted', async () => {
    const { id, token } = await scoped();
    await prisma().user.delete({ where: { id } });
    expect(await statusOf(token)).toBe(401);
  });

  test('it is revoked in another process: within a second', async () => {
    const { id, token } = await scoped();
    await using here = await rememberingCore();
    await expect.poll(() => here.core.actors.isProven).toBe(true);
    expect(await authenticate(here.core, token)).toMatchObject({ kind: 'token', userId: id });
    expect(await authenticate(here.core, token)).toMatchObject({ kind: 'token', userId: id });
    const call = await callAs(cloud.core, token);
    const found = await findToken(call, 'token:delete', token);
    await commit(cloud.core.database, (unit) => revokeToken(unit, call, found));
    await expect.poll(async () => (await authenticate(here.core, token)).kind, { timeout: 1_000 }).toBe('anonymous');
  });

  test('it is checked without a question to the database, once the process knows it', async () => {
    const { token } = await scoped();
    await using here = await rememberingCore();
    await expect.poll(() => here.core.actors.isProven).toBe(true);
    const queries = countQueries(here);
    expect((await authenticate(here.core, token)).kind).toBe('token');
    const first = queries.count();
    expect(first).toBeGreaterThan(0);
    for (let time = 0; time < 50; time += 1) expect((await authenticate(here.core, token)).kind).toBe('token');
    queries.stop();
    expect(queries.count()).toBe(first);
  });

  /** A process that keeps actors in memory. */
  async function rememberingCore() {
    const database = openDatabase(cloud.services.databaseUrl);
    const actors = new ActorCache(database, cloud.core.log);
    const close = async () => {
      await actors.close();
      await database.close();
    };
    return { core: { ...cloud.core, database, actors }, [Symbol.asyncDispose]: close };
  }
});

test('a token is shown to its owner and to operators, and to nobody else', async () => {
  const { token } = await withPassword(await person());
  const findAs = async (credential: string) => findToken(await callAs(cloud.core, credential), 'token:read', token);
  const operator = await makePerson(cloud, { system: 'reader' });
  expect((await findAs(token)).facts.auditIds).toHaveLength(1);
  expect((await findAs(operator.token)).facts.auditIds).toHaveLength(1);
  await expect(findAs((await person('admin')).token)).rejects.toMatchObject({ code: 'not_found' });
});

test('A02, A10: a token makes no API token, which would outlive and exceed it', async () => {
  const { token } = await withPassword(await person());
  const body = { name: 'longer', expiresInDays: 30 };
  expect((await cloud.ask('POST', '/v1/api-tokens', { token, body })).status).toBe(403);
});

describe('A09: what was disabled and is enabled again brings no token back to life', () => {
  const again = async (table: 'project' | 'domain', id: string) => {
    const prismaOf = prisma();
    const toggle = (isEnabled: boolean) =>
      table === 'project'
        ? prismaOf.project.update({ where: { id }, data: { isEnabled } })
        : prismaOf.domain.update({ where: { id }, data: { isEnabled } });
    await toggle(false);
    await toggle(true);
  };

  test('a project, and one above it', async () => {
    const above = await makeTenant(cloud);
    const below = await prisma().project.create({
      data: { name: `below-${randomUUID()}`, domainId: cloud.domainId, parentId: above.id },
    });
    const user = await makePerson(cloud, { project: { id: below.id, role: 'member' } });
    const onBelow = { kind: 'project', project: { id: below.id } } as const;
    for (const closed of [below.id, above.id]) {
      const first = await withPassword(user, onBelow);
      const child = await issue({ token: first.token }, onBelow);
      await again('project', closed);
      expect(await statusOf(first.token)).toBe(401);
      expect(await statusOf(child.token)).toBe(401);
      expect(await statusOf((await withPassword(user, onBelow)).token)).toBe(200);
    }
  });

  test('a domain, for tokens of it, of its projects and of its users', async () => {
    const domain = await prisma().domain.create({ data: { name: `domain-${randomUUID()}` } });
    const project = await prisma().project.create({ data: { name: 'inside', domainId: domain.id } });
    const outsider = await makePerson(cloud, { project: { id: project.id, role: 'member' } });
    const passwordHash = await hashPassword(userPassword);
    const insider = await prisma().user.create({ data: { name: 'insider', domainId: domain.id, passwordHash } });
    const member = { roleId: builtInRoleIds.member, projectId: tenant.id };
    await prisma().roleAssignment.create({ data: { userId: insider.id, ...member } });
    const roleId = builtInRoleIds.reader;
    await prisma().roleAssignment.create({ data: { userId: outsider.id, roleId, domainId: domain.id } });
    const made = [
      await withPassword(outsider, { kind: 'project', project: { id: project.id } }),
      await withPassword(outsider, { kind: 'domain', domain: { id: domain.id } }),
      await withPassword(insider, onTenant()),
      await withPassword(insider, { kind: 'unscoped' }),
    ];
    const elsewhere = await withPassword(await person(), onTenant());
    await again('domain', domain.id);
    for (const { token } of made) expect(await statusOf(token)).toBe(401);
    expect(await statusOf(elsewhere.token)).toBe(200);
  });
});
