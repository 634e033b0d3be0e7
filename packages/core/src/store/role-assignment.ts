import { roleName } from '@unkai/contracts/permissions';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type {
  RoleAssignment,
  roleAssignmentCreate,
  roleAssignmentQuery,
} from '@unkai/contracts/resources/role-assignment';
import type { Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted, grantedDomains, grantedGlobally, grantedOnDomain } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { mayGiveRole } from '../identity/delegation.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { keepManagers } from './place-manager.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';

const withDomain = { select: { name: true, domainId: true, domain: { select: { name: true } } } } as const;
const withNames = {
  role: { select: { name: true, domainId: true } },
  user: withDomain,
  group: withDomain,
  domain: { select: { name: true } },
  project: withDomain,
} as const;
type FoundAssignment = Prisma.RoleAssignmentGetPayload<{ include: typeof withNames }>;

/** Looks an assignment up for an action. Throws `forbidden` for a manager and a role that is more than theirs to take. */
export async function findRoleAssignment(
  call: Call,
  wanted: `role-assignment:${'read' | 'delete'}`,
  id: string,
): Promise<FoundAssignment> {
  const row = await call.core.database.prisma.roleAssignment.findUnique({ where: { id }, include: withNames });
  const domainId = row === null ? null : (row.domainId ?? row.project?.domainId ?? null);
  const found = await granted(call, wanted, row, { noun: 'role-assignment', id, projectId: null, domainId });
  if (wanted === 'role-assignment:delete') await mayGiveRole(call, found.roleId);
  return found;
}

/** Operators see all, readers of a domain those on it and on its projects. */
export async function listRoleAssignments(
  call: Call,
  query: z.output<typeof roleAssignmentQuery>,
): Promise<Page<RoleAssignment>> {
  const seen = await grantedDomains(call, 'role-assignment:read');
  const { after, orderBy, take } = pageRows(query);
  const { userId, groupId, roleId, domainId, withinDomainId, projectId, isSystem, isInherited, includeSubtree } = query;
  const below = projectId !== undefined && includeSubtree ? await subtreeOf(call, projectId) : [];
  const filter = {
    ...(userId !== undefined && { userId }),
    ...(groupId !== undefined && { groupId }),
    ...(roleId !== undefined && { roleId }),
    ...(domainId !== undefined && { domainId }),
    ...(projectId !== undefined && { projectId: { in: [projectId, ...below] } }),
    ...(isSystem !== undefined && { isSystem }),
    ...(isInherited !== undefined && { isInherited }),
  };
  const mine = seen === null ? {} : within(seen);
  const where = { AND: [mine, withinDomainId === undefined ? {} : within([withinDomainId]), filter, after] };
  const rows = await call.core.database.prisma.roleAssignment.findMany({ where, orderBy, take, include: withNames });
  return pageOf(rows, query, viewRoleAssignment);
}

/** On one of the domains, or on a project of theirs. */
function within(domainIds: readonly string[]): Prisma.RoleAssignmentWhereInput {
  const domainId = { in: [...domainIds] };
  return { OR: [{ domainId }, { project: { domainId } }] };
}

async function subtreeOf({ core }: Call, projectId: string): Promise<string[]> {
  const rows = await core.database.prisma.$queryRaw<Array<{ id: string }>>`
    WITH RECURSIVE below AS (
      SELECT id FROM project WHERE parent_id = ${projectId}::uuid
      UNION
      SELECT project.id FROM below JOIN project ON project.parent_id = below.id
    ) SELECT id FROM below`;
  return rows.map(({ id }) => id);
}

type AssignmentInput = z.output<typeof roleAssignmentCreate>;

/** What an assignment speaks of, looked up for the caller. */
export interface AssignmentParts {
  readonly roleId: string;
  readonly holder: { readonly userId: string } | { readonly groupId: string };
  readonly domainId: string | null;
  readonly projectId: string | null;
  readonly isInherited: boolean;
}

/**
 * Looks up what an assignment would be made of. On the system only operators may give roles; on a domain and its
 * projects its managers too, to its own users and groups, and not admin. Throws `forbidden`, and `invalid_input` for
 * what is not there.
 */
export async function findAssignmentParts(call: Call, input: AssignmentInput): Promise<AssignmentParts> {
  const { domainId = null, projectId = null, isInherited } = input;
  const { prisma } = call.core.database;
  const project = projectId === null ? null : await prisma.project.findUnique({ where: { id: projectId } });
  const placeDomainId = projectId === null ? domainId : (project?.domainId ?? null);
  if (placeDomainId === null) await grantedGlobally(call, 'role-assignment:create');
  else await grantedOnDomain(call, 'role-assignment:create', placeDomainId);
  if (projectId !== null && project === null)
    throw refuseField('projectId', 'names no project', 'Choose a project that is there.');
  if (domainId !== null && (await prisma.domain.count({ where: { id: domainId } })) === 0) {
    throw refuseField('domainId', 'names no domain', 'Choose a domain that is there.');
  }
  const builtIn = roleName.safeParse(input.role);
  const roleId = builtIn.success ? builtInRoleIds[builtIn.data] : input.role;
  const role = await prisma.role.findUnique({ where: { id: roleId } });
  if (role === null)
    throw refuseField('role', 'names no role', 'Send the name of a built-in role, or the id of a role that is there.');
  if (role.domainId !== null && role.domainId !== placeDomainId) {
    throw refuseField('role', 'is a role of another domain', 'Choose a role of the same domain, or one of no domain.');
  }
  await mayGiveRole(call, roleId);
  return { roleId, holder: await findHolder(call, input), domainId, projectId, isInherited };
}

async function findHolder(call: Call, { userId, groupId }: AssignmentInput): Promise<AssignmentParts['holder']> {
  const { prisma } = call.core.database;
  const select = { id: true, domainId: true } as const;
  const field = userId === undefined ? 'groupId' : 'userId';
  const found =
    userId === undefined
      ? await prisma.group.findUnique({ where: { id: groupId ?? '' }, select })
      : await prisma.user.findUnique({ where: { id: userId }, select });
  // A manager gives roles to those of their own domain, and learns of no others.
  if (found === null || !allows(call.actor, 'role-assignment:create', null, found.domainId)) {
    throw refuseField(field, `names no ${field === 'userId' ? 'user' : 'group'}`, 'Choose one that is there.');
  }
  return field === 'userId' ? { userId: found.id } : { groupId: found.id };
}

/** It counts from the commit on. Throws `conflict` when the holder has that role there. */
export async function createRoleAssignment(unit: Unit, call: Call, parts: AssignmentParts): Promise<RoleAssignment> {
  const { holder, ...place } = parts;
  const isSystem = place.domainId === null && place.projectId === null;
  const made = unit.tx.roleAssignment.create({ data: { ...place, ...holder, isSystem }, include: withNames });
  const row = await refuseDuplicate(made, {
    field: 'role',
    message: `The ${holderWord(holder)} already has this role there.`,
    fix: 'Nothing is left to do.',
  });
  await record(unit, call, 'created', row);
  return viewRoleAssignment(row);
}

function holderWord(holder: AssignmentParts['holder']): string {
  return 'userId' in holder ? 'user' : 'group';
}

/** It counts no longer from the commit on (A08). Throws `conflict` for the last operator or manager. */
export async function deleteRoleAssignment(unit: Unit, call: Call, row: FoundAssignment): Promise<void> {
  await unit.tx.roleAssignment.delete({ where: { id: row.id } });
  if (row.isSystem || row.domainId !== null) await keepManagers(unit, call, row.domainId);
  await record(unit, call, 'deleted', row);
}

function record(unit: Unit, call: Call, kind: 'created' | 'deleted', row: FoundAssignment) {
  const action = kind === 'created' ? 'role-assignment:create' : 'role-assignment:delete';
  const where = row.isSystem ? 'the system' : row.domain ? `the domain ${row.domain.name}` : 'the project';
  const detail = `${row.role.name} on ${where}${row.isInherited ? ', inherited' : ''}`;
  const name = row.user?.name ?? row.group?.name ?? '';
  const domainId = row.domainId ?? row.project?.domainId ?? null;
  const about = { id: row.id, name, projectId: row.projectId, domainId, detail, ...rowsOf(kind, row) };
  return recordChange(unit, call, { action, kind, ...about });
}

function viewRoleAssignment(row: FoundAssignment): RoleAssignment {
  const { id, roleId, userId, groupId, isSystem, domainId, projectId, isInherited } = row;
  const holder = row.user ?? row.group;
  return {
    id,
    roleId,
    role: row.role.name,
    userId,
    groupId,
    isSystem,
    domainId,
    projectId,
    isInherited,
    userName: row.user?.name ?? null,
    groupName: row.group?.name ?? null,
    holderDomainId: holder?.domainId ?? '',
    holderDomainName: holder?.domain.name ?? '',
    domainName: row.domain?.name ?? null,
    projectName: row.project?.name ?? null,
    projectDomainId: row.project?.domainId ?? null,
    projectDomainName: row.project?.domain.name ?? null,
  };
}
