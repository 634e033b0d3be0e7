import { UnkaiError } from '@unkai/contracts/errors';
import type { RoleName } from '@unkai/contracts/permissions';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { callerId, grantedGlobally, grantedOnSeen, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { mayGiveRole } from '../identity/delegation.ts';
import { placedRoles, type RoleGraph, readRoleGraph } from '../identity/effective-roles.ts';
import { findDomain } from './domain.ts';
import { keepAManager } from './place-manager.ts';
import { findProject } from './project.ts';

type MemberPlace =
  | { readonly projectId: string; readonly name: string }
  | { readonly domainId: string; readonly name: string };

/** Somebody with a role in a place, and what of it was given to them by name there. */
export interface FoundMember {
  readonly userId: string;
  readonly userName: string;
  readonly place: MemberPlace;
  readonly given: ReadonlyArray<{
    readonly id: string;
    readonly roleId: string;
    readonly role: { readonly name: string };
  }>;
  readonly graph: RoleGraph;
}

/**
 * Looks a member of a project up for an action. Throws `not_found` for who has no role there, and `forbidden` for who
 * has one that is more than the caller may take.
 */
export async function findProjectMember(
  call: Call,
  wanted: 'member:update' | 'member:delete',
  where: { readonly id: string; readonly userId: string },
): Promise<FoundMember> {
  const { id, name, domainId } = await findProject(call, 'project:read', where.id);
  await grantedOnSeen(call, wanted, { noun: 'project', id, projectId: id, domainId, name });
  const found = await readMember(call, { projectId: id, name }, where.userId);
  for (const { roleId } of found.given) await mayGiveRole(call, roleId);
  return found;
}

/** The caller as a member of what they want to leave. Throws `not_found` where they have no role. */
export async function findSelf(call: Call, where: { readonly projectId: string } | { readonly domainId: string }) {
  await grantedGlobally(call, 'member:leave');
  const isProject = 'projectId' in where;
  const { name } = isProject
    ? await findProject(call, 'project:read', where.projectId)
    : await findDomain(call, 'domain:read', where.domainId);
  return readMember(call, { ...where, name }, callerId(call));
}

async function readMember(call: Call, place: MemberPlace, userId: string): Promise<FoundMember> {
  const { database } = call.core;
  const [placed, user, given, graph] = await Promise.all([
    placedRoles(database, [userId]),
    database.prisma.user.findUnique({ where: { id: userId }, select: { name: true } }),
    database.prisma.roleAssignment.findMany({
      where: { ...here(place), userId, isInherited: false },
      select: { id: true, roleId: true, role: { select: { name: true } } },
    }),
    readRoleGraph(database),
  ]);
  const isThere = placed.some((each) =>
    'projectId' in place ? each.projectId === place.projectId : each.domainId === place.domainId,
  );
  // Who has no role there is not told whether the user exists.
  if (user === null || (!isThere && given.length === 0)) throw notFound('member', userId);
  return { userId, userName: user.name, place, given, graph };
}

/** The role takes the place of all that they were given there by name. Throws `conflict` for the last manager. */
export async function updateMember(unit: Unit, call: Call, found: FoundMember, role: RoleName): Promise<void> {
  const roleId = builtInRoleIds[role];
  await mayGiveRole(call, roleId);
  const { userId, userName, place, given } = found;
  const gone = given.filter((each) => each.roleId !== roleId);
  const ids = gone.map(({ id }) => id);
  await unit.tx.roleAssignment.deleteMany({ where: { id: { in: ids } } });
  if (gone.length === given.length) await unit.tx.roleAssignment.create({ data: { ...here(place), userId, roleId } });
  if (role !== 'manager' && role !== 'admin') await keepManagerOf(unit, found);
  const before = given.map((each) => each.role.name).join(', ') || 'no role of their own';
  const about = { id: userId, name: userName, projectId: null, ...here(place) };
  const detail = `${before} → ${role}`;
  await recordChange(unit, call, { action: 'role-assignment:update', kind: 'changed', ...about, detail });
}

/**
 * All that they were given there by name is taken, from the commit on (A08). Throws `conflict` for the last manager, and
 * for who has a role there only through a group or from above.
 */
export async function removeMember(unit: Unit, call: Call, found: FoundMember, how: 'removed' | 'left'): Promise<void> {
  const { userId, userName, place, given } = found;
  if (given.length === 0) {
    const whose = how === 'left' ? 'You have no role of your own' : `${userName} has no role of their own`;
    throw new UnkaiError('conflict', `${whose} on ${place.name}: it comes from a group or from above.`, {
      next: 'Ask a manager of the domain to take the user out of the group, or the inherited role away.',
    });
  }
  await unit.tx.roleAssignment.deleteMany({ where: { id: { in: given.map(({ id }) => id) } } });
  await keepManagerOf(unit, found);
  const about = { id: userId, name: userName, projectId: null, ...here(place) };
  const detail = `${given.map((each) => each.role.name).join(', ')}, ${how}`;
  await recordChange(unit, call, { action: 'role-assignment:delete', kind: 'deleted', ...about, detail });
}

function here(place: MemberPlace): { readonly projectId: string } | { readonly domainId: string } {
  return 'projectId' in place ? { projectId: place.projectId } : { domainId: place.domainId };
}

/** Only who managed can have been the last who did. */
async function keepManagerOf({ tx }: Unit, { place, given, graph }: FoundMember): Promise<void> {
  if (graph.closure(given.map(({ roleId }) => roleId)).has(builtInRoleIds.manager)) await keepAManager(tx, place);
}
