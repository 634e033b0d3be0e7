import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { issueToken } from '@unkai/core/identity/issue-token';
import type { Proofs } from '@unkai/core/identity/token-proof';
import type { ScopeRequest } from '@unkai/core/identity/token-scope';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { callAs } from './installation.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const person = (role: 'reader' | 'member' | 'admin' = 'member') =>
  makePerson(cloud, { project: { id: tenant.id, role } });
const issue = async (proofs: Proofs, scope?: ScopeRequest) => issueToken(await callAs(cloud.core, null), proofs, scope);
const statusOf = async (token: string, path = '/v1/users/me') => (await cloud.ask('GET', path, { token })).status;
const servers = () => `/v1/projects/${tenant.id}/servers`;
const prisma = () => cloud.core.database.prisma;
const lent = z.looseObject({ id: z.string(), secret: z.string(), roles: z.array(z.looseObject({ name: z.string() })) });

async function lend(token: string, more: object = {}) {
  const body = { name: randomUUID(), projectId: tenant.id, ...more };
  const told = await cloud.ask('POST', '/v1/application-credentials', { token, body });
  expect(told.status).toBe(201);
  return lent.parse(told.body);
}

const byCredential = ({ id, secret }: { id: string; secret: string }) =>
  issue({ applicationCredential: { of: { id }, secret } });

describe('an application credential', () => {
  test('A03: gives the roles that were asked for, while the user still has them', async () => {
    const user = await person('admin');
    const narrow = await lend(user.token, { roleIds: [builtInRoleIds.reader] });
    expect(narrow.roles.map(({ name }) => name)).toEqual(['reader']);
    const { token, facts } = await byCredential(narrow);
    expect(facts.methods).toEqual(['application_credential']);
    expect(await statusOf(token, servers())).toBe(200);
    const make = { token, body: { name: 'net' } };
    expect((await cloud.ask('POST', `/v1/projects/${tenant.id}/networks`, make)).status).toBe(403);
    await prisma().roleAssignment.deleteMany({ where: { userId: user.id } });
    expect(await statusOf(token)).toBe(401);
    await expect(byCredential(narrow)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('A02: lends no role that its maker does not have, and none on a project of others', async () => {
    const { token } = await person('reader');
    const ask = (body: object) =>
      cloud.ask('POST', '/v1/application-credentials', { token, body: { name: randomUUID(), ...body } });
    expect((await ask({ projectId: tenant.id, roleIds: [builtInRoleIds.admin] })).status).toBe(400);
    expect((await ask({ projectId: other.id })).status).toBe(400);
  });

  test('A02: a confined API token lends nothing', async () => {
    const { id } = await person('admin');
    const token = await makeToken(cloud.core, id, { permissions: ['application-credential:create', 'server:read'] });
    const body = { name: 'wider', projectId: tenant.id };
    expect((await cloud.ask('POST', '/v1/application-credentials', { token, body })).status).toBe(403);
  });

  test('A05: a restricted one makes and removes no credential of any kind', async () => {
    const user = await person('admin');
    const { token } = await byCredential(await lend(user.token));
    const roleIds = [builtInRoleIds.reader];
    const tries: Array<[string, object]> = [
      ['/v1/application-credentials', { name: 'more', projectId: tenant.id }],
      ['/v1/trusts', { trusteeId: user.id, projectId: tenant.id, roleIds, isImpersonating: true }],
      ['/v1/credentials', { type: 'ec2', blob: 'x', accessKey: 'a'.repeat(32), projectId: tenant.id }],
      ['/v1/api-tokens', { name: 'more' }],
      ['/v1/users/me/totp', {}],
    ];
    for (const [path, body] of tries) expect((await cloud.ask('POST', path, { token, body })).status, path).toBe(403);
    const mine = await prisma().credential.create({
      data: { userId: user.id, type: 'cert', sealedBlob: new Uint8Array(32) },
    });
    expect((await cloud.ask('DELETE', `/v1/credentials/${mine.id}`, { token })).status).toBe(403);
  });

  test('A10: what an unrestricted one makes has no more roles and lives no longer', async () => {
    const user = await person('admin');
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const parent = await lend(user.token, { isUnrestricted: true, roleIds: [builtInRoleIds.member], expiresAt });
    const { token, facts } = await byCredential(parent);
    expect(facts.expiresAt).toBe(Date.parse(expiresAt));
    const child = await lend(token);
    expect(child).toMatchObject({ expiresAt, roles: [{ name: 'member' }, { name: 'reader' }] });
    const body = { name: 'wider', projectId: tenant.id, roleIds: [builtInRoleIds.admin] };
    expect((await cloud.ask('POST', '/v1/application-credentials', { token, body })).status).toBe(400);
  });

  test('A02: its token makes only others like itself', async () => {
    const user = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' }, system: 'admin' });
    const { token } = await byCredential(await lend(user.token, { roleIds: [builtInRoleIds.reader] }));
    const child = await issue({ token });
    expect(child.actor).toMatchObject({ mayMakeCredentials: false, systemRole: null });
    expect(child.actor.roles.map(({ name }) => name)).toEqual(['reader']);
    for (const scope of [{ kind: 'system' }, { kind: 'unscoped' }] as const) {
      await expect(issue({ token }, scope)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('A08, A09: its tokens end when it is deleted or its user disabled, and no more are given', async () => {
    const user = await person();
    const [first, second] = [await lend(user.token), await lend(user.token)];
    const [one, two] = [await byCredential(first), await byCredential(second)];
    await cloud.ask('DELETE', `/v1/application-credentials/${first.id}`, { token: user.token });
    expect([await statusOf(one.token), await statusOf(two.token)]).toEqual([401, 200]);
    await expect(byCredential(first)).rejects.toMatchObject({ code: 'wrong_credentials' });
    await prisma().user.update({ where: { id: user.id }, data: { isEnabled: false } });
    expect(await statusOf(two.token)).toBe(401);
    await expect(byCredential(second)).rejects.toMatchObject({ code: 'wrong_credentials' });
  });

  test('A01: stays whose and for what it was made', async () => {
    const { id, token } = await person();
    const made = await lend(token);
    const where = { id: made.id };
    for (const data of [{ userId: (await person()).id }, { projectId: other.id }, { isUnrestricted: true }]) {
      await expect(prisma().applicationCredential.update({ where, data })).rejects.toThrow('never changes');
    }
    expect(await prisma().applicationCredential.findUnique({ where })).toMatchObject({
      userId: id,
      projectId: tenant.id,
    });
  });
});
