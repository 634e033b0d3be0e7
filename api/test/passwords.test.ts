import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cloud, makePerson, makeSession, openCloud, userPassword } from './cloud.ts';

let cloud: Cloud;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (token: string, method: string, path: string, body?: unknown) =>
  cloud.ask(method, path, { token, ...(body !== undefined && { body }) });

test('A08: a new password of one’s own needs the old one, and ends every session but the one that asks', async () => {
  const { token, name, id } = await makePerson(cloud, {});
  const elsewhere = await makeSession(cloud.core, id);
  const change = (currentPassword: string) =>
    ask(token, 'POST', '/v1/users/me/password', { currentPassword, newPassword: 'quite another one' });
  expect((await change('not the old one')).status).toBe(401);
  // The new password is told to be the old one to who shows the old one only.
  const own = (currentPassword: string) =>
    ask(token, 'POST', '/v1/users/me/password', { currentPassword, newPassword: currentPassword });
  expect((await own('not the old one')).status).toBe(401);
  const same = await own(userPassword);
  expect(same.status).toBe(400);
  expect(same.body).toMatchObject({ errors: [{ field: 'newPassword', fix: expect.stringMatching(/^Choose/) }] });
  expect((await ask(token, 'GET', '/v1/users/me')).status).toBe(200);
  expect((await change(userPassword)).status).toBe(204);
  expect((await ask(elsewhere, 'GET', '/v1/users/me')).status).toBe(401);
  expect((await ask(token, 'GET', '/v1/users/me')).status).toBe(200);
  const signIn = (password: string) => cloud.ask('POST', '/v1/sessions', { body: { username: name, password } });
  expect((await signIn(userPassword)).status).toBe(401);
  expect((await signIn('quite another one')).status).toBe(201);
});

test('who has no password is told so', async () => {
  const { token, id } = await makePerson(cloud, {});
  const me = async () => (await ask(token, 'GET', '/v1/users/me')).body;
  expect(await me()).toMatchObject({ hasPassword: true });
  await cloud.core.database.prisma.user.update({ where: { id }, data: { passwordHash: null } });
  const signedIn = await makeSession(cloud.core, id);
  expect((await ask(signedIn, 'GET', '/v1/users/me')).body).toMatchObject({ hasPassword: false });
});

test('an expired password signs nobody in; one that a manager of the domain gives does', async () => {
  const { name, id, token } = await makePerson(cloud, {});
  const change = (body: object) => ask(operator, 'PATCH', `/v1/users/${id}`, body);
  const passwordExpiresAt = '2000-01-01T00:00:00.000Z';
  expect((await change({ passwordExpiresAt })).body).toMatchObject({ passwordExpiresAt });
  expect((await ask(token, 'GET', '/v1/users/me')).body).toMatchObject({ passwordExpiresAt });
  const signIn = (password: string) => cloud.ask('POST', '/v1/sessions', { body: { username: name, password } });
  expect((await signIn(userPassword)).status).toBe(401);
  const password = 'quite another one';
  expect((await change({ password })).body).toMatchObject({ passwordExpiresAt: null });
  expect((await signIn(password)).status).toBe(201);
  // One that is given to be changed at once says so with it; and what was said can be taken back.
  expect((await change({ password: userPassword, passwordExpiresAt })).status).toBe(200);
  expect((await signIn(userPassword)).status).toBe(401);
  expect((await change({ passwordExpiresAt: null })).status).toBe(200);
  expect((await signIn(userPassword)).status).toBe(201);
});

test('no password expires that is not there, and nobody but who manages the user says when', async () => {
  const { id, token } = await makePerson(cloud, {});
  const passwordExpiresAt = '2999-01-01T00:00:00.000Z';
  expect((await ask(token, 'PATCH', `/v1/users/${id}`, { passwordExpiresAt })).status).toBe(404);
  expect((await ask(token, 'PATCH', '/v1/users/me', { passwordExpiresAt })).status).toBe(400);
  await cloud.core.database.prisma.user.update({ where: { id }, data: { passwordHash: null } });
  const told = await ask(operator, 'PATCH', `/v1/users/${id}`, { passwordExpiresAt });
  expect(told.status).toBe(400);
  expect(told.body).toMatchObject({ errors: [{ field: 'passwordExpiresAt', fix: expect.stringMatching(/password/) }] });
  const wrong = await ask(operator, 'PATCH', `/v1/users/${id}`, { passwordExpiresAt: 'tomorrow' });
  expect(wrong.body).toMatchObject({ errors: [{ field: 'passwordExpiresAt' }] });
});
