import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../src/call.ts';
import { systemActor } from '../src/identity/actor.ts';
import { listEffectiveRoles, listProjectMembers } from '../src/store/effective-role.ts';
import type { Page } from '../src/store/page.ts';
import { identityRows } from './identity-rows.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let call: Call;
let projectId: string;
beforeAll(async () => {
  opened = await openTestCore();
  const { core } = opened;
  call = { core, actor: systemActor, requestId: 'req-test', address: null, log: core.log };
  const make = identityRows(core);
  const domain = await make.domain();
  projectId = (await make.project(domain.id)).id;
  const below = await make.project(domain.id, projectId);
  const users = await Promise.all(Array.from({ length: 5 }, () => make.user(domain.id)));
  // Two of one name, in another domain, and roles on every kind of place.
  await core.database.prisma.user.update({ where: { id: users[0]?.id ?? '' }, data: { name: 'ada' } });
  const other = await make.domain();
  const namesake = await make.user(other.id);
  await core.database.prisma.user.update({ where: { id: namesake.id }, data: { name: 'ada' } });
  for (const { id: userId } of [...users, namesake]) {
    await make.give('member', { userId }, { projectId });
    await make.give('reader', { userId }, { projectId: below.id });
    await make.give('manager', { userId }, { domainId: domain.id });
  }
  await make.give('admin', { userId: namesake.id }, { isSystem: true });
});
afterAll(() => opened.close());

type Read = (page: { limit: number; cursor?: string }) => Promise<Page<unknown>>;

async function allPages(read: Read, limit: number): Promise<unknown[]> {
  const all: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor === undefined ? { limit } : { limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && all.length < 200);
  return all;
}

test.each([
  ['what counts', (page) => listEffectiveRoles(call, { ...page, includeSubtree: false })],
  ['who is in a project', (page) => listProjectMembers(call, projectId, page)],
] satisfies Array<[string, Read]>)('%s is told to its end, in pages of any size, each once', async (_what, read) => {
  const { items: whole, nextCursor } = await read({ limit: 1000 });
  expect(nextCursor).toBeNull();
  expect(whole.length).toBeGreaterThan(6);
  for (const limit of [1, 2, 5, whole.length]) expect(await allPages(read, limit)).toEqual(whole);
});

test('a cursor of another list is refused with what to send', async () => {
  const cursor = Buffer.from('["2026-01-01T00:00:00.000Z"]').toString('base64url');
  await expect(listProjectMembers(call, projectId, { limit: 10, cursor })).rejects.toMatchObject({
    code: 'invalid_input',
    errors: [{ field: 'cursor' }],
  });
});
