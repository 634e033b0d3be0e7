import type { RoleName } from '@unkai/contracts/permissions';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody } from './cloud.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

const prisma = () => cloud.core.database.prisma;

/** A project of its own with the people that a test names, by their roles. */
async function project(...roles: RoleName[]) {
  const { id } = await makeTenant(cloud);
  const people: Array<Awaited<ReturnType<typeof makePerson>>> = [];
  for (const role of roles) people.push(await makePerson(cloud, { project: { id, role } }));
  const path = `/v1/projects/${id}`;
  const person = (at: number) => {
    const found = people[at];
    if (found === undefined) throw new Error(`nobody at ${at}`);
    return found;
  };
  return {
    id,
    person,
    set: (by: number, whom: number, role: RoleName) =>
      cloud.ask('PATCH', `${path}/members/${person(whom).id}`, { token: person(by).token, body: { role } }),
    remove: (by: number, whom: number) =>
      cloud.ask('DELETE', `${path}/members/${person(whom).id}`, { token: person(by).token }),
    leave: (who: number) => cloud.ask('POST', `${path}/leave`, { token: person(who).token, body: {} }),
    rolesOf: async (at: number) =>
      (
        await prisma().roleAssignment.findMany({
          where: { userId: person(at).id, projectId: id },
          include: { role: true },
        })
      ).map(({ role }) => role.name),
  };
}

describe('members of a project', () => {
  test('its manager gives another role, which counts at once and stands in the audit log', async () => {
    const { id, person, set, rolesOf } = await project('manager', 'reader');
    const make = () =>
      cloud.ask('POST', `/v1/projects/${id}/networks`, { token: person(1).token, body: { name: 'mine' } });
    expect((await make()).status).toBe(403);
    expect((await set(0, 1, 'member')).status).toBe(204);
    expect((await make()).status).toBe(201);
    expect(await rolesOf(1)).toEqual(['member']);
    const line = await prisma().auditLine.findFirstOrThrow({
      where: { projectId: id, action: 'role-assignment:update' },
    });
    expect(line).toMatchObject({ actorId: person(0).id, resourceId: person(1).id, detail: 'reader → member' });
  });

  test('its manager takes somebody out, who is out at once', async () => {
    const { id, person, remove } = await project('manager', 'member');
    expect((await remove(0, 1)).status).toBe(204);
    expect((await cloud.ask('GET', `/v1/projects/${id}`, { token: person(1).token })).status).toBe(404);
    expect((await remove(0, 1)).status).toBe(404);
  });

  test('a member changes nobody, themselves included', async () => {
    const { set, remove } = await project('manager', 'member', 'reader');
    expect((await set(1, 1, 'manager')).status).toBe(403);
    expect((await set(1, 2, 'member')).status).toBe(403);
    expect((await remove(1, 2)).status).toBe(403);
  });

  test('a manager neither gives the role admin nor takes it', async () => {
    const { set, remove, rolesOf } = await project('manager', 'admin', 'reader');
    expect((await set(0, 2, 'admin')).status).toBe(403);
    expect((await set(0, 0, 'admin')).status).toBe(403);
    expect((await set(0, 1, 'reader')).status).toBe(403);
    expect((await remove(0, 1)).status).toBe(403);
    expect(await rolesOf(1)).toEqual(['admin']);
  });

  test('who is there through a group is taken out of the group, not here', async () => {
    const { id, remove, person } = await project('manager', 'reader');
    const { id: userId } = person(1);
    await prisma().roleAssignment.deleteMany({ where: { userId } });
    const group = await prisma().group.create({
      data: { domainId: cloud.domainId, name: `group of ${id}`, members: { create: { userId } } },
    });
    await prisma().roleAssignment.create({
      data: { groupId: group.id, projectId: id, roleId: builtInRoleIds.reader },
    });
    expect(problemBody.parse((await remove(0, 1)).body)).toMatchObject({ code: 'conflict' });
  });

  test('one leaves by oneself', async () => {
    const { leave, rolesOf } = await project('manager', 'reader');
    expect((await leave(1)).status).toBe(204);
    expect(await rolesOf(1)).toEqual([]);
    expect((await leave(1)).status).toBe(404);
  });
});

describe('the last manager', () => {
  test('of a project neither goes nor is demoted, and is told what to do', async () => {
    const { leave, set, rolesOf } = await project('manager', 'member');
    for (const told of [await leave(0), await set(0, 0, 'member')]) {
      expect(problemBody.parse(told.body)).toMatchObject({
        code: 'conflict',
        detail: 'Nobody would be left to manage this project.',
        next: 'Give another enabled user the role manager on the project first.',
        errors: [{ field: 'role' }],
      });
    }
    expect(await rolesOf(0)).toEqual(['manager']);
    expect((await set(0, 1, 'manager')).status).toBe(204);
    expect((await leave(0)).status).toBe(204);
  });

  test('does not count who is disabled', async () => {
    const { leave, person } = await project('manager', 'manager');
    await prisma().user.update({ where: { id: person(1).id }, data: { isEnabled: false } });
    expect((await leave(0)).status).toBe(409);
  });

  test('counts who manages through a group or from the domain', async () => {
    const { id, leave, person } = await project('manager', 'reader');
    const data = { domainId: cloud.domainId, isInherited: true, roleId: builtInRoleIds.manager };
    await prisma().roleAssignment.create({ data: { ...data, userId: person(1).id } });
    expect((await leave(0)).status).toBe(204);
    await prisma().roleAssignment.deleteMany({ where: { userId: person(1).id } });
    const group = await prisma().group.create({
      data: { domainId: cloud.domainId, name: `managers of ${id}`, members: { create: { userId: person(1).id } } },
    });
    await prisma().roleAssignment.create({
      data: { groupId: group.id, projectId: id, roleId: builtInRoleIds.manager },
    });
    const again = await makePerson(cloud, { project: { id, role: 'manager' } });
    expect((await cloud.ask('POST', `/v1/projects/${id}/leave`, { token: again.token, body: {} })).status).toBe(204);
  });

  test('of two who go at once one stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { leave } = await project('manager', 'manager');
      const told = await Promise.all([leave(0), leave(1)]);
      expect(told.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    }
  });

  test('of a domain neither leaves nor is taken out, save by an operator', async () => {
    const domain = await prisma().domain.create({ data: { name: 'guarded' } });
    const lead = await makePerson(cloud, {});
    const given = await prisma().roleAssignment.create({
      data: { userId: lead.id, domainId: domain.id, roleId: builtInRoleIds.manager },
    });
    const leave = () => cloud.ask('POST', `/v1/domains/${domain.id}/leave`, { token: lead.token, body: {} });
    expect(problemBody.parse((await leave()).body)).toMatchObject({
      code: 'conflict',
      detail: 'Nobody would be left to manage this domain.',
    });
    const take = (token: string) => cloud.ask('DELETE', `/v1/role-assignments/${given.id}`, { token });
    expect(problemBody.parse((await take(lead.token)).body).code).toBe('conflict');
    const operator = await makePerson(cloud, { system: 'admin' });
    expect((await take(operator.token)).status).toBe(204);
  });
});
