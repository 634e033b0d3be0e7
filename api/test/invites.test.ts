import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { openMail } from '@unkai/core/mail/mail';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, problemBody, type Tenant, withId } from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
let manager: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  manager = await makePerson(cloud, { project: { id: tenant.id, role: 'manager' } });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const prisma = () => cloud.core.database.prisma;
const address = () => `${randomUUID()}@example.org`;
const sentBody = z.looseObject({ id: z.string(), email: z.string(), link: z.string(), state: z.string() });
const tokenOf = (link: string) => link.slice(link.indexOf('#') + 1);

const ask = (token: string, body: object) =>
  cloud.ask('POST', '/v1/invites', {
    token,
    body: { projectId: tenant.id, email: address(), role: 'member', ...body },
  });

async function invite(more: object = {}, token = manager.token) {
  const told = await ask(token, more);
  expect(told).toMatchObject({ status: 201 });
  const sent = sentBody.parse(told.body);
  return { ...sent, token: tokenOf(sent.link) };
}

const open = (token: string) => cloud.ask('POST', '/v1/invites/open', { body: { token } });
const accept = (person: { token: string }, token: string) =>
  cloud.ask('POST', '/v1/invites/accept', { token: person.token, body: { token } });
const join = (token: string, name: string = randomUUID()) =>
  cloud.ask('POST', '/v1/invites/join', { body: { token, name, password: 'a new password' } });
const listed = async (query = '') => {
  const told = await cloud.ask('GET', `/v1/projects/${tenant.id}/invites${query}`, { token: manager.token });
  return z.object({ items: z.array(z.looseObject({ id: z.string(), state: z.string() })) }).parse(told.body).items;
};
const rolesOf = async (userId: string, projectId = tenant.id) =>
  (await prisma().roleAssignment.findMany({ where: { userId, projectId }, include: { role: true } }))
    .map(({ role }) => role.name)
    .toSorted();

describe('H12: an invite', () => {
  test('is written as a letter with the link, whose token is kept nowhere', async () => {
    const email = address();
    const sent = await invite({ email: email.toUpperCase(), message: 'Come in.' });
    expect(sent).toMatchObject({ email, state: 'open', role: 'member', projectName: tenant.name, message: 'Come in.' });
    const letter = await prisma().mail.findFirstOrThrow({ where: { recipient: email } });
    const { sealedBody } = letter;
    expect(sealedBody === null ? '' : openMail(cloud.core, { id: letter.id, sealedBody })).toContain(sent.link);
    const row = await prisma().invite.findUniqueOrThrow({ where: { id: sent.id } });
    expect(JSON.stringify(row) + cloud.logged.join('')).not.toContain(sent.token);
    expect(await listed()).toContainEqual(expect.objectContaining({ id: sent.id, state: 'open' }));
    expect(JSON.stringify(await listed())).not.toContain(sent.token);
  });

  test('shows no link where a mail server takes it', async () => {
    const { core } = cloud;
    Object.assign(core, { sendsMail: true });
    const told = await ask(manager.token, {});
    Object.assign(core, { sendsMail: false });
    expect(told).toMatchObject({ status: 201, body: { link: null } });
  });

  test('tells whoever has the link what it is for, and is accepted by an existing user, once', async () => {
    const { token, id } = await invite({ role: 'reader' });
    expect(await open(token)).toMatchObject({
      status: 200,
      body: { role: 'reader', projectName: tenant.name, invitedByName: manager.name },
    });
    const guest = await makePerson(cloud, {});
    expect((await cloud.ask('GET', `/v1/projects/${tenant.id}`, { token: guest.token })).status).toBe(404);
    expect(await accept(guest, token)).toMatchObject({ status: 200, body: { projectId: tenant.id, role: 'reader' } });
    expect((await cloud.ask('GET', `/v1/projects/${tenant.id}`, { token: guest.token })).status).toBe(200);
    const again = problemBody.parse((await accept(await makePerson(cloud, {}), token)).body);
    expect(again).toMatchObject({ code: 'link_over', errors: [{ field: 'token', message: 'was used already' }] });
    expect(await listed()).not.toContainEqual(expect.objectContaining({ id }));
    expect(await listed('?withEnded=true')).toContainEqual(
      expect.objectContaining({ id, state: 'accepted', acceptedByName: guest.name }),
    );
    const told = await prisma().notification.findMany({ where: { userId: manager.id, key: `invite/${id}/accepted` } });
    const title = `${guest.name} accepted your invite to ${tenant.name}`;
    expect(told).toMatchObject([{ title, noun: 'invite', tone: 'good', projectId: tenant.id }]);
    const lines = await prisma().auditLine.findMany({ where: { actorId: guest.id, outcome: 'done' } });
    expect(lines.map(({ action, detail }) => `${action} ${detail}`).toSorted()).toEqual([
      `invite:update reader on the project, accepted by ${guest.name}`,
      'role-assignment:create reader on the project, by invite',
    ]);
  });

  test('makes a new user, who signs in with the password they chose', async () => {
    const { token, email } = await invite();
    const name = `new-${randomUUID()}`;
    expect(await join(token, name)).toMatchObject({ status: 200, body: { userName: name, domainName: 'Default' } });
    const body = { username: name, password: 'a new password' };
    expect(await cloud.ask('POST', '/v1/sessions', { body })).toMatchObject({
      status: 201,
      body: { user: { projects: [{ id: tenant.id, role: 'member' }] } },
    });
    // The link was shown to who invited: that somebody has it shows nothing about the address.
    expect(await prisma().user.findFirstOrThrow({ where: { name } })).toMatchObject({ email: null });
    expect(problemBody.parse((await join(token)).body).code).toBe('link_over');
    expect(await prisma().user.count({ where: { email } })).toBe(0);
  });

  test('a name that is taken leaves the link as it was', async () => {
    const { token } = await invite();
    const told = await join(token, manager.name.toUpperCase());
    expect(problemBody.parse(told.body)).toMatchObject({ code: 'conflict', errors: [{ field: 'name' }] });
    expect((await open(token)).status).toBe(200);
  });

  test('of two who use one link at once one is let in', async () => {
    const { token } = await invite();
    const guests = await Promise.all([makePerson(cloud, {}), makePerson(cloud, {})]);
    const told = await Promise.all(guests.map((guest) => accept(guest, token)));
    expect(told.map(({ status }) => status).toSorted()).toEqual([200, 410]);
  });

  test('a higher role takes the place of the one before; one that is no more is refused', async () => {
    const guest = await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } });
    expect((await accept(guest, (await invite({ role: 'member' })).token)).status).toBe(200);
    expect(await rolesOf(guest.id)).toEqual(['member']);
    const lower = await invite({ role: 'reader' });
    expect(problemBody.parse((await accept(guest, lower.token)).body)).toMatchObject({
      code: 'conflict',
      errors: [{ field: 'token' }],
    });
    expect((await open(lower.token)).status).toBe(200);
  });
});

describe('bad input', () => {
  const reasons = async (body: object) => problemBody.parse((await ask(manager.token, body)).body);

  test('names the field', async () => {
    expect((await reasons({ email: 'nobody' })).errors).toMatchObject([{ field: 'email' }]);
    expect((await reasons({ role: 'king' })).errors).toMatchObject([{ field: 'role' }]);
    expect((await reasons({ expiresInDays: 0 })).errors).toMatchObject([{ field: 'expiresInDays' }]);
    expect((await reasons({ message: 'a\nBcc: everybody@example.org' })).errors).toMatchObject([{ field: 'message' }]);
    expect((await reasons({ domainId: cloud.domainId })).errors).toMatchObject([{ field: 'projectId' }]);
    expect((await reasons({ projectId: undefined })).errors).toMatchObject([{ field: 'projectId' }]);
  });

  test('who is a member already is not invited', async () => {
    const email = address();
    const { id, name } = await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } });
    await prisma().user.update({ where: { id }, data: { email: email.toUpperCase() } });
    expect(await reasons({ email })).toMatchObject({
      code: 'conflict',
      detail: `email: belongs to ${name}, who has a role on ${tenant.name} already.`,
      errors: [{ field: 'email' }],
    });
    expect(await prisma().invite.count({ where: { email } })).toBe(0);
    expect(await prisma().mail.count({ where: { recipient: email } })).toBe(0);
  });

  test('an address has one open invite in a place', async () => {
    const { email } = await invite();
    expect(await reasons({ email })).toMatchObject({ code: 'conflict', errors: [{ field: 'email' }] });
    expect(await prisma().mail.count({ where: { recipient: email } })).toBe(1);
  });

  test.each([
    ['expired', { expiresAt: new Date(Date.now() - 1000), createdAt: new Date(Date.now() - 5000) }, /has expired/],
    ['revoked', { state: 'revoked', endedAt: new Date() }, /was revoked/],
    ['used', { state: 'accepted', endedAt: new Date() }, /was used/],
  ])('a link that is %s says so, and changes nothing', async (_, data, words) => {
    const { id, token } = await invite();
    await prisma().invite.update({ where: { id }, data });
    const guest = await makePerson(cloud, {});
    for (const told of [await open(token), await accept(guest, token), await join(token)]) {
      const problem = problemBody.parse(told.body);
      expect([told.status, problem.code]).toEqual([410, 'link_over']);
      expect(problem.detail).toMatch(words);
      expect(problem.errors).toMatchObject([{ field: 'token' }]);
    }
    expect(await rolesOf(guest.id)).toEqual([]);
  });

  test('a token that never was is not found', async () => {
    for (const token of ['x', 'uki_nothing', manager.token]) expect((await open(token)).status).toBe(404);
  });
});

describe('sending again and revoking', () => {
  test('a new link takes the place of the old one, also of one that had expired', async () => {
    const { id, token, email } = await invite();
    const past = { expiresAt: new Date(Date.now() - 1000), createdAt: new Date(Date.now() - 5000) };
    await prisma().invite.update({ where: { id }, data: past });
    expect(await listed()).toContainEqual(expect.objectContaining({ id, state: 'expired' }));
    const told = await cloud.ask('POST', `/v1/invites/${id}/resend`, { token: manager.token, body: {} });
    const sent = sentBody.parse(told.body);
    expect(sent).toMatchObject({ id, email, state: 'open' });
    expect((await open(token)).status).toBe(404);
    expect((await open(tokenOf(sent.link))).status).toBe(200);
  });

  test('an address that expired may be invited anew', async () => {
    const { id, email } = await invite();
    const past = { expiresAt: new Date(Date.now() - 1000), createdAt: new Date(Date.now() - 5000) };
    await prisma().invite.update({ where: { id }, data: past });
    expect((await invite({ email })).id).not.toBe(id);
  });

  test('a revoked one is over at once, and neither sent again nor revoked twice', async () => {
    const { id, token } = await invite();
    const revoke = () => cloud.ask('DELETE', `/v1/invites/${id}`, { token: manager.token });
    expect((await revoke()).status).toBe(204);
    expect((await open(token)).status).toBe(410);
    expect(problemBody.parse((await revoke()).body).code).toBe('wrong_state');
    const again = await cloud.ask('POST', `/v1/invites/${id}/resend`, { token: manager.token, body: {} });
    expect(problemBody.parse(again.body).code).toBe('wrong_state');
  });

  test('an address gets five letters an hour, whoever sends them', async () => {
    const { id } = await invite();
    const resend = () => cloud.ask('POST', `/v1/invites/${id}/resend`, { token: manager.token, body: {} });
    for (let count = 0; count < 4; count += 1) expect((await resend()).status).toBe(200);
    const stopped = await resend();
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('who may invite', () => {
  test('only an operator gives the role admin, which a project’s manager does not have to give', async () => {
    const body = { role: 'admin' };
    expect(problemBody.parse((await ask(manager.token, body)).body).code).toBe('forbidden');
    const operator = await makePerson(cloud, { system: 'admin' });
    expect((await ask(operator.token, body)).status).toBe(201);
  });

  test('a domain’s manager invites to it and to its projects; a project’s does not to the domain', async () => {
    const lead = await makePerson(cloud, {});
    const data = { userId: lead.id, domainId: cloud.domainId, roleId: builtInRoleIds.manager };
    await prisma().roleAssignment.create({ data });
    await invite({}, lead.token);
    const toDomain = { projectId: undefined, domainId: cloud.domainId, role: 'reader' };
    const { token } = await invite(toDomain, lead.token);
    expect((await ask(manager.token, toDomain)).status).toBe(404);
    const guest = await makePerson(cloud, {});
    expect(await accept(guest, token)).toMatchObject({ status: 200, body: { projectId: null } });
    expect((await cloud.ask('GET', `/v1/domains/${cloud.domainId}`, { token: guest.token })).status).toBe(200);
  });

  test('A08: the link of who lost the role is worth nothing until somebody else sends it again', async () => {
    const before = await makePerson(cloud, { project: { id: tenant.id, role: 'manager' } });
    const { id, token } = await invite({}, before.token);
    await prisma().roleAssignment.deleteMany({ where: { userId: before.id } });
    const guest = await makePerson(cloud, {});
    expect(problemBody.parse((await accept(guest, token)).body)).toMatchObject({ code: 'link_over' });
    const told = await cloud.ask('POST', `/v1/invites/${id}/resend`, { token: manager.token, body: {} });
    expect((await accept(guest, tokenOf(sentBody.parse(told.body).link))).status).toBe(200);
  });

  test('A02: a token that is confined to a project accepts nothing for its user', async () => {
    const guest = await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } });
    const token = await makeToken(cloud.core, guest.id, { projectId: tenant.id });
    expect((await accept({ token }, (await invite()).token)).status).toBe(403);
  });

  test('H8: open invites are counted in the transaction that makes one', async () => {
    const small = await makeTenant(cloud);
    const { token } = await makePerson(cloud, { project: { id: small.id, role: 'manager' } });
    await prisma().projectQuota.create({ data: { projectId: small.id, name: 'openInvites', limit: 2 } });
    const told = await Promise.all(Array.from({ length: 6 }, () => ask(token, { projectId: small.id })));
    const statuses = told.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(2);
    expect(statuses.filter((status) => status === 403)).toHaveLength(4);
    const refused = told.find(({ status }) => status === 403);
    expect(problemBody.parse(refused?.body)).toMatchObject({
      code: 'quota_exceeded',
      errors: [{ field: 'openInvites', message: 'Open invites: needs 1, used 2 of 2.' }],
    });
  });
});

test('what an invite says, and that it is over, stays', async () => {
  const { id } = withId.parse(await invite());
  const change = (data: object) => prisma().invite.update({ where: { id }, data });
  await expect(change({ role: 'admin' })).rejects.toThrow();
  await expect(change({ email: 'other@example.org' })).rejects.toThrow();
  await expect(change({ state: 'accepted' })).rejects.toThrow('invite_ended');
  await change({ state: 'revoked', endedAt: new Date() });
  await expect(change({ state: 'pending', endedAt: null })).rejects.toThrow();
  await expect(change({ tokenHash: new Uint8Array(32) })).rejects.toThrow();
});
