import { UnkaiError } from '@unkai/contracts/errors';
import { roleGrants } from '@unkai/contracts/permissions';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Call } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { keepAnOperator } from './operator.ts';

type ManagedPlace = { readonly projectId: string } | { readonly domainId: string };

// One lock for each place, so that two who go at once cannot each take the other for the one who stays.
const managerLock = 6_803;

const managerRow = z.object({ id: z.string(), name: z.string(), email: z.string().nullable() });

/**
 * Everyone who can sign in and has the role manager on a project, or on a domain itself: as it was given, through groups,
 * and inherited from above.
 */
export async function managersOf(tx: Transaction, place: ManagedPlace): Promise<z.infer<typeof managerRow>[]> {
  const isProject = 'projectId' in place;
  const found = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE managing AS (
      SELECT ${builtInRoleIds.manager}::uuid AS id
      UNION
      SELECT prior_role_id FROM managing JOIN implied_role ON implied_role_id = managing.id
    ), above AS (
      SELECT id, parent_id, domain_id, false AS is_above
      FROM project WHERE id = ${isProject ? place.projectId : null}::uuid
      UNION
      SELECT project.id, project.parent_id, project.domain_id, true FROM above JOIN project ON project.id = above.parent_id
    )
    SELECT DISTINCT "user".id, "user".name, "user".email FROM role_assignment
    JOIN managing ON managing.id = role_assignment.role_id
    LEFT JOIN group_member USING (group_id)
    JOIN "user" ON "user".id = COALESCE(role_assignment.user_id, group_member.user_id)
    JOIN domain ON domain.id = "user".domain_id
    WHERE "user".is_enabled AND domain.is_enabled AND ${isProject ? onProject : onDomain(place.domainId)}`;
  return found.map((row) => managerRow.parse(row));
}

/**
 * Called after a change that took a role of somebody who managed a project or a domain, in its transaction: throws
 * `conflict`, which undoes it, when none of `managersOf` would be left.
 */
export async function keepAManager(tx: Transaction, place: ManagedPlace): Promise<void> {
  const isProject = 'projectId' in place;
  const id = isProject ? place.projectId : place.domainId;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${managerLock}, hashtext(${id}))`;
  if ((await managersOf(tx, place)).length > 0) return;
  const what = isProject ? 'project' : 'domain';
  const next = `Give another enabled user the role manager on the ${what} first.`;
  throw new UnkaiError('conflict', `Nobody would be left to manage this ${what}.`, {
    errors: [{ field: 'role', message: `is that of the last manager of this ${what}`, fix: next }],
    next,
  });
}

const onProject = Prisma.sql`EXISTS (
  SELECT FROM above WHERE (above.id = role_assignment.project_id AND above.is_above = role_assignment.is_inherited)
    OR (above.domain_id = role_assignment.domain_id AND role_assignment.is_inherited))`;

function onDomain(id: string) {
  return Prisma.sql`role_assignment.domain_id = ${id}::uuid AND NOT role_assignment.is_inherited`;
}

/**
 * Called after a change that may have taken a manager away, in its transaction. Throws `conflict` when nobody would be
 * left to operate the installation; and, where a manager of the domain made the change, so that somebody did manage it,
 * when nobody would any more. Operators may leave a domain to themselves.
 */
export async function keepManagers({ tx }: Unit, { actor }: Call, domainId: string | null): Promise<void> {
  await keepAnOperator(tx);
  if (domainId === null || actor.systemRole !== null) return;
  const own = actor.domainRoles.get(domainId);
  if (own !== undefined && roleGrants(own, 'manager')) await keepAManager(tx, { domainId });
}
