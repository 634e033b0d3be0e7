import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, openCloud, userPassword } from './cloud.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** A user who turned one-time codes on, and the codes of their app. */
async function person() {
  const user = await makePerson(cloud, {});
  const begun = await cloud.ask('POST', '/v1/users/me/totp', { token: user.token });
  const { secret } = z.object({ secret: z.string() }).parse(begun.body);
  const totp = new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 });
  const confirmed = await cloud.ask('POST', '/v1/users/me/totp/confirm', {
    token: user.token,
    body: { code: totp.generate() },
  });
  expect(confirmed.status, confirmed.text).toBeLessThan(300);
  // Each code counts once: the next one is that of the next half minute.
  return { ...user, code: () => totp.generate({ timestamp: Date.now() + 30_000 }) };
}

const auth = (identity: object, headers = {}) =>
  cloud.ask('POST', '/identity/v3/auth/tokens', { body: { auth: { identity, scope: 'unscoped' } }, headers });
const password = (id: string, given = userPassword) => ({ password: { user: { id, password: given } } });
const totp = (id: string, passcode: string) => ({ totp: { user: { id, passcode } } });
const receiptOf = (told: { headers: Headers }) => told.headers.get('openstack-auth-receipt');

test('password and code together make a token of both methods', async () => {
  const { id, code } = await person();
  const told = await auth({ methods: ['password', 'totp'], ...password(id), ...totp(id, code()) });
  expect(told.status, told.text).toBe(201);
  expect(told.body).toMatchObject({ token: { methods: ['password', 'totp'], user: { id } } });
});

test('without the code the answer tells what is missing, with a receipt that stands for the password', async () => {
  const { id, name, code } = await person();
  const told = await auth({ methods: ['password'], ...password(id) });
  expect(told.status).toBe(401);
  expect(told.headers.get('x-subject-token')).toBeNull();
  expect(told.body).toMatchObject({
    receipt: { methods: ['password'], user: { id, name, domain: { id: 'default' } }, expires_at: expect.any(String) },
    required_auth_methods: [['password', 'totp']],
  });
  const receipt = { 'openstack-auth-receipt': receiptOf(told) ?? '' };
  const done = await auth({ methods: ['totp'], ...totp(id, code()) }, receipt);
  expect(done.status, done.text).toBe(201);
  expect(done.body).toMatchObject({ token: { methods: ['password', 'totp'], user: { id } } });
});

test('A13: a receipt alone, with a wrong code, changed, of another, or after the password changed is nothing', async () => {
  const { id, code, token } = await person();
  const receipt = receiptOf(await auth({ methods: ['password'], ...password(id) })) ?? '';
  const headers = { 'openstack-auth-receipt': receipt };
  expect((await cloud.ask('GET', '/identity/v3/auth/catalog', { headers: { 'x-auth-token': receipt } })).status).toBe(
    401,
  );
  expect((await auth({ methods: ['token'], token: { id: receipt } })).status).toBe(401);
  expect((await auth({ methods: ['totp'], ...totp(id, '000000') }, headers)).status).toBe(401);
  const turned = receipt.endsWith('A') ? 'B' : 'A';
  const changed = { 'openstack-auth-receipt': receipt.slice(0, -2) + turned + receipt.slice(-1) };
  expect((await auth({ methods: ['totp'], ...totp(id, code()) }, changed)).status).toBe(401);
  const other = await person();
  expect((await auth({ methods: ['totp'], ...totp(other.id, other.code()) }, headers)).status).toBe(401);
  const change = { currentPassword: userPassword, newPassword: 'another long password' };
  expect((await cloud.ask('POST', '/v1/users/me/password', { token, body: change })).status).toBeLessThan(300);
  expect((await auth({ methods: ['totp'], ...totp(id, code()) }, headers)).status).toBe(401);
});

test('A12, A13: a wrong password gets no receipt, and a code alone opens nothing', async () => {
  const { id, code } = await person();
  const wrong = await auth({ methods: ['password'], ...password(id, 'not the password') });
  expect(wrong.status).toBe(401);
  expect(receiptOf(wrong)).toBeNull();
  expect((await auth({ methods: ['totp'], ...totp(id, code()) })).status).toBe(401);
});
