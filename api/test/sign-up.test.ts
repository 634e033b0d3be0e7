import { randomUUID } from 'node:crypto';
import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { hashPassword } from '@unkai/core/identity/password-hash';
import { openMail } from '@unkai/core/mail/mail';
import { mailRequests } from '@unkai/core/reconcile/mail-requests';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeToken, openCloud, userPassword } from './cloud.ts';

let cloud: Cloud;
beforeEach(async () => {
  cloud = await openCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const policy = (mode: string, emailDomains: string[] = []) =>
  cloud.core.database.prisma.signUpPolicy.updateMany({ data: { mode, emailDomains } });
const post = (path: string, body: unknown) => cloud.ask('POST', `/v1${path}`, { body });

/** What was written to an address, newest first, with the secret of its link. */
async function letters(to: string) {
  await mailRequests.run(cloud.core);
  const where = { recipient: to };
  const rows = await cloud.core.database.prisma.mail.findMany({ where, orderBy: { createdAt: 'desc' } });
  return rows.map(({ id, template, sealedBody }) => {
    const text = openMail(cloud.core, { id, sealedBody: sealedBody ?? new Uint8Array() });
    return { template, text, secret: /#(\S+)/.exec(text)?.[1] ?? '' };
  });
}
async function linkFor(to: string, path = '/sign-ups'): Promise<string> {
  expect((await post(path, { email: to })).status).toBe(201);
  const [letter] = await letters(to);
  return letter?.secret ?? '';
}
const signIn = (username: string, password: string, more: Record<string, string> = {}) =>
  post('/sessions', { username, password, ...more });
const verified = z.object({ username: z.string(), domainName: z.string(), projectId: z.string() });
const problem = z.object({
  code: z.string(),
  next: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
});
const session = z.object({
  token: z.string(),
  user: z.object({
    domains: z.array(z.object({ role: z.string() })),
    projects: z.array(z.object({ id: z.string(), role: z.string() })),
  }),
});
const person = (email: string, more: Record<string, unknown> = {}) =>
  hashPassword(userPassword).then((passwordHash) =>
    cloud.core.database.prisma.user.create({
      data: { domainId: defaultDomainId, name: `user-${randomUUID()}`, email, passwordHash, ...more },
    }),
  );

describe('signing up', { timeout: 60_000 }, () => {
  test('gives a domain, a project with its network, and a user who manages both and signs in by the address', async () => {
    await policy('open');
    const token = await linkFor('ada@example.org');
    const made = await post('/sign-ups/verify', { token, password: userPassword });
    expect(made.status).toBe(201);
    const { projectId, domainName } = verified.parse(made.body);
    expect(domainName).toBe('ada@example.org');
    const told = await signIn('Ada@Example.org', userPassword);
    expect(told.status).toBe(201);
    const { token: own, user } = session.parse(told.body);
    expect(user.domains.map(({ role }) => role)).toEqual(['manager']);
    expect(user.projects).toMatchObject([{ id: projectId, role: 'manager' }]);
    const ask = (path: string) => cloud.ask('GET', `/v1/projects/${projectId}/${path}`, { token: own });
    expect((await ask('networks')).text).toContain('"default"');
    expect((await ask('limits')).text).toContain('"servers"');
    const lines = await cloud.core.database.prisma.auditLine.findMany({ where: { actorName: 'ada@example.org' } });
    expect(lines.map(({ action, detail }) => [action, detail])).toContainEqual(['user:create', 'signed up']);
  });

  test('is off until an operator turns it on, and then for the domains that were named, not for those below', async () => {
    const off = await post('/sign-ups', { email: 'ada@example.org' });
    expect([off.status, problem.parse(off.body).code]).toEqual([403, 'forbidden']);
    const operator = await makePerson(cloud, { system: 'admin' });
    const body = { mode: 'domains', emailDomains: ['Example.ORG', 'example.org'] };
    const changed = await cloud.ask('PATCH', '/v1/sign-up-policy', { token: operator.token, body });
    expect(changed.body).toEqual({ mode: 'domains', emailDomains: ['example.org'] });
    expect((await cloud.ask('GET', '/v1/sign-up-policy')).body).toEqual(changed.body);
    expect((await post('/sign-ups', { email: 'ada@EXAMPLE.org' })).status).toBe(201);
    for (const email of ['ada@sub.example.org', 'ada@example.org.evil.example', '"x@example.org"@evil.example']) {
      const refused = await post('/sign-ups', { email });
      expect([400, 403], email).toContain(refused.status);
      expect(problem.parse(refused.body).errors.map(({ field }) => field)).toEqual(['email']);
    }
    const bad = { mode: 'domains', emailDomains: [] };
    const none = await cloud.ask('PATCH', '/v1/sign-up-policy', { token: operator.token, body: bad });
    expect([none.status, problem.parse(none.body).errors[0]?.field]).toEqual([400, 'emailDomains']);
  });

  test('a link counts once, not after it expired, not where sign-up was turned off meanwhile, and makes nothing then', async () => {
    await policy('open');
    const used = await linkFor('used@example.org');
    const both = await Promise.all(
      ['one', 'two'].map((domainName) => post('/sign-ups/verify', { token: used, password: userPassword, domainName })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 400]);
    const expired = await linkFor('late@example.org');
    const { prisma } = cloud.core.database;
    await prisma.mailLink.updateMany({ data: { expiresAt: new Date() } });
    const late = await post('/sign-ups/verify', { token: expired, password: userPassword });
    expect(problem.parse(late.body)).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'token' }],
      next: expect.stringContaining('Ask for a new letter'),
    });
    const off = await linkFor('off@example.org');
    await policy('off');
    expect((await post('/sign-ups/verify', { token: off, password: userPassword })).status).toBe(403);
    expect(await prisma.domain.count()).toBe(2);
    expect(await prisma.user.count()).toBe(1);
  });

  test("bad input names its field: a short password, a domain's name that is taken; the link stays good", async () => {
    await policy('open');
    const token = await linkFor('ada@example.org');
    const tries = [
      [{ token, password: 'short' }, 'password'],
      [{ token, password: userPassword, domainName: 'Default' }, 'domainName'],
      [{ token, password: userPassword, domainName: ' x' }, 'domainName'],
    ] as const;
    for (const [body, field] of tries) {
      const refused = await post('/sign-ups/verify', body);
      expect(problem.parse(refused.body).errors[0]?.field).toBe(field);
    }
    expect((await post('/sign-ups', { email: 'no address' })).status).toBe(400);
    expect((await post('/sign-ups/verify', { token, password: userPassword })).status).toBe(201);
  });

  test('A12: an address that has an account is answered like one that has none, letter for letter, and makes as many rows', async () => {
    await policy('open');
    await person('Known@Example.org');
    const statements = async (work: () => Promise<unknown>) => {
      const before = await written();
      await work();
      return (await written()) - before;
    };
    const written = async () => {
      const [row] = await cloud.core.database.prisma.$queryRaw<Array<{ count: bigint }>>`
        SELECT (SELECT count(*) FROM mail_request) + (SELECT count(*) FROM mail) + (SELECT count(*) FROM mail_link)
          + (SELECT count(*) FROM audit_line) AS count`;
      return Number(row?.count);
    };
    for (const path of ['/sign-ups', '/password-resets']) {
      const told = new Map<string, unknown>();
      for (const email of ['known@example.org', 'other@example.org']) {
        const done = await statements(async () => {
          const { status, text } = await post(path, { email });
          told.set(email, [status, text.replace(email, '')]);
        });
        expect(done).toBe(2);
      }
      expect(told.get('known@example.org')).toEqual(told.get('other@example.org'));
    }
    expect((await letters('known@example.org')).map(({ template }) => template).toSorted()).toEqual([
      'password-reset',
      'sign-up-known',
    ]);
    expect((await letters('other@example.org')).map(({ template }) => template)).toEqual(['sign-up']);
  });

  test('nobody is flooded: a sixth letter within the hour is refused, known address or not', async () => {
    await person('known@example.org');
    for (const email of ['known@example.org', 'other@example.org']) {
      for (let sent = 0; sent < 5; sent += 1) expect((await post('/password-resets', { email })).status).toBe(201);
      expect((await post('/password-resets', { email })).status).toBe(429);
    }
  });

  test("an address that somebody else's account has verified is nobody else's, and a new address must be shown anew", async () => {
    const { prisma } = cloud.core.database;
    const now = new Date();
    const ada = await person('ada@example.org', { emailVerifiedAt: now });
    await expect(person('ada@example.org', { emailVerifiedAt: now })).rejects.toThrow();
    await expect(person('Eve@example.org', { emailVerifiedAt: now })).rejects.toThrow();
    await person('ada@example.org');
    const changed = await prisma.user.update({ where: { id: ada.id }, data: { email: 'new@example.org' } });
    expect(changed.emailVerifiedAt).toBeNull();
    expect((await signIn('new@example.org', userPassword)).status).toBe(401);
  });
});

describe('a forgotten password', { timeout: 60_000 }, () => {
  test('is chosen anew by a link that counts once; sessions end, one-time links too, and the owner is told', async () => {
    const ada = await person('ada@example.org', { emailVerifiedAt: new Date() });
    const apiToken = await makeToken(cloud.core, ada.id, {});
    expect((await signIn('ada@example.org', userPassword)).status).toBe(201);
    const first = await linkFor('ada@example.org', '/password-resets');
    const second = await linkFor('ada@example.org', '/password-resets');
    const newPassword = 'another long password';
    const done = await post('/password-resets/complete', { token: second, newPassword });
    expect(done).toMatchObject({ status: 201, body: { username: ada.name, domainName: 'Default' } });
    for (const token of [first, second, apiToken]) {
      expect((await post('/password-resets/complete', { token, newPassword })).status).toBe(400);
    }
    expect(await cloud.core.database.prisma.session.count({ where: { userId: ada.id } })).toBe(0);
    expect((await signIn('ada@example.org', userPassword)).status).toBe(401);
    expect((await signIn('ada@example.org', newPassword)).status).toBe(201);
    expect((await letters('ada@example.org'))[0]?.template).toBe('password-changed');
  });

  test('each account of an address gets its own letter, a disabled one none', async () => {
    const [one, two] = [await person('team@example.org'), await person('Team@example.org')];
    await person('team@example.org', { isEnabled: false });
    await linkFor('team@example.org', '/password-resets');
    const texts = (await letters('team@example.org')).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect([one, two].every(({ name }) => texts.some((text) => text.includes(name)))).toBe(true);
  });

  test('a link of one kind is of no use for the other', async () => {
    await policy('open');
    const token = await linkFor('ada@example.org');
    expect((await post('/password-resets/complete', { token, newPassword: userPassword })).status).toBe(400);
  });
});

describe('a password that has expired', { timeout: 60_000 }, () => {
  test('is told to whoever has it, and changed with signing in; a wrong one is only wrong (A12)', async () => {
    const user = await person('ada@example.org', { passwordExpiresAt: new Date(0) });
    const codeOf = async (password: string, more: Record<string, string> = {}) => {
      const { status, body } = await signIn(user.name, password, more);
      return status === 201 ? 'signed in' : problem.parse(body).code;
    };
    expect(await codeOf('not this one')).toBe('wrong_credentials');
    expect(await codeOf('not this one', { newPassword: 'brand new password' })).toBe('wrong_credentials');
    expect(await codeOf(userPassword)).toBe('password_expired');
    expect(await codeOf(userPassword, { newPassword: userPassword })).toBe('invalid_input');
    expect(await codeOf(userPassword, { newPassword: 'brand new password' })).toBe('signed in');
    expect(await codeOf(userPassword)).toBe('wrong_credentials');
    expect(await codeOf('brand new password')).toBe('signed in');
    expect(await codeOf('brand new password', { newPassword: 'yet another one' })).toBe('invalid_input');
  });
});

describe('the outbox', { timeout: 60_000 }, () => {
  test('shows operators what is held, once; what it said is gone then', async () => {
    await policy('open');
    const secret = await linkFor('ada@example.org');
    const { prisma } = cloud.core.database;
    await prisma.mail.updateMany({ data: { state: 'held' } });
    const { token } = await makePerson(cloud, { system: 'admin' });
    const list = await cloud.ask('GET', '/v1/mails?state=held', { token });
    expect(list.text).not.toContain(secret);
    const { items } = z
      .object({ items: z.array(z.object({ id: z.string(), recipient: z.string() })) })
      .parse(list.body);
    expect(items.map(({ recipient }) => recipient)).toEqual(['ada@example.org']);
    const reveal = () => cloud.ask('POST', `/v1/mails/${items[0]?.id}/reveal`, { token, body: {} });
    const [one, two] = await Promise.all([reveal(), reveal()]);
    expect([one.status, two.status].toSorted()).toEqual([200, 409]);
    expect([one, two].filter(({ text }) => text.includes(secret))).toHaveLength(1);
    expect((await cloud.ask('POST', `/v1/mails/${items[0]?.id}/send`, { token, body: {} })).status).toBe(409);
    expect(cloud.logged.join('')).not.toContain(secret);
    const lines = await prisma.auditLine.findMany({ where: { noun: 'mail' } });
    expect(lines.map(({ action }) => action)).toEqual(['mail:reveal']);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  test('sends what failed once more', async () => {
    await linkFor('nobody@example.org', '/password-resets');
    await person('ada@example.org');
    await linkFor('ada@example.org', '/password-resets');
    const { prisma } = cloud.core.database;
    await prisma.mail.updateMany({ data: { state: 'failed', attempts: 10, lastError: '550 no' } });
    const mail = await prisma.mail.findFirstOrThrow();
    const { token } = await makePerson(cloud, { system: 'admin' });
    const sent = await cloud.ask('POST', `/v1/mails/${mail.id}/send`, { token, body: {} });
    expect(sent.body).toMatchObject({ state: 'queued', attempts: 0 });
  });
});
