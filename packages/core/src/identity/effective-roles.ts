import { type RoleName, roleGrants } from '@unkai/contracts/permissions';
import { builtInRole } from '@unkai/contracts/resources/role';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';

/** A role where it counts: on a project, on a domain, or (both null) on the system. Implied roles are not among them. */
export interface PlacedRole {
  readonly userId: string;
  readonly roleId: string;
  readonly domainId: string | null;
  readonly projectId: string | null;
}

/**
 * The roles of users wherever they count: their own and those of their groups, on the place itself or inherited from
 * the domain or a project above. Nothing counts on a disabled project, below one, or in a disabled domain (A09).
 */
export async function placedRoles({ kysely }: Database, userIds: readonly string[]): Promise<PlacedRole[]> {
  const { rows } = await sql<PlacedRole>`
    WITH RECURSIVE held AS (
      SELECT user_id, role_id, domain_id, project_id, is_inherited FROM role_assignment WHERE user_id = ANY(${userIds}::uuid[])
      UNION
      SELECT group_member.user_id, role_id, domain_id, project_id, is_inherited
      FROM group_member JOIN role_assignment USING (group_id) WHERE group_member.user_id = ANY(${userIds}::uuid[])
    ), inherited AS (
      (SELECT held.user_id, held.role_id, project.id AS project_id
      FROM held JOIN project ON project.domain_id = held.domain_id OR project.parent_id = held.project_id
      WHERE held.is_inherited)
      UNION
      SELECT inherited.user_id, inherited.role_id, project.id
      FROM inherited JOIN project ON project.parent_id = inherited.project_id
    ), closed AS (
      SELECT id FROM project WHERE NOT is_enabled
      UNION
      SELECT project.id FROM closed JOIN project ON project.parent_id = closed.id
    ), placed AS (
      SELECT user_id, role_id, domain_id, project_id FROM held WHERE NOT is_inherited
      UNION
      SELECT user_id, role_id, NULL, project_id FROM inherited
    )
    SELECT placed.user_id AS "userId", placed.role_id AS "roleId", placed.domain_id AS "domainId", placed.project_id AS "projectId"
    FROM placed
    LEFT JOIN project ON project.id = placed.project_id
    LEFT JOIN domain ON domain.id = COALESCE(placed.domain_id, project.domain_id)
    WHERE COALESCE(domain.is_enabled, true) AND NOT EXISTS (SELECT FROM closed WHERE closed.id = placed.project_id)
  `.execute(kysely);
  return rows;
}

/** What every role implies, as it stands now. */
export class RoleGraph {
  readonly #names: ReadonlyMap<string, string>;
  readonly #implied: ReadonlyMap<string, readonly string[]>;

  constructor(roles: ReadonlyArray<{ id: string; name: string; implied: readonly string[] }>) {
    this.#names = new Map(roles.map(({ id, name }) => [id, name]));
    this.#implied = new Map(roles.map(({ id, implied }) => [id, implied]));
  }

  /** These roles and all that they imply, one by one or through others. */
  closure(roleIds: Iterable<string>): ReadonlySet<string> {
    const reached = new Set(roleIds);
    // A set goes on to what is added while it is walked.
    for (const id of reached) for (const implied of this.#implied.get(id) ?? []) reached.add(implied);
    return reached;
  }

  /** The highest built-in role among these and what they imply: what permissions ask for. */
  highest(roleIds: Iterable<string>): RoleName | null {
    let highest: RoleName | null = null;
    for (const id of this.closure(roleIds)) {
      const name = builtInRole(id);
      if (name !== null && (highest === null || roleGrants(name, highest))) highest = name;
    }
    return highest;
  }

  named(roleIds: Iterable<string>): Array<{ id: string; name: string }> {
    return [...roleIds].map((id) => ({ id, name: this.#names.get(id) ?? '' })).toSorted(byName);
  }
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1;
}

export async function readRoleGraph({ kysely }: Database): Promise<RoleGraph> {
  const { rows } = await sql<{ id: string; name: string; implied: string[] }>`
    SELECT id, name, ARRAY(SELECT implied_role_id::text FROM implied_role WHERE prior_role_id = role.id) AS implied FROM role
  `.execute(kysely);
  return new RoleGraph(rows);
}
