import { randomUUID } from 'node:crypto';
import { page } from '@unkai/contracts/primitives';
import { auditLine } from '@unkai/contracts/resources/audit';
import { joinHost } from '@unkai/core/host/join';
import { newCredential } from '@unkai/core/identity/credentials';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant, withId } from './cloud.ts';
import { factsOf } from './installation.ts';
import { askOpenstack } from './openstack-ask.ts';

let cloud: Cloud;
let tenant: Tenant;
let member: Awaited<ReturnType<typeof makePerson>>;
let operator: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  operator = await makePerson(cloud, { system: 'admin' });
});
afterAll(() => cloud[Symbol.asyncDispose]());
// Each test has its share of lines.
beforeEach(() => cloud.core.queues.redis.flushdb());

async function refused(filter: Record<string, string>, path = '/audit-lines') {
  const query = new URLSearchParams({ outcome: 'refused', limit: '1000', ...filter });
  const told = await cloud.ask('GET', `/v1${path}?${query}`, { token: operator.token });
  return page(auditLine).parse(told.body).items;
}

describe('who comes with a credential that is none is in the log of the system', () => {
  test.each([
    ['unk_', 'api-token:use'],
    ['uks_', 'session:use'],
    ['ukt_', 'token:use'],
    ['', 'credential:use'],
  ])(
    'A09: one that begins with "%s" is %s; a flood writes a few lines, and never what was sent',
    async (prefix, action) => {
      const token = `${prefix}${randomUUID()}`;
      for (let times = 0; times < 30; times += 1) {
        expect((await cloud.ask('GET', '/v1/users/me', { token })).status).toBe(401);
      }
      const lines = await refused({ action });
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(5);
      expect(lines[0]).toMatchObject({
        actorKind: 'anonymous',
        actorId: null,
        detail: 'it is unknown, was revoked or has expired',
      });
      expect(JSON.stringify(lines)).not.toContain(token);
    },
  );

  test('A08: an API token that was revoked', async () => {
    const { prisma } = cloud.core.database;
    const secret = await makeToken(cloud.core, member.id, {});
    const before = await prisma.auditLine.count({ where: { action: 'api-token:use' } });
    expect((await cloud.ask('GET', '/v1/users/me', { token: secret })).status).toBe(200);
    const { items } = page(withId).parse((await cloud.ask('GET', '/v1/api-tokens', { token: member.token })).body);
    for (const { id } of items) await cloud.ask('DELETE', `/v1/api-tokens/${id}`, { token: member.token });
    expect((await cloud.ask('GET', '/v1/users/me', { token: secret })).status).toBe(401);
    expect(await prisma.auditLine.count({ where: { action: 'api-token:use' } })).toBe(before + 1);
  });

  test('through OpenStack’s doors too', async () => {
    const before = (await refused({ action: 'token:use' })).length;
    const response = await askOpenstack(cloud, 'GET', '/compute/v2.1/servers', { token: `ukt_${randomUUID()}` });
    expect(response.status).toBe(401);
    expect(await refused({ action: 'token:use' })).toHaveLength(before + 1);
  });
});

describe('a refusal for want of quota', () => {
  test('H9: is in the log of the project, with what was needed; a flood writes a few lines', async () => {
    const { token } = operator;
    await cloud.ask('PATCH', `/v1/projects/${tenant.id}/limits`, { token, body: { limits: { networks: 0 } } });
    const create = () =>
      cloud.ask('POST', `/v1/projects/${tenant.id}/networks`, { token: member.token, body: { name: randomUUID() } });
    for (let times = 0; times < 20; times += 1) expect((await create()).status).toBe(403);
    const lines = await refused({ action: 'network:create' }, `/projects/${tenant.id}/audit-lines`);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatchObject({ actorId: member.id, projectId: tenant.id });
    expect(lines[0]?.detail).toMatch(/^Networks: needs 1, used \d+ of 0\.$/);
  });

  test('of what is one’s own is in the log of one’s domain; a dry run is no attempt', async () => {
    const { token } = operator;
    await cloud.ask('PATCH', `/v1/projects/${tenant.id}/limits`, { token, body: { limits: { apiTokens: 0 } } });
    const body = { name: 'ci' };
    await cloud.ask('POST', '/v1/api-tokens?dry_run=1', { token: member.token, body });
    expect(await refused({ action: 'api-token:create' })).toEqual([]);
    expect((await cloud.ask('POST', '/v1/api-tokens', { token: member.token, body })).status).toBe(403);
    const lines = await refused({ action: 'api-token:create' }, `/domains/${cloud.domainId}/audit-lines`);
    expect(lines).toMatchObject([{ actorId: member.id, projectId: null }]);
  });
});

test('an invite that was used, and a link that belongs to none, are in the log', async () => {
  const manager = await makePerson(cloud, { project: { id: tenant.id, role: 'manager' } });
  const body = { projectId: tenant.id, email: `${randomUUID()}@example.org`, role: 'reader' };
  const made = await cloud.ask('POST', '/v1/invites', { token: manager.token, body });
  const { id } = withId.parse(made.body);
  const { secret, hash } = newCredential('invite');
  await cloud.core.database.prisma.invite.update({ where: { id }, data: { tokenHash: hash } });
  await cloud.ask('DELETE', `/v1/invites/${id}`, { token: manager.token });
  const accept = (token: string) =>
    cloud.ask('POST', '/v1/invites/join', { body: { token, name: randomUUID(), password: 'long enough' } });
  const { prisma } = cloud.core.database;
  expect((await accept(secret)).status).toBe(410);
  expect((await accept('uki_nothing')).status).toBe(404);
  const lines = await prisma.auditLine.findMany({
    where: { action: 'invite:accept', outcome: 'refused' },
    orderBy: { at: 'asc' },
  });
  expect(lines).toMatchObject([
    { resourceId: id, resourceName: body.email, projectId: tenant.id, detail: 'its link was revoked' },
    { resourceId: null, projectId: null },
  ]);
  expect(JSON.stringify(lines)).not.toContain(secret);
});

test('a join token that was used, is too old or is none of ours is in the log, with the reason that is not told', async () => {
  const { core } = cloud;
  const { joinToken } = core.database.prisma;
  const later = new Date(Date.now() + 3_600_000);
  const make = async (data: { usedAt?: Date; expiresAt: Date }) => {
    const { secret, hash } = newCredential('join');
    await joinToken.create({ data: { tokenHash: hash, ...data } });
    return secret;
  };
  const secrets = [
    await make({ usedAt: new Date(), expiresAt: later }),
    await make({ expiresAt: new Date(Date.now() - 1000) }),
    'ukj_nothing',
  ];
  for (const token of secrets) {
    const input = { token, facts: factsOf('rack-9'), requestId: 'req', address: '203.0.113.9', redisUrl: 'redis://x' };
    await expect(joinHost(core, input)).rejects.toMatchObject({ code: 'unauthenticated' });
  }
  const lines = (await refused({ action: 'host:join' })).toReversed();
  expect(lines.map(({ detail }) => detail)).toEqual([
    'its join token was used already',
    'its join token is too old',
    'its join token is none of ours',
  ]);
  expect(lines[0]).toMatchObject({ actorKind: 'anonymous', address: '203.0.113.9', resourceName: 'rack-9' });
});
