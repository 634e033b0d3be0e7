// What the database itself keeps of identity, whatever a program does.
import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
beforeAll(async () => {
  opened = await openTestCore();
});
afterAll(() => opened.close());

const prisma = () => opened.core.database.prisma;
const makeDomain = () => prisma().domain.create({ data: { name: randomUUID() } });
const makeProject = (domainId: string, more: { name?: string; parentId?: string } = {}) =>
  prisma().project.create({ data: { domainId, name: randomUUID(), ...more } });
const makeUser = (domainId: string, name: string = randomUUID()) => prisma().user.create({ data: { domainId, name } });

test('a role is given to one holder in one place, once', async () => {
  const domain = await makeDomain();
  const user = await makeUser(domain.id);
  const group = await prisma().group.create({ data: { domainId: domain.id, name: 'g' } });
  const project = await makeProject(domain.id);
  const give = (data: object) =>
    prisma().roleAssignment.create({ data: { roleId: builtInRoleIds.member, isSystem: false, ...data } });
  await expect(give({ userId: user.id, groupId: group.id, projectId: project.id })).rejects.toThrow('one_holder');
  await expect(give({ projectId: project.id })).rejects.toThrow('one_holder');
  await expect(give({ userId: user.id })).rejects.toThrow('one_target');
  await expect(give({ userId: user.id, projectId: project.id, domainId: domain.id })).rejects.toThrow('one_target');
  await expect(give({ userId: user.id, isSystem: true, isInherited: true })).rejects.toThrow('nothing_below');
  const made = await give({ userId: user.id, projectId: project.id });
  await expect(give({ userId: user.id, projectId: project.id })).rejects.toThrow('Unique constraint');
  await expect(
    prisma().roleAssignment.update({ where: { id: made.id }, data: { roleId: builtInRoleIds.admin } }),
  ).rejects.toThrow();
});

test('names are taken in any case', async () => {
  const domain = await prisma().domain.create({ data: { name: 'Acme' } });
  await makeProject(domain.id, { name: 'Web' });
  await makeUser(domain.id, 'Ann');
  await expect(prisma().domain.create({ data: { name: 'acme' } })).rejects.toThrow('Unique constraint');
  await expect(makeProject(domain.id, { name: 'WEB' })).rejects.toThrow('Unique constraint');
  await expect(makeUser(domain.id, 'ann')).rejects.toThrow('Unique constraint');
});

test('a project stays where it is, below one of its own domain', async () => {
  const [one, other] = [await makeDomain(), await makeDomain()];
  const parent = await makeProject(one.id);
  await expect(makeProject(other.id, { parentId: parent.id })).rejects.toThrow('is in another domain');
  const child = await makeProject(one.id, { parentId: parent.id });
  const move = (data: object) => prisma().project.update({ where: { id: child.id }, data });
  await expect(move({ domainId: other.id })).rejects.toThrow();
  await expect(move({ parentId: null })).rejects.toThrow();
  await expect(prisma().project.delete({ where: { id: parent.id } })).rejects.toThrow();
});

test('A01: users and groups keep their domain', async () => {
  const [one, other] = [await makeDomain(), await makeDomain()];
  const { id } = await makeUser(one.id);
  await expect(prisma().user.update({ where: { id }, data: { domainId: other.id } })).rejects.toThrow();
});

test('built-in roles and what they imply of each other stay', async () => {
  const { admin, manager } = builtInRoleIds;
  await expect(prisma().role.delete({ where: { id: admin } })).rejects.toThrow('stays as it is');
  await expect(prisma().role.update({ where: { id: admin }, data: { name: 'root' } })).rejects.toThrow(
    'stays as it is',
  );
  const implied = { priorRoleId: admin, impliedRoleId: manager };
  await expect(prisma().impliedRole.deleteMany({ where: implied })).rejects.toThrow('stays');
});
