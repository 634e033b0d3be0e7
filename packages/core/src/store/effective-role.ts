import { id, type PageQuery } from '@unkai/contracts/primitives';
import type { EffectiveRole, effectiveRoleQuery } from '@unkai/contracts/resources/role-assignment';
import { sql } from 'kysely';
import { z } from 'zod';
import { grantedDomains } from '../access.ts';
import type { Call } from '../call.ts';
import { cursorOf, type Page, readCursor } from './page.ts';

type Wanted = z.output<typeof effectiveRoleQuery>;
type Found = Page<EffectiveRole>;

/** Where a page ended: a user, the project or domain (null: the system), and the role. Their names are in the list's order. */
const placeText = z.tuple([id, id.nullable(), id]);

/**
 * What counts, for whom and where, as `readEffectiveRoles` tells it. Operators see all, readers of a domain what is on it
 * and on its projects.
 */
export async function listEffectiveRoles(call: Call, query: Wanted): Promise<Found> {
  return readEffectiveRoles(call, query, await grantedDomains(call, 'role-assignment:read'));
}

/** Who may do what in a project that the caller was let into by `findProject`, however they came to it. */
export async function listProjectMembers(call: Call, projectId: string, page: PageQuery): Promise<Found> {
  return readEffectiveRoles(call, { ...page, projectId, includeSubtree: false }, null);
}

/**
 * Groups are told as their members, inherited roles on each project they reach, implied roles beside those that imply
 * them, and each role with the assignments that it comes from. One query; of what is in the domains `seen`, or of all.
 * Unlike in `placedRoles` what is disabled is shown too, since this says what is given and not what may be used.
 */
async function readEffectiveRoles(call: Call, query: Wanted, seen: readonly string[] | null): Promise<Found> {
  const { userId, roleId, domainId, withinDomainId, projectId, isSystem, limit } = query;
  const after = readCursor(query, placeText);
  const { rows } = await sql<EffectiveRole>`
    ${reachedRoles(query)}
    SELECT reached.role_id AS "roleId", role.name AS role, reached.user_id AS "userId", "user".name AS "userName",
      home.id AS "holderDomainId", home.name AS "holderDomainName", reached.is_system AS "isSystem",
      reached.domain_id AS "domainId", domain.name AS "domainName", reached.project_id AS "projectId",
      project.name AS "projectName", owner.id AS "projectDomainId", owner.name AS "projectDomainName",
      jsonb_agg(jsonb_build_object('assignmentId', given.id, 'role', given_role.name, 'groupName', user_group.name,
        'domainName', given_domain.name, 'projectName', given_project.name, 'isInherited', given.is_inherited)) AS sources
    FROM reached
    JOIN role ON role.id = reached.role_id
    JOIN ("user" JOIN domain home ON home.id = "user".domain_id) ON "user".id = reached.user_id
    LEFT JOIN domain ON domain.id = reached.domain_id
    LEFT JOIN (project JOIN domain owner ON owner.id = project.domain_id) ON project.id = reached.project_id
    JOIN role_assignment given ON given.id = reached.assignment_id
    JOIN role given_role ON given_role.id = given.role_id
    LEFT JOIN user_group ON user_group.id = given.group_id
    LEFT JOIN domain given_domain ON given_domain.id = given.domain_id
    LEFT JOIN project given_project ON given_project.id = given.project_id
    WHERE role.domain_id IS NULL
      AND reached.user_id = COALESCE(${userId ?? null}::uuid, reached.user_id)
      AND reached.role_id = COALESCE(${roleId ?? null}::uuid, reached.role_id)
      AND (${domainId ?? null}::uuid IS NULL OR reached.domain_id = ${domainId ?? null}::uuid)
      AND (${withinDomainId ?? null}::uuid IS NULL
        OR COALESCE(reached.domain_id, project.domain_id) = ${withinDomainId ?? null}::uuid)
      AND (${projectId ?? null}::uuid IS NULL OR reached.project_id IN (SELECT id FROM wanted))
      AND reached.is_system = COALESCE(${isSystem ?? null}::boolean, reached.is_system)
      AND (${seen === null}::boolean OR COALESCE(reached.domain_id, project.domain_id) = ANY(${seen ?? []}::uuid[]))
    GROUP BY reached.role_id, role.name, reached.user_id, "user".name, home.id, reached.is_system, reached.domain_id,
      domain.name, reached.project_id, project.name, owner.id
    HAVING ${after === null}::boolean OR (${place}) > (${placeOf(after)})
    ORDER BY ${place}
    LIMIT ${limit + 1}
  `.execute(call.core.database.kysely);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  if (last === undefined) return { items, nextCursor: null };
  return { items, nextCursor: cursorOf([last.userId, last.projectId ?? last.domainId, last.roleId]) };
}

const nowhere = sql`'00000000-0000-0000-0000-000000000000'::uuid`;

/** By the names that people read, and by ids where those are the same. */
const place = sql`"user".name, coalesce(project.name, ''), role.name, reached.user_id,
  coalesce(reached.project_id, reached.domain_id, ${nowhere}), reached.role_id`;

/** As `place`, of the last row of a page. What is gone by now goes by an empty name: nothing is left out for it. */
function placeOf(after: z.infer<typeof placeText> | null) {
  const [userId, placeId, roleId] = after ?? [null, null, null];
  const nameOf = (name: ReturnType<typeof sql>) => sql`coalesce((${name}), '')`;
  return sql`${nameOf(sql`SELECT name FROM "user" WHERE id = ${userId}::uuid`)},
    ${nameOf(sql`SELECT name FROM project WHERE id = ${placeId}::uuid`)},
    ${nameOf(sql`SELECT name FROM role WHERE id = ${roleId}::uuid`)},
    ${userId}::uuid, coalesce(${placeId}::uuid, ${nowhere}), ${roleId}::uuid`;
}

/** Makes `reached`: a row for each user, role and place, for each assignment that leads to it. */
function reachedRoles({ userId, projectId, includeSubtree }: Wanted) {
  return sql`
    WITH RECURSIVE wanted AS (
      SELECT id FROM project WHERE id = ${projectId ?? null}::uuid
      UNION
      SELECT project.id FROM wanted JOIN project ON project.parent_id = wanted.id WHERE ${includeSubtree}::boolean
    ), held AS (
      SELECT role_assignment.id AS assignment_id, COALESCE(role_assignment.user_id, group_member.user_id) AS user_id,
        role_id, is_system, domain_id, project_id, is_inherited
      FROM role_assignment LEFT JOIN group_member USING (group_id)
    ), inherited AS (
      (SELECT held.assignment_id, held.user_id, held.role_id, project.id AS project_id
      FROM held JOIN project ON project.domain_id = held.domain_id OR project.parent_id = held.project_id
      WHERE held.is_inherited AND held.user_id = COALESCE(${userId ?? null}::uuid, held.user_id))
      UNION
      SELECT inherited.assignment_id, inherited.user_id, inherited.role_id, project.id
      FROM inherited JOIN project ON project.parent_id = inherited.project_id
    ), reached AS (
      (SELECT assignment_id, user_id, role_id, is_system, domain_id, project_id FROM held
      WHERE NOT is_inherited AND user_id = COALESCE(${userId ?? null}::uuid, user_id)
      UNION SELECT assignment_id, user_id, role_id, false, NULL, project_id FROM inherited)
      UNION
      SELECT assignment_id, user_id, implied_role_id, is_system, domain_id, project_id
      FROM reached JOIN implied_role ON prior_role_id = reached.role_id
    )`;
}
