// What managers of a domain may hand on. They manage the users, groups, projects and assignments of their domain; they
// never give, and never take over, what is more than that: the role admin, a role on the system, or one elsewhere.
// Otherwise whoever may set a password, or put somebody into a group, could make themselves an operator.
import { UnkaiError } from '@unkai/contracts/errors';
import { roleOnDomain } from '../access.ts';
import { auditRefused } from '../audit/audit.ts';
import type { Call } from '../call.ts';
import { readRoleGraph } from './effective-roles.ts';

/** Whether nothing is beyond the caller: an operator with the role admin on the system, or the system itself. */
export function isOperator({ actor }: Call): boolean {
  return actor.kind === 'system' || roleOnDomain(actor, null) === 'admin';
}

/** Throws `forbidden` when a manager would give a role that is, or implies, admin. */
export async function mayGiveRole(call: Call, roleId: string): Promise<void> {
  if (isOperator(call)) return;
  const graph = await readRoleGraph(call.core.database);
  if (graph.highest([roleId]) !== 'admin') return;
  const target = { noun: 'role', id: roleId, projectId: null, domainId: call.actor.domainId };
  await auditRefused(call, 'role-assignment:create', target);
  throw new UnkaiError('forbidden', 'Only an operator of the installation may give or take the role admin.');
}

/** Whose roles: a user's, with those of their groups, or those of a group. */
export type Holder = { readonly userId: string } | { readonly groupId: string };

/**
 * Throws `forbidden` when a manager of the domain would take over more than they may give: the holder has a role on the
 * system, outside the domain, or admin.
 */
export async function mayManageHolder(call: Call, holder: Holder, domainId: string): Promise<void> {
  if (isOperator(call)) return;
  const { database } = call.core;
  const whose =
    'groupId' in holder ? holder : { OR: [holder, { group: { members: { some: { userId: holder.userId } } } }] };
  const [held, graph] = await Promise.all([
    database.prisma.roleAssignment.findMany({
      where: whose,
      select: { roleId: true, domainId: true, project: { select: { domainId: true } } },
    }),
    readRoleGraph(database),
  ]);
  const isBeyond = held.some((each) => {
    const place = each.domainId ?? each.project?.domainId ?? null;
    return place !== domainId || graph.highest([each.roleId]) === 'admin';
  });
  if (!isBeyond) return;
  const [noun, id] = 'groupId' in holder ? (['group', holder.groupId] as const) : (['user', holder.userId] as const);
  await auditRefused(call, `${noun}:update`, { noun, id, projectId: null, domainId });
  const what = noun === 'group' ? 'This group' : 'This user';
  throw new UnkaiError('forbidden', `${what} has a role that a manager of the domain may not give.`, {
    next: 'Ask an operator of the installation.',
  });
}
