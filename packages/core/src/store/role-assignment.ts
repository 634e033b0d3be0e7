import { roleName } from '@unkai/contracts/permissions';
import type { PageQuery } from '@unkai/contracts/primitives';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { roleAssignment, roleAssignmentCreate } from '@unkai/contracts/resources/user';
import type { RoleAssignment as RoleAssignmentRow, Role as RoleRow, User as UserRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';
import { keepAnOperator } from './user.ts';

type RoleAssignment = z.infer<typeof roleAssignment>;
type FoundAssignment = RoleAssignmentRow & { user: Pick<UserRow, 'name'> | null; role: Pick<RoleRow, 'name'> };
const withUser = { user: { select: { name: true } }, role: { select: { name: true } } } as const;

/** Looks an assignment up for an action. */
export async function findRoleAssignment(
  call: Call,
  wanted: 'role-assignment:delete',
  id: string,
): Promise<FoundAssignment> {
  const row = await call.core.database.prisma.roleAssignment.findUnique({ where: { id }, include: withUser });
  return granted(call, wanted, row, { noun: 'role-assignment', id, projectId: null });
}

export interface RoleAssignmentFilter {
  readonly userId?: string | undefined;
  readonly projectId?: string | undefined;
}

export async function listRoleAssignments(
  call: Call,
  query: PageQuery & RoleAssignmentFilter,
): Promise<Page<RoleAssignment>> {
  await grantedGlobally(call, 'role-assignment:read');
  const { after, orderBy, take } = pageRows(query);
  const { userId, projectId } = query;
  const filter = { ...(userId !== undefined && { userId }), ...(projectId !== undefined && { projectId }) };
  const where = { AND: [filter, after] };
  const rows = await call.core.database.prisma.roleAssignment.findMany({ where, orderBy, take, include: withUser });
  return pageOf(rows, query, viewRoleAssignment);
}

/** It counts from the commit on. Throws `conflict` when the user has that role there. */
export async function createRoleAssignment(
  unit: Unit,
  call: Call,
  input: z.infer<typeof roleAssignmentCreate>,
): Promise<RoleAssignment> {
  const { tx } = unit;
  const { userId, role } = input;
  const projectId = input.projectId ?? null;
  if ((await tx.user.count({ where: { id: userId } })) === 0) throw refuseField('userId', 'names no user');
  if (projectId !== null && (await tx.project.count({ where: { id: projectId } })) === 0) {
    throw refuseField('projectId', 'names no project');
  }
  const made = tx.roleAssignment.create({
    data: { userId, roleId: builtInRoleIds[role], isSystem: projectId === null, projectId },
    include: withUser,
  });
  const row = await refuseDuplicate(made, 'role', 'The user already has this role there.');
  await record(unit, call, 'created', row);
  return viewRoleAssignment(row);
}

/** It counts no longer from the commit on (A08). Throws `conflict` for the last operator. */
export async function deleteRoleAssignment(unit: Unit, call: Call, row: FoundAssignment): Promise<void> {
  if (row.isSystem && row.roleId === builtInRoleIds.admin)
    await keepAnOperator(unit.tx, { exceptAssignmentId: row.id });
  await unit.tx.roleAssignment.delete({ where: { id: row.id } });
  await record(unit, call, 'deleted', row);
}

function record(unit: Unit, call: Call, kind: 'created' | 'deleted', row: FoundAssignment) {
  const action = kind === 'created' ? 'role-assignment:create' : 'role-assignment:delete';
  const detail = `${row.role.name} ${row.projectId === null ? 'on the system' : 'on the project'}`;
  return recordChange(unit, call, {
    action,
    kind,
    id: row.id,
    name: row.user?.name ?? '',
    projectId: row.projectId,
    detail,
  });
}

function viewRoleAssignment({ id, userId, user, role, projectId }: FoundAssignment): RoleAssignment {
  return { id, userId: userId ?? '', userName: user?.name ?? '', role: roleName.parse(role.name), projectId };
}
