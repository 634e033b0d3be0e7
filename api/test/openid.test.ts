import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openidSettings } from '../src/openid/settings.ts';
import { type Cloud, makePerson, makeTenant, origin, secret } from './cloud.ts';
import {
  browserOf,
  makeAccount,
  makeLinked,
  type OpenidCloud,
  openOpenidCloud,
  refusalIn,
  settingsOf,
  whoIs,
} from './openid-cloud.ts';

let opened: OpenidCloud;
let cloud: Cloud;
let provider: OpenidCloud['provider'];

beforeAll(async () => {
  opened = await openOpenidCloud();
  ({ cloud, provider } = opened);
});
afterAll(() => opened[Symbol.asyncDispose]());
beforeEach(() => {
  provider.tamper = null;
});

// Required, not imported: the types of next-auth bring all of Next.js into ours.
const nextAuth = z
  .object({
    decode: z.custom<(given: { token: string | undefined; secret: string }) => Promise<unknown>>(
      (value) => typeof value === 'function',
    ),
  })
  .parse(createRequire(import.meta.url)('next-auth/jwt'));

const browser = (more = {}, openid = settingsOf(opened, more)) => browserOf(opened, more, openid);

describe('who gets in', () => {
  test('a linked user gets in by the provider, to the page that was asked for, and out again', async () => {
    const { name, user } = await makeLinked(opened);
    const visitor = browser();
    expect(await visitor.signIn(name, '/projects')).toBe('/projects');
    expect(await whoIs(opened, visitor)).toBe(user.name);
    // The portal's own library reads what we wrote.
    const read = await nextAuth.decode({ token: visitor.cookies.get('next-auth.session-token'), secret });
    expect(read).toMatchObject({ sub: user.id });
    const cookie = visitor.cookieHeader;
    const out = await cloud.ask('DELETE', '/v1/sessions/current', { headers: { cookie, origin } });
    expect(out.status).toBe(204);
    expect(await whoIs(opened, visitor)).toBe(401);
  });

  test('a stranger has no access, is told who they are, and leaves nothing behind', async () => {
    const { name, sub, email } = makeAccount(opened);
    const visitor = browser();
    const users = await cloud.core.database.prisma.user.count();
    expect(await visitor.signIn(name)).toBe('/sign-in?openid=refused');
    expect(refusalIn(visitor)).toEqual({ why: 'unknown', issuer: provider.issuer, subject: sub, name, email });
    expect(await whoIs(opened, visitor)).toBe(401);
    expect(await cloud.core.database.prisma.user.count()).toBe(users);
    const line = await cloud.core.database.prisma.auditLine.findFirst({ where: { detail: { contains: sub } } });
    expect(line).toMatchObject({ action: 'session:create', outcome: 'refused' });
  });

  test('a stranger becomes a user where the operator wants that, once', async () => {
    const { name, email, sub } = makeAccount(opened);
    const choice = { UNKAI_OIDC_CREATE_USERS: 'yes' };
    expect(await browser(choice).signIn(name)).toBe('/');
    const visitor = browser(choice);
    expect(await visitor.signIn(name)).toBe('/');
    expect(await whoIs(opened, visitor)).toBe(name);
    const made = await cloud.core.database.prisma.user.findMany({ where: { name }, include: { identityLinks: true } });
    expect(made).toMatchObject([{ email, passwordHash: null, identityLinks: [{ subject: sub }] }]);
  });

  test('a name that somebody has is not taken over, in whatever case it is written', async () => {
    const person = await makePerson(cloud, {});
    const { name } = makeAccount(opened, { preferred_username: person.name.toUpperCase() });
    const visitor = browser({ UNKAI_OIDC_CREATE_USERS: 'yes' });
    expect(await visitor.signIn(name)).toBe('/sign-in?openid=refused');
    expect(refusalIn(visitor).why).toBe('name_taken');
  });

  test('A09: a disabled user stays out, and so does one of a disabled domain', async () => {
    const { name, user } = await makeLinked(opened);
    const { prisma } = cloud.core.database;
    await prisma.user.update({ where: { id: user.id }, data: { isEnabled: false } });
    const visitor = browser();
    expect(await visitor.signIn(name)).toBe('/sign-in?openid=refused');
    expect(refusalIn(visitor).why).toBe('disabled');
    const domain = await prisma.domain.create({ data: { name: `domain-${randomUUID()}`, isEnabled: false } });
    const elsewhere = await prisma.user.create({ data: { name: 'ada', domainId: domain.id } });
    const other = makeAccount(opened);
    const link = { issuer: provider.issuer, subject: other.sub, userId: elsewhere.id };
    await prisma.identityLink.create({ data: link });
    expect(await visitor.signIn(other.name)).toBe('/sign-in?openid=refused');
    expect(await whoIs(opened, visitor)).toBe(401);
  });

  test('A13: who turned one-time codes on here gets in only when the provider asked for a second factor too', async () => {
    const { name, user } = await makeLinked(opened);
    const sealedSecret = new Uint8Array(1);
    await cloud.core.database.prisma.userTotp.create({
      data: { userId: user.id, sealedSecret, confirmedAt: new Date() },
    });
    const visitor = browser();
    expect(await visitor.signIn(name)).toBe('/sign-in?openid=refused');
    expect(refusalIn(visitor).why).toBe('second_factor');
    provider.tamper = (claims) => ({ ...claims, amr: ['pwd', 'mfa'] });
    expect(await visitor.signIn(name)).toBe('/');
  });

  test('only verified addresses of the one domain get in where the operator names it', async () => {
    const choice = { UNKAI_OIDC_EMAIL_DOMAIN: 'example.org' };
    const inside = await makeLinked(opened);
    expect(await browser(choice).signIn(inside.name)).toBe('/');
    for (const more of [
      { email_verified: false },
      { email: 'ada@example.org.evil.test' },
      { email: 'ada@sub.example.org' },
    ]) {
      const outside = await makeLinked(opened, more);
      const visitor = browser(choice);
      expect(await visitor.signIn(outside.name)).toBe('/sign-in?openid=refused');
      expect(refusalIn(visitor).why).toBe('outside');
    }
  });

  test('A08: taking the link away ends its sessions and lets nobody in any more', async () => {
    const { name, operator, linkId } = await makeLinked(opened);
    const visitor = browser();
    await visitor.signIn(name);
    const gone = await cloud.ask('DELETE', `/v1/identity-links/${linkId}`, { token: operator.token });
    expect(gone.status).toBe(204);
    expect(await whoIs(opened, visitor)).toBe(401);
    expect(await browser().signIn(name)).toBe('/sign-in?openid=refused');
  });
});

describe('e-mail takes over nobody', () => {
  const withEmail = async (email: string, role?: 'admin') => {
    const person = await makePerson(cloud, role === undefined ? {} : { system: role });
    await cloud.core.database.prisma.user.update({ where: { id: person.id }, data: { email } });
    return person;
  };

  test('unless the operator says so, whoever it belongs to', async () => {
    const { name, email } = makeAccount(opened);
    await withEmail(email);
    const visitor = browser();
    expect(await visitor.signIn(name)).toBe('/sign-in?openid=refused');
    expect(await whoIs(opened, visitor)).toBe(401);
  });

  test('unless the provider verified it', async () => {
    const { name, email } = makeAccount(opened, { email_verified: false });
    await withEmail(email);
    expect(await browser({ UNKAI_OIDC_LINK_BY_EMAIL: 'yes' }).signIn(name)).toBe('/sign-in?openid=refused');
  });

  test('where both do, it links once; the next one with the same address stays out', async () => {
    const first = makeAccount(opened);
    const person = await withEmail(first.email);
    const visitor = browser({ UNKAI_OIDC_LINK_BY_EMAIL: 'yes' });
    expect(await visitor.signIn(first.name)).toBe('/');
    expect(await whoIs(opened, visitor)).toBe(person.name);
    const second = makeAccount(opened, { email: first.email });
    expect(await browser({ UNKAI_OIDC_LINK_BY_EMAIL: 'yes' }).signIn(second.name)).toBe('/sign-in?openid=refused');
  });

  test('never an operator, never one of two, and no sign in it stands for other letters', async () => {
    const choice = { UNKAI_OIDC_LINK_BY_EMAIL: 'yes' };
    const boss = makeAccount(opened);
    await withEmail(boss.email, 'admin');
    expect(await browser(choice).signIn(boss.name)).toBe('/sign-in?openid=refused');
    const twin = makeAccount(opened);
    await withEmail(twin.email);
    await withEmail(twin.email.toUpperCase());
    expect(await browser(choice).signIn(twin.name)).toBe('/sign-in?openid=refused');
    await withEmail('wxyz@elsewhere.test');
    const sly = makeAccount(opened, { email: 'w%@elsewhere.test' });
    expect(await browser(choice).signIn(sly.name)).toBe('/sign-in?openid=refused');
  });
});

test('groups of the provider become roles on projects, and leave with the group', async () => {
  const tenant = await makeTenant(cloud);
  const someone = await makeLinked(opened, { groups: ['cn=makers,ou=cloud'] });
  const roles = `cn=makers,ou=cloud=member@${tenant.name}; lookers=reader@${tenant.name}; makers=member@not-there`;
  const choice = { UNKAI_OIDC_ROLES: roles };
  const held = async () => {
    const where = { userId: someone.user.id, projectId: tenant.id };
    const rows = await cloud.core.database.prisma.roleAssignment.findMany({ where, include: { role: true } });
    return rows.map(({ role }) => role.name);
  };
  expect(await browser(choice).signIn(someone.name)).toBe('/');
  expect(await held()).toEqual(['member']);
  provider.accounts.set(someone.name, { sub: someone.sub, groups: ['lookers'] });
  expect(await browser(choice).signIn(someone.name)).toBe('/');
  expect(await held()).toEqual(['reader']);
});

test('A02: a manager of a domain links nobody who has more than they may give', async () => {
  const manager = await makePerson(cloud, {});
  const { prisma } = cloud.core.database;
  const managerRole = await prisma.role.findFirstOrThrow({ where: { name: 'manager' } });
  await prisma.roleAssignment.create({
    data: { userId: manager.id, roleId: managerRole.id, domainId: defaultDomainId },
  });
  const link = async (userId: string) => {
    const body = { userId, issuer: provider.issuer, subject: randomUUID() };
    return (await cloud.ask('POST', '/v1/identity-links', { token: manager.token, body })).status;
  };
  expect(await link((await makePerson(cloud, {})).id)).toBe(201);
  expect(await link((await makePerson(cloud, { system: 'admin' })).id)).toBe(403);
});

test('settings that cannot be meant are refused, and name the variable', () => {
  expect(openidSettings({})).toBeNull();
  const wrong = { UNKAI_OIDC_ISSUER: 'http://sso.example.org', UNKAI_OIDC_CLIENT_ID: 'unkai' };
  expect(() => openidSettings(wrong)).toThrow(/UNKAI_OIDC_ISSUER/);
  expect(() => settingsOf(opened, { UNKAI_OIDC_ROLES: 'makers' })).toThrow(/group=role@project/);
});
