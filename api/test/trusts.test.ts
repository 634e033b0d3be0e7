import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { issueToken } from '@unkai/core/identity/issue-token';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant, userPassword, withId } from './cloud.ts';
import { callAs } from './installation.ts';

let cloud: Cloud;
let tenant: Tenant;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function give(more: object = {}) {
  const trustor = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' }, system: 'admin' });
  const trustee = await makePerson(cloud, {});
  const roleIds = [builtInRoleIds.member];
  const body = { trusteeId: trustee.id, projectId: tenant.id, roleIds, isImpersonating: false, ...more };
  const told = await cloud.ask('POST', '/v1/trusts', { token: trustor.token, body });
  expect(told.status).toBe(201);
  return { trustor, trustee, id: withId.parse(told.body).id };
}

const take = async (trustee: { id: string }, trustId: string) => {
  const password = { user: { id: trustee.id }, password: userPassword };
  return issueToken(await callAs(cloud.core, null), { password }, { kind: 'trust', trustId });
};
const statusOf = async (token: string, path: string) => (await cloud.ask('GET', path, { token })).status;
const servers = () => `/v1/projects/${tenant.id}/servers`;

describe('a trust', () => {
  test('A02: gives the roles that were lent on the project, and nothing else of what the trustor has', async () => {
    const { trustee, id } = await give();
    const { token, actor } = await take(trustee, id);
    expect(actor.roles.map(({ name }) => name)).toEqual(['member', 'reader']);
    expect(actor).toMatchObject({ userId: trustee.id, name: trustee.name, systemRole: null });
    expect(await statusOf(token, servers())).toBe(200);
    expect(await statusOf(token, '/v1/hosts')).toBe(403);
  });

  test('speaks as the trustor where that was said', async () => {
    const { trustor, trustee, id } = await give({ isImpersonating: true });
    expect((await take(trustee, id)).actor).toMatchObject({ userId: trustor.id, name: trustor.name });
  });

  test('is for its trustee alone', async () => {
    const { trustor, id } = await give();
    await expect(take(trustor, id)).rejects.toMatchObject({ code: 'unauthenticated' });
    const stranger = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' } });
    await expect(take(stranger, id)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await statusOf(stranger.token, `/v1/trusts/${id}`)).toBe(404);
  });

  test('A02: is not lent on, and its tokens make no credential', async () => {
    const { trustee, id } = await give({ isImpersonating: true });
    const { token } = await take(trustee, id);
    const roleIds = [builtInRoleIds.member];
    const tries: Array<[string, object]> = [
      ['/v1/trusts', { trusteeId: trustee.id, projectId: tenant.id, roleIds, isImpersonating: true }],
      ['/v1/application-credentials', { name: 'kept', projectId: tenant.id }],
      ['/v1/api-tokens', { name: 'kept' }],
    ];
    for (const [path, body] of tries) expect((await cloud.ask('POST', path, { token, body })).status, path).toBe(403);
    const again = issueToken(await callAs(cloud.core, null), { token }, { kind: 'system' });
    await expect(again).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is good for the number of tokens that was said, however many ask at once', async () => {
    const { trustee, id } = await give({ uses: 3 });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => take(trustee, id)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const row = await cloud.core.database.prisma.trust.findUniqueOrThrow({ where: { id } });
    expect(row.remainingUses).toBe(0);
  });

  test('A08, A09: its tokens end with it, with the role, and with either of the two people', async () => {
    const { prisma } = cloud.core.database;
    const ends: Array<(given: Awaited<ReturnType<typeof give>>) => Promise<unknown>> = [
      ({ trustor, id }) => cloud.ask('DELETE', `/v1/trusts/${id}`, { token: trustor.token }),
      ({ trustor }) => prisma.roleAssignment.deleteMany({ where: { userId: trustor.id } }),
      ({ trustor }) => prisma.user.update({ where: { id: trustor.id }, data: { isEnabled: false } }),
      ({ trustee }) => prisma.user.update({ where: { id: trustee.id }, data: { isEnabled: false } }),
    ];
    for (const end of ends) {
      const given = await give({ isImpersonating: true });
      const { token } = await take(given.trustee, given.id);
      expect(await statusOf(token, servers())).toBe(200);
      await end(given);
      expect(await statusOf(token, servers())).toBe(401);
    }
  });

  test('A10: ends when it was said, and its tokens too', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const { trustee, id } = await give({ expiresAt });
    expect((await take(trustee, id)).facts.expiresAt).toBe(Date.parse(expiresAt));
    const past = {
      trusteeId: trustee.id,
      projectId: tenant.id,
      roleIds: [builtInRoleIds.member],
      isImpersonating: false,
    };
    const body = { ...past, expiresAt: '2020-01-01T00:00:00Z' };
    expect((await cloud.ask('POST', '/v1/trusts', { token: trustee.token, body })).status).toBe(400);
  });

  test('A01: stays whose, for whom and for what it was made; uses only go down', async () => {
    const { trustor, id } = await give({ uses: 2 });
    const where = { id };
    for (const data of [{ trusteeId: trustor.id }, { isImpersonating: true }, { expiresAt: null, remainingUses: 3 }]) {
      await expect(cloud.core.database.prisma.trust.update({ where, data })).rejects.toThrow('never changes');
    }
  });
});
