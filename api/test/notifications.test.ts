import { notification } from '@unkai/contracts/resources/notification';
import { commit } from '@unkai/core/database/database';
import { notify } from '@unkai/core/notification';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeToken, openCloud, problemBody } from './cloud.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const page = z.object({ items: z.array(notification), nextCursor: z.string().nullable() });

async function person() {
  const { id, token } = await makePerson(cloud, {});
  const ask = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) =>
    cloud.ask(method, `/v1/notifications${path}`, { token, ...(body !== undefined && { body }) });
  return {
    id,
    ask,
    list: async (query = '') => page.parse((await ask('GET', query)).body).items,
    tell: (title: string) =>
      commit(cloud.core.database, ({ tx }) => notify(tx, { userIds: [id], tone: 'bad', title, noun: 'server' })),
  };
}

test('a notification stays until it is read, can be unread again, and is found by either', async () => {
  const ada = await person();
  await ada.tell('one');
  await ada.tell('two');
  const [two, one] = await ada.list();
  expect([two, one]).toMatchObject([
    { title: 'two', readAt: null },
    { title: 'one', readAt: null },
  ]);
  const mark = async (isRead: boolean) => notification.parse((await ada.ask('PATCH', `/${one?.id}`, { isRead })).body);
  const { readAt } = await mark(true);
  expect(readAt).not.toBeNull();
  expect((await mark(true)).readAt, 'the moment stays').toBe(readAt);
  expect((await ada.list('?isUnread=true')).map(({ title }) => title)).toEqual(['two']);
  expect((await ada.list('?isUnread=false')).map(({ title }) => title)).toEqual(['one']);
  expect((await mark(false)).readAt).toBeNull();
  expect(await ada.list('?isUnread=true')).toHaveLength(2);
});

test('all are marked read up to the newest that was seen; what came since stays unread', async () => {
  const ada = await person();
  for (const title of ['one', 'two', 'three']) await ada.tell(title);
  const rows = await cloud.core.database.prisma.notification.findMany({ where: { userId: ada.id } });
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
  for (const [minute, title] of ['one', 'two', 'three'].entries()) {
    const id = rows.find((row) => row.title === title)?.id ?? '';
    await cloud.core.database.prisma.notification.update({ where: { id }, data: { createdAt: at(minute) } });
  }
  const until = at(1).toISOString();
  expect(await ada.ask('POST', '/mark-read', { until })).toMatchObject({ status: 200, body: { marked: 2 } });
  expect(await ada.ask('POST', '/mark-read', { until })).toMatchObject({ status: 200, body: { marked: 0 } });
  expect((await ada.list('?isUnread=true')).map(({ title }) => title)).toEqual(['three']);
});

test('those of others answer like what never was, and marking all leaves them alone', async () => {
  const [ada, ben] = [await person(), await person()];
  await ada.tell('for ada');
  const [own] = await ada.list();
  expect(await ben.list()).toEqual([]);
  expect((await ben.ask('PATCH', `/${own?.id}`, { isRead: true })).status).toBe(404);
  await ben.ask('POST', '/mark-read', { until: new Date().toISOString() });
  expect(await ada.list('?isUnread=true')).toHaveLength(1);
});

test('a token that is confined to something else reads none of them', async () => {
  const ada = await person();
  const token = await makeToken(cloud.core, ada.id, { permissions: ['server:read'] });
  expect((await cloud.ask('GET', '/v1/notifications', { token })).status).toBe(403);
});

test.each([
  ['a moment that is none', 'POST', '/mark-read', { until: 'yesterday' }, 'until'],
  ['an unknown field', 'POST', '/mark-read', { until: '2026-01-01T00:00:00Z', userId: 'x' }, 'userId'],
  ['no answer to whether it is read', 'PATCH', '/00000000-0000-4000-8000-000000000000', {}, 'isRead'],
  ['neither yes nor no', 'GET', '?isUnread=maybe', undefined, 'isUnread'],
] as const)('bad input: %s is refused by its field', async (_, method, path, body, field) => {
  const ada = await person();
  const told = await ada.ask(method, path, body);
  expect(told.status).toBe(400);
  expect(problemBody.parse(told.body).errors.map((each) => each.field)).toContain(field);
});
