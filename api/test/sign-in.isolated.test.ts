import { randomUUID } from 'node:crypto';
import * as argon2 from '@node-rs/argon2';
import { issueToken } from '@unkai/core/identity/issue-token';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, openCloud, problemBody, userPassword } from './cloud.ts';
import { callAs } from './installation.ts';

// The real thing, watched: how often and with what cost passwords are hashed.
vi.mock('@node-rs/argon2', { spy: true });

let cloud: Cloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());
// The limits are shown below; here they would only say how many tests there are.
beforeEach(() => cloud.core.queues.redis.flushdb());

// A lock takes fifty wrong passwords, each of which is hashed.
const whileLocking = { timeout: 60_000 };

const person = () => makePerson(cloud, {});
const signIn = (username: string, more: object = {}) =>
  cloud.ask('POST', '/v1/sessions', { body: { username, password: userPassword, ...more } });
const codeOf = async (...given: Parameters<typeof signIn>) => problemBody.parse((await signIn(...given)).body).code;

describe('A12: whoever may not sign in learns nothing by it', () => {
  test(
    'unknown, wrong, locked, disabled and expired take the same work and get the same answer',
    whileLocking,
    async () => {
      const { prisma } = cloud.core.database;
      const [known, disabled, expired, locked] = [await person(), await person(), await person(), await person()];
      await prisma.user.update({ where: { id: disabled.id }, data: { isEnabled: false } });
      await prisma.user.update({ where: { id: expired.id }, data: { passwordExpiresAt: new Date(0) } });
      await lock(locked.id);
      const tries = [
        () => signIn('nobody-of-that-name'),
        () => signIn(known.name, { password: 'wrong password' }),
        () => signIn(known.name, { domain: 'no-such-domain' }),
        () => signIn(disabled.name),
        () => signIn(expired.name, { password: 'wrong password' }),
        () => signIn(expired.name, { password: 'wrong password', newPassword: 'brand new password' }),
        () => signIn('nobody@example.org'),
        () => signIn(locked.name),
      ];
      await signIn('warms-up');
      const verify = vi.mocked(argon2.verify);
      const seen = [];
      for (const attempt of tries) {
        verify.mockClear();
        const { status, body } = await attempt();
        const { code, detail, next } = problemBody.parse(body);
        const costs = verify.mock.calls.map(([encoded]) => String(encoded).split('$').slice(0, 4).join('$'));
        seen.push(JSON.stringify({ status, code, detail, next, costs }));
      }
      expect([...new Set(seen)]).toEqual([
        JSON.stringify({
          status: 401,
          code: 'wrong_credentials',
          detail: 'Name or password is wrong.',
          next: 'Check the name, the domain and the password.',
          costs: ['$argon2id$v=19$m=65536,t=2,p=1'],
        }),
      ]);
    },
  );

  test('one whose hash is of an earlier cost takes as much, and has one of today once its password was shown', async () => {
    const { prisma } = cloud.core.database;
    const [{ id, name }, other] = [await person(), await person()];
    const early = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
    const passwordHash = await argon2.hash(userPassword, early);
    await prisma.user.update({ where: { id }, data: { passwordHash } });
    await signIn('warms-up');
    expect(await workOf(() => signIn(name, { password: 'wrong password' }))).toBe(
      await workOf(() => signIn(other.name, { password: 'wrong password' })),
    );
    const before = await prisma.user.findUniqueOrThrow({ where: { id } });
    expect(before.passwordHash).toBe(passwordHash);
    expect((await signIn(name)).status).toBe(201);
    const after = await prisma.user.findUniqueOrThrow({ where: { id } });
    expect(after.passwordHash).toContain('$argon2id$v=19$m=65536,t=2,p=1$');
    expect(after).toEqual({ ...before, passwordHash: after.passwordHash });
    expect((await signIn(name)).status).toBe(201);
    expect((await signIn(name, { password: 'wrong password' })).status).toBe(401);
    // A hash that somebody else changes ends the tokens, here as everywhere.
    const { tokenGeneration } = await prisma.user.update({ where: { id }, data: { passwordHash } });
    expect(tokenGeneration).toBe(after.tokenGeneration + 1);
  });

  test('and get it on a beat of 100 ms, whatever was made ready meanwhile for a user who is there', async () => {
    const known = await makePerson(cloud, { system: 'admin' });
    const call = await callAs(cloud.core, null);
    for (const id of [known.id, randomUUID()]) {
      const begunAt = performance.now();
      const password = { user: { id }, password: 'wrong' };
      await expect(issueToken(call, { password }, { kind: 'system' })).rejects.toMatchObject({
        code: 'wrong_credentials',
      });
      // The clock of timers counts whole milliseconds.
      expect(performance.now() - begunAt).toBeGreaterThanOrEqual(98);
    }
  });

  test(
    'an account that many addresses guess at is locked, a right password changes nothing, and it opens by itself',
    whileLocking,
    async () => {
      const { id, name } = await person();
      await lock(id);
      expect(await codeOf(name)).toBe('wrong_credentials');
      await cloud.core.queues.redis.flushdb();
      expect((await signIn(name)).status).toBe(201);
    },
  );

  test('only failures count', async () => {
    const { name } = await person();
    for (let count = 0; count < 12; count += 1) expect((await signIn(name)).status).toBe(201);
    expect(await cloud.core.queues.redis.keys('unkai:rate:*')).toEqual([]);
  });

  async function lock(userId: string) {
    for (let count = 0; count < 50; count += 1) {
      const call = { ...(await callAs(cloud.core, null)), address: `192.0.2.${count}` };
      const password = { user: { id: userId }, password: 'wrong' };
      await issueToken(call, { password }).catch(() => {});
    }
  }
});

/** The memory that was gone over, in KiB times passes, while passwords were verified and hashed. */
async function workOf(attempt: () => Promise<unknown>): Promise<number> {
  const [hash, verify] = [vi.mocked(argon2.hash), vi.mocked(argon2.verify)];
  hash.mockClear();
  verify.mockClear();
  await attempt();
  const verified = verify.mock.calls.map(([encoded]) => {
    const [, memory, passes] = /m=(\d+),t=(\d+)/.exec(String(encoded)) ?? [];
    return Number(memory) * Number(passes);
  });
  const hashed = hash.mock.calls.map(([, options]) => (options?.memoryCost ?? 0) * (options?.timeCost ?? 0));
  return [...verified, ...hashed].reduce((sum, work) => sum + work, 0);
}

describe('A14: before anything is hashed', () => {
  test('a password that nobody can have is refused', async () => {
    const { id } = await person();
    vi.mocked(argon2.verify).mockClear();
    const call = await callAs(cloud.core, null);
    const tooLong = { user: { id }, password: 'x'.repeat(513) };
    await expect(issueToken(call, { password: tooLong })).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await signIn('somebody', { password: 'x'.repeat(513) })).status).toBe(400);
    expect(argon2.verify).not.toHaveBeenCalled();
  });
});

test('A42: a session begins with signing in, under a name of ours, and nothing is kept of who did not', async () => {
  const { prisma } = cloud.core.database;
  const { id, name } = await person();
  const before = await prisma.session.count();
  const planted = `uks_${'x'.repeat(43)}`;
  for (let count = 0; count < 5; count += 1) {
    await cloud.ask('GET', '/v1/users/me', { token: planted });
    await cloud.ask('GET', '/v1/users/me', { headers: { cookie: 'next-auth.session-token=planted' } });
    await signIn(`never-${randomUUID()}`);
  }
  expect(await prisma.session.count()).toBe(before);
  const told = await cloud.ask('POST', '/v1/sessions', {
    token: planted,
    body: { username: name, password: userPassword },
  });
  const again = await signIn(name);
  const tokens = [told, again].map(({ body }) => z.object({ token: z.string() }).parse(body).token);
  expect(new Set([...tokens, planted]).size).toBe(3);
  expect(await prisma.session.count({ where: { userId: id } })).toBe(3);
});

const begun = z.object({ secret: z.string(), uri: z.string() });
const confirmed = z.object({ recoveryCodes: z.array(z.string()) });

/**
 * Somebody with one-time codes, and a way to make them. One of the present step turned them on, so that the next one is of
 * the coming step: it counts now and, should that begin meanwhile, still.
 */
async function withTotp() {
  const user = await person();
  const { token } = user;
  const { secret, uri } = begun.parse((await cloud.ask('POST', '/v1/users/me/totp', { token })).body);
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const codeAt = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
  const told = await cloud.ask('POST', '/v1/users/me/totp/confirm', { token, body: { code: codeAt(0) } });
  expect(told.status).toBe(201);
  return { ...user, secret, uri, codeAt, ...confirmed.parse(told.body) };
}

describe('A13: one-time codes', () => {
  test('are asked for after the right password only, and never instead of it', async () => {
    const user = await withTotp();
    expect(await codeOf(user.name)).toBe('second_factor_needed');
    for (const code of [undefined, '000000', user.codeAt(1), user.recoveryCodes[0]]) {
      expect(await codeOf(user.name, { password: 'wrong password', ...(code && { code }) })).toBe('wrong_credentials');
    }
    expect((await signIn(user.name, { code: user.codeAt(1) })).status).toBe(201);
    const call = await callAs(cloud.core, null);
    const totp = { user: { id: user.id }, code: user.recoveryCodes[1] ?? '' };
    await expect(issueToken(call, { totp })).rejects.toMatchObject({ code: 'wrong_credentials' });
    const password = { user: { id: user.id }, password: userPassword };
    await expect(issueToken(call, { password })).rejects.toMatchObject({ code: 'second_factor_needed' });
    const { facts } = await issueToken(call, { password, totp });
    expect(facts.methods).toEqual(['password', 'totp']);
  });

  test('count once, also for two who come at the same moment', async () => {
    const user = await withTotp();
    const code = user.codeAt(1);
    const tries = await Promise.all([signIn(user.name, { code }), signIn(user.name, { code })]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual([201, 401]);
    expect(await codeOf(user.name, { code })).toBe('second_factor_needed');
  });

  test('are followed by recovery codes, each of which counts once, however it is written', async () => {
    const { name, recoveryCodes, token } = await withTotp();
    const [first = '', second = ''] = recoveryCodes;
    expect(recoveryCodes).toHaveLength(10);
    expect((await signIn(name, { code: first })).status).toBe(201);
    expect(await codeOf(name, { code: first })).toBe('second_factor_needed');
    expect((await signIn(name, { code: second.toLowerCase().replaceAll('-', ' ') })).status).toBe(201);
    expect((await cloud.ask('GET', '/v1/users/me/totp', { token })).body).toEqual({
      isEnabled: true,
      recoveryCodesLeft: 8,
    });
  });

  test('are not guessed: after ten that do not fit nobody may try, not even with the right one', async () => {
    const user = await withTotp();
    for (let count = 0; count < 10; count += 1) await signIn(user.name, { code: '000000' });
    expect((await signIn(user.name, { code: user.codeAt(1) })).status).toBe(429);
  });

  test('are not on before one of them was right, and not begun anew once they are', async () => {
    const { name, token } = await person();
    await cloud.ask('POST', '/v1/users/me/totp', { token });
    expect((await cloud.ask('POST', '/v1/users/me/totp/confirm', { token, body: { code: '000000' } })).status).toBe(
      400,
    );
    expect((await signIn(name)).status).toBe(201);
    const user = await withTotp();
    expect((await cloud.ask('POST', '/v1/users/me/totp', { token: user.token })).status).toBe(409);
  });

  test('are turned off with password and code, both, and only by their owner', async () => {
    const user = await withTotp();
    const operator = await makePerson(cloud, { system: 'admin' });
    const off = (token: string, body: object) => cloud.ask('POST', '/v1/users/me/totp/remove', { token, body });
    const code = user.codeAt(1);
    expect((await off(user.token, { password: 'wrong password', code })).status).toBe(401);
    expect((await off(user.token, { password: userPassword, code: '000000' })).status).toBe(401);
    expect((await off(operator.token, { password: userPassword, code })).status).toBe(401);
    expect(await codeOf(user.name)).toBe('second_factor_needed');
    expect((await off(user.token, { password: userPassword, code })).status).toBe(204);
    expect((await signIn(user.name)).status).toBe(201);
  });

  test('A13: new recovery codes take password and code, both, and end the old ones', async () => {
    const user = await withTotp();
    const [first = '', second = ''] = user.recoveryCodes;
    const renew = (body: object) => cloud.ask('POST', '/v1/users/me/totp/recovery-codes', { token: user.token, body });
    expect((await renew({ password: 'wrong password', code: first })).status).toBe(401);
    expect((await renew({ password: userPassword, code: '000000' })).status).toBe(401);
    const told = await renew({ password: userPassword, code: first });
    expect(told.status).toBe(200);
    const { recoveryCodes } = confirmed.parse(told.body);
    expect(await codeOf(user.name, { code: second })).toBe('second_factor_needed');
    expect((await signIn(user.name, { code: recoveryCodes[0] })).status).toBe(201);
  });

  test('A63: leave no seed and no code in the database, the log or a later answer', async () => {
    const { secret, recoveryCodes, token } = await withTotp();
    const { prisma } = cloud.core.database;
    const kept = JSON.stringify([
      await prisma.userTotp
        .findMany()
        .then((rows) => rows.map((row) => Buffer.from(row.sealedSecret).toString('latin1'))),
      await prisma.auditLine.findMany(),
      (await cloud.ask('GET', '/v1/users/me/totp', { token })).text,
      cloud.logged,
    ]);
    for (const each of [secret, ...recoveryCodes]) expect(kept).not.toContain(each);
  });
});
