import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Unit } from '../database/database.ts';

/** Whoever a provider says is in the group has the role on the project. */
export interface GroupRule {
  readonly group: string;
  /** Names of a role, and of a project in the user's own domain. */
  readonly role: string;
  readonly project: string;
}

interface User {
  readonly id: string;
  readonly name: string;
  readonly domain: { readonly id: string };
}

/**
 * Gives the user the roles that their groups stand for, and takes those that the rules speak of and their groups no
 * longer stand for. Roles that no rule speaks of are left alone. A rule about a role or a project that is not there is
 * passed over, and logged.
 */
export async function followRules(
  call: Call,
  user: User,
  groups: readonly string[],
  rules: readonly GroupRule[],
): Promise<void> {
  if (rules.length === 0) return;
  const places = new Map<string, { readonly roleId: string; readonly projectId: string; isDue: boolean }>();
  for (const rule of rules) {
    const place = await placeOf(call, rule, user.domain.id);
    if (place === null) continue;
    const key = `${place.roleId} ${place.projectId}`;
    // Two groups may stand for one role.
    const isDue = groups.includes(rule.group) || (places.get(key)?.isDue ?? false);
    places.set(key, { ...place, isDue });
  }
  await commit(call.core.database, async (unit) => {
    for (const { isDue, ...place } of places.values()) await settle(unit, call, { user, place, isDue });
  });
}

async function placeOf({ core, log }: Call, rule: GroupRule, domainId: string) {
  const { prisma } = core.database;
  const [role, project] = await Promise.all([
    prisma.role.findFirst({ where: { name: rule.role, domainId: null }, select: { id: true } }),
    prisma.project.findFirst({ where: { name: rule.project, domainId }, select: { id: true } }),
  ]);
  if (role !== null && project !== null) return { roleId: role.id, projectId: project.id };
  log.warn({ rule }, 'a rule of the OpenID provider names a role or a project that is not there');
  return null;
}

interface Settling {
  readonly user: User;
  readonly place: { readonly roleId: string; readonly projectId: string };
  readonly isDue: boolean;
}

async function settle(unit: Unit, call: Call, { user, place, isDue }: Settling): Promise<void> {
  const { roleAssignment } = unit.tx;
  const row = { ...place, userId: user.id, isInherited: false };
  const had = await roleAssignment.findFirst({ where: row, select: { id: true } });
  if ((had !== null) === isDue) return;
  // Of two sign-ins at once both may come here.
  const { count } = isDue
    ? await roleAssignment.createMany({ data: { ...row, isSystem: false }, skipDuplicates: true })
    : await roleAssignment.deleteMany({ where: row });
  if (count === 0) return;
  const action = isDue ? 'role-assignment:create' : 'role-assignment:delete';
  const kind = isDue ? 'created' : 'deleted';
  const values = isDue ? { after: row } : { before: row };
  const about = {
    id: user.id,
    name: user.name,
    projectId: place.projectId,
    detail: 'as the OpenID provider says',
    ...values,
  };
  await recordChange(unit, call, { action, kind, ...about });
}
