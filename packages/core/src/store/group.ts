import type { Group, groupCreate, groupQuery, groupUpdate } from '@unkai/contracts/resources/group';
import type { Group as GroupRow, User as UserRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted, grantedDomains, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { type DomainRowChange, recordDomainRow } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { mayManageHolder } from '../identity/delegation.ts';
import { holds, type Page, pageOf, pageRows } from './page.ts';
import { keepManagers } from './place-manager.ts';
import { refuseField, refuseTakenName } from './refusal.ts';
import { lockRow } from './row-now.ts';

/**
 * Looks a group up for an action. To change one or its members, a manager of the domain must be able to give all that
 * the group has: throws `forbidden` else.
 */
export async function findGroup(
  call: Call,
  wanted: `group:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<GroupRow> {
  const row = await call.core.database.prisma.group.findUnique({ where: { id } });
  const place = row && { name: row.name, domainId: row.domainId };
  const found = await granted(call, wanted, row, { noun: 'group', id, projectId: null, ...place });
  if (wanted !== 'group:read') await mayManageHolder(call, { groupId: id }, found.domainId);
  return found;
}

export async function listGroups(call: Call, query: z.output<typeof groupQuery>): Promise<Page<Group>> {
  const seen = await grantedDomains(call, 'group:read');
  const { after, orderBy, take } = pageRows(query);
  const { name, nameContains, domainId, userId } = query;
  const filter = {
    ...(name !== undefined && { name: { equals: name, mode: 'insensitive' as const } }),
    ...(nameContains !== undefined && { AND: { name: holds(nameContains) } }),
    ...(domainId !== undefined && { domainId }),
    ...(userId !== undefined && { members: { some: { userId } } }),
  };
  const where = { AND: [seen === null ? {} : { domainId: { in: [...seen] } }, filter, after] };
  return pageOf(await call.core.database.prisma.group.findMany({ where, orderBy, take }), query, viewGroup);
}

/** Throws `conflict` when the domain has a group of that name. */
export async function createGroup(unit: Unit, call: Call, input: z.output<typeof groupCreate>): Promise<Group> {
  const domain = await unit.tx.domain.findUnique({ where: { id: input.domainId }, select: { id: true } });
  if (domain === null) throw refuseField('domainId', 'names no domain', 'Choose a domain that is there.');
  const made = unit.tx.group.create({ data: input });
  const row = await refuseTakenName(made, `There is already a group named ${input.name} in this domain.`);
  await recordGroup(unit, call, row, { kind: 'created' });
  return viewGroup(row);
}

export async function updateGroup(
  unit: Unit,
  call: Call,
  found: GroupRow,
  input: z.output<typeof groupUpdate>,
): Promise<Group> {
  await lockRow(unit.tx, 'user_group', found.id);
  const row = await unit.tx.group.findUniqueOrThrow({ where: { id: found.id } });
  const { name = row.name, description = row.description } = input;
  const change = unit.tx.group.update({ where: { id: row.id }, data: { name, description } });
  const changed = await refuseTakenName(change, `There is already a group named ${name} in this domain.`);
  await recordGroup(unit, call, changed, { kind: 'changed', was: row });
  return viewGroup(changed);
}

/** Its members lose what they had through it. Throws `conflict` when nobody would be left to operate, or to manage the domain. */
export async function deleteGroup(unit: Unit, call: Call, row: GroupRow): Promise<void> {
  await unit.tx.group.delete({ where: { id: row.id } });
  await keepManagers(unit, call, row.domainId);
  await recordGroup(unit, call, row, { kind: 'deleted' });
}

/** Looks a user up who is, or shall be, a member; throws `not_found` for one that the caller may not know of. */
export async function findMember(call: Call, userId: string): Promise<UserRow> {
  const row = await call.core.database.prisma.user.findUnique({ where: { id: userId } });
  if (row === null || !allows(call.actor, 'group:update', null, row.domainId)) throw notFound('user', userId);
  return row;
}

/** Harmless when the user is a member already. */
export async function addMember(unit: Unit, call: Call, group: GroupRow, user: UserRow): Promise<void> {
  const userId = user.id;
  await unit.tx.groupMember.createMany({ data: { groupId: group.id, userId }, skipDuplicates: true });
  await recordGroup(unit, call, group, { kind: 'changed', detail: `${user.name} added` });
}

/** Throws `not_found` when the user is no member, and `conflict` when nobody would be left to operate, or to manage the domain. */
export async function removeMember(unit: Unit, call: Call, group: GroupRow, user: UserRow): Promise<void> {
  const gone = await unit.tx.groupMember.deleteMany({ where: { groupId: group.id, userId: user.id } });
  if (gone.count === 0) throw notFound('member', user.id);
  await keepManagers(unit, call, group.domainId);
  await recordGroup(unit, call, group, { kind: 'changed', detail: `${user.name} removed` });
}

const recordGroup = (unit: Unit, call: Call, row: GroupRow, change: DomainRowChange) =>
  recordDomainRow(unit, call, row, { ...change, noun: 'group' });

export function viewGroup({ id, domainId, name, description, createdAt }: GroupRow): Group {
  return { id, domainId, name, description, createdAt: createdAt.toISOString() };
}
