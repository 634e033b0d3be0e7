import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant, userPassword } from './cloud.ts';
import { askOpenstack, openstackToken } from './openstack-ask.ts';

let cloud: Cloud;
let tenant: Tenant;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const trustBody = z.object({
  trust: z.looseObject({
    id: z.string(),
    trustor_user_id: z.string(),
    redelegation_count: z.number(),
    redelegated_trust_id: z.string().optional(),
  }),
});
const post = (token: string, trust: object) =>
  askOpenstack(cloud, 'POST', '/identity/v3/OS-TRUST/trusts', { token, body: { trust } });
const friend = () => makePerson(cloud, {});

/** What a trustee may do with a trust, as a token. */
async function tokenOf(trustee: { id: string }, trustId: string) {
  const user = { id: trustee.id, password: userPassword };
  const scope = { 'OS-TRUST:trust': { id: trustId } };
  const body = { auth: { identity: { methods: ['password'], password: { user } }, scope } };
  const told = await cloud.ask('POST', '/identity/v3/auth/tokens', { body });
  return { status: told.status, token: told.headers.get('x-subject-token') ?? '' };
}

/** A trustor's trust to a first friend, who may lend it on. */
async function lend(more: object = {}) {
  const trustor = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const own = await openstackToken(cloud, { user: trustor.id, password: userPassword, project: tenant.id });
  const first = await friend();
  const given = (trustee: { id: string }, changes: object = {}) => ({
    trustor_user_id: trustor.id,
    trustee_user_id: trustee.id,
    project_id: tenant.id,
    impersonation: true,
    allow_redelegation: true,
    roles: [{ id: builtInRoleIds.reader }],
    ...changes,
  });
  const made = await post(own, given(first, more));
  expect(made.status, made.text).toBe(201);
  const { trust } = trustBody.parse(made.body);
  return { trustor, own, first, given, trust, token: (await tokenOf(first, trust.id)).token };
}

const servers = async (token: string) =>
  (await cloud.ask('GET', `/v1/projects/${tenant.id}/servers`, { token })).status;

test('a trust is lent on as often as its trustor let it, once less each time', async () => {
  const { trustor, given, trust, token } = await lend({ redelegation_count: 2 });
  expect(trust.redelegation_count).toBe(2);
  const second = await friend();
  const made = trustBody.parse((await post(token, given(second))).body).trust;
  expect(made).toMatchObject({
    trustor_user_id: trustor.id,
    redelegation_count: 1,
    redelegated_trust_id: trust.id,
  });
  const onward = await tokenOf(second, made.id);
  expect(await servers(onward.token)).toBe(200);
  const third = await friend();
  const last = trustBody.parse((await post(onward.token, given(third))).body).trust;
  expect(last.redelegation_count).toBe(0);
  expect((await post((await tokenOf(third, last.id)).token, given(await friend()))).status).toBe(403);
});

test('A02: nothing more than was lent: no other role or project, no later end, no more times, no longer chain', async () => {
  const ends = new Date(Date.now() + 3_600_000).toISOString();
  const { given, token } = await lend({ redelegation_count: 1, expires_at: ends });
  const second = await friend();
  const elsewhere = await makeTenant(cloud);
  for (const [more, status] of [
    [{ roles: [{ id: builtInRoleIds.member }] }, 400],
    [{ project_id: elsewhere.id }, 400],
    [{ redelegation_count: 1 }, 403],
    [{ trustor_user_id: second.id }, 403],
  ] as const) {
    expect((await post(token, given(second, more))).status, JSON.stringify(more)).toBe(status);
  }
  const late = new Date(Date.now() + 7_200_000).toISOString();
  const made = trustBody.parse((await post(token, given(second, { expires_at: late }))).body).trust;
  const row = await cloud.core.database.prisma.trust.findUniqueOrThrow({ where: { id: made.id } });
  expect(row.expiresAt?.toISOString()).toBe(ends);
});

test('A02: nobody lends on what may not be, what impersonates nobody, or what is counted', async () => {
  for (const more of [{ allow_redelegation: false }, { impersonation: false }]) {
    const { given, token } = await lend(more);
    expect((await post(token, given(await friend()))).status).toBe(403);
  }
  const { own, given } = await lend();
  expect((await post(own, given(await friend(), { remaining_uses: 2 }))).status).toBe(403);
  expect((await post(own, given(await friend(), { redelegation_count: 4 }))).status).toBe(403);
});

test('A08, A09: what was lent on ends with the trust before it, and while one of the hands is disabled', async () => {
  const { own, first, given, trust, token } = await lend();
  const second = await friend();
  const made = trustBody.parse((await post(token, given(second))).body).trust;
  const onward = await tokenOf(second, made.id);
  const toggle = (isEnabled: boolean) =>
    cloud.core.database.prisma.user.update({ where: { id: first.id }, data: { isEnabled } });
  await toggle(false);
  expect(await servers(onward.token)).toBe(401);
  await toggle(true);
  expect(await servers((await tokenOf(second, made.id)).token)).toBe(200);
  await askOpenstack(cloud, 'DELETE', `/identity/v3/OS-TRUST/trusts/${trust.id}`, { token: own });
  expect(await servers(onward.token)).toBe(401);
  expect((await tokenOf(second, made.id)).status).toBe(401);
});
