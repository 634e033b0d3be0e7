import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../src/call.ts';
import { commit, openDatabase } from '../src/database/database.ts';
import { ActorCache } from '../src/identity/actor-cache.ts';
import { authenticate } from '../src/identity/authenticate.ts';
import { setupCall } from '../src/seed.ts';
import { deleteProject, findProject } from '../src/store/project.ts';
import { identityRows } from './identity-rows.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

// `here` is a process with a cache; `there` is another process of the installation, which changes things.
let opened: TestCore;
let here: Core & { actors: ActorCache };
let there: Core;
let make: ReturnType<typeof identityRows>;
beforeAll(async () => {
  opened = await openTestCore();
  there = opened.core;
  make = identityRows(there);
  const database = openDatabase(opened.services.databaseUrl);
  here = { ...there, database, actors: new ActorCache(database, there.log) };
});
afterAll(async () => {
  await here.actors.close();
  await here.database.close();
  await opened.close();
});

/** A member of a project through a group and by an own assignment, known to `here` from memory. */
async function knownMember() {
  const domain = await make.domain();
  const project = await make.project(domain.id);
  const user = await make.user(domain.id);
  const group = await make.group(domain.id, user.id);
  await make.give('reader', { groupId: group.id }, { projectId: project.id });
  const assignment = await make.give('member', { userId: user.id }, { projectId: project.id });
  const session = await make.session(user.id);
  const look = () => authenticate(here, session.secret);
  const role = async () => (await look()).projectRoles.get(project.id) ?? null;
  // A cache that keeps nothing would pass every test below.
  await expect
    .poll(async () => {
      const first = await look();
      return first === (await look());
    })
    .toBe(true);
  return { domain, project, user, group, assignment, session, look, role };
}

const within = { timeout: 900, interval: 10 };

describe('A08, A09: what another process takes away is gone within a second', () => {
  test('a role', async () => {
    const { assignment, role } = await knownMember();
    expect(await role()).toBe('member');
    await there.database.prisma.roleAssignment.delete({ where: { id: assignment.id } });
    await expect.poll(role, within).toBe('reader');
  });

  test('membership of a group', async () => {
    const { assignment, group, role } = await knownMember();
    await there.database.prisma.roleAssignment.delete({ where: { id: assignment.id } });
    await there.database.prisma.groupMember.deleteMany({ where: { groupId: group.id } });
    await expect.poll(role, within).toBeNull();
  });

  test('what a role implies', async () => {
    const { user, project, role } = await knownMember();
    const made = await make.role(builtInRoleIds.manager);
    await make.give(made, { userId: user.id }, { projectId: project.id });
    await expect.poll(role, within).toBe('manager');
    await there.database.prisma.impliedRole.deleteMany({ where: { priorRoleId: made.id } });
    await expect.poll(role, within).toBe('member');
  });

  const gone: Record<string, (known: Awaited<ReturnType<typeof knownMember>>) => Promise<unknown>> = {
    'a session': ({ session: { id } }) => there.database.prisma.session.delete({ where: { id } }),
    'a user who is disabled': ({ user: { id } }) =>
      there.database.prisma.user.update({ where: { id }, data: { isEnabled: false } }),
    'a user who is deleted': ({ user: { id } }) => there.database.prisma.user.delete({ where: { id } }),
    'a domain that is disabled': ({ domain: { id } }) =>
      there.database.prisma.domain.update({ where: { id }, data: { isEnabled: false } }),
  };
  test.each(Object.keys(gone))('%s', async (title) => {
    const known = await knownMember();
    await gone[title]?.(known);
    await expect.poll(async () => (await known.look()).kind, within).toBe('anonymous');
  });

  test('a project that is disabled', async () => {
    const { project, role } = await knownMember();
    await there.database.prisma.project.update({ where: { id: project.id }, data: { isEnabled: false } });
    await expect.poll(role, within).toBeNull();
  });
});

test('A08: what this process takes away is gone with the answer', async () => {
  const { project, role } = await knownMember();
  const call = setupCall(here);
  const row = await findProject(call, 'project:delete', project.id);
  await commit(here.database, (unit) => deleteProject(unit, call, row));
  expect(await role()).toBeNull();
});

describe('A08: while the channel tells nothing, the database is read', () => {
  /** The process of Postgres behind the connection that listens, which is known by its last statement. */
  async function listener(): Promise<number> {
    const rows = await there.database.prisma.$queryRaw<Array<{ pid: number }>>`
      SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'SELECT pg_notify($1, $2)%'`;
    const [row] = rows;
    if (row === undefined || rows.length > 1) throw new Error(`${rows.length} connections listen`);
    return row.pid;
  }

  test('its connection hangs', async () => {
    const { assignment, role } = await knownMember();
    const pid = await listener();
    process.kill(pid, 'SIGSTOP');
    try {
      await there.database.prisma.roleAssignment.delete({ where: { id: assignment.id } });
      // Sooner than the connection is given up.
      await expect.poll(role, { timeout: 2_000, interval: 10 }).toBe('reader');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  test('its connection is cut: what was kept is forgotten, and kept again once it is back', async () => {
    const { assignment, look, role } = await knownMember();
    const kept = await look();
    await there.database.prisma.$executeRaw`SELECT pg_terminate_backend(${await listener()}::int)`;
    await there.database.prisma.roleAssignment.delete({ where: { id: assignment.id } });
    await expect.poll(role, within).toBe('reader');
    await expect.poll(() => here.actors.isProven).toBe(true);
    expect(await look()).not.toBe(kept);
  });
});

test('a session is believed no longer than it lasts', async () => {
  const { user } = await knownMember();
  const session = await make.session(user.id);
  await there.database.prisma.session.update({
    where: { id: session.id },
    data: { expiresAt: new Date(Date.now() + 300) },
  });
  expect((await authenticate(here, session.secret)).kind).toBe('session');
  await expect.poll(async () => (await authenticate(here, session.secret)).kind, within).toBe('anonymous');
});
