import type { CurrentUser } from '@unkai/contracts/resources/session';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { callerId, notFound, roleOnDomain, roleOnProject } from '../access.ts';
import type { Actor, Call } from '../call.ts';
import { ask } from '../database/database.ts';

const mostPlaces = 500;

const named = { id: z.string(), name: z.string() };
const found = z.object({
  ...named,
  domainId: z.string(),
  domainName: z.string(),
  email: z.string().nullable(),
  description: z.string(),
  hasPassword: z.boolean(),
  passwordExpiresAt: z.date().nullable(),
  projects: z.array(
    z.object({ ...named, parentId: z.string().nullable(), domainId: z.string(), domainName: z.string() }),
  ),
  domains: z.array(z.object(named)),
});

/**
 * Who calls, and what they may reach, in one statement: each page of the portal begins with it. Any valid credential may
 * ask; a confined one is told no more than it reaches. Throws `not_found` for who was deleted a moment ago.
 */
export async function currentUser(call: Call): Promise<CurrentUser> {
  const { actor } = call;
  const id = callerId(call);
  const [row] = await ask(call.core.database, userStatement(id, actor));
  if (row === undefined) throw notFound('user', id);
  const { passwordExpiresAt, projects, domains, ...user } = found.parse(row);
  return {
    ...user,
    passwordExpiresAt: passwordExpiresAt?.toISOString() ?? null,
    systemRole: actor.systemRole,
    address: call.address,
    projects: projects.flatMap((project) => {
      const role = roleOnProject(actor, project.id);
      return role === null ? [] : [{ ...project, role }];
    }),
    domains: domains.flatMap((domain) => {
      const role = roleOnDomain(actor, domain.id);
      return role === null ? [] : [{ ...domain, role }];
    }),
  };
}

/** Operators reach every project and every domain, others those that they hold a role on. */
function userStatement(id: string, { systemRole, projectRoles, domainRoles }: Actor): Prisma.Sql {
  const isOperator = systemRole !== null;
  const projectIds = [...projectRoles.keys()];
  const domainIds = [...domainRoles.keys()];
  return Prisma.sql`
    SELECT person.id, person.name, person.domain_id AS "domainId", domain.name AS "domainName", person.email,
      person.description, person.password_hash IS NOT NULL AS "hasPassword",
      person.password_expires_at AS "passwordExpiresAt",
      (
        SELECT coalesce(json_agg(place ORDER BY place.name), '[]') FROM (
          SELECT project.id, project.name, project.parent_id AS "parentId", project.domain_id AS "domainId",
            its.name AS "domainName"
          FROM project JOIN domain AS its ON its.id = project.domain_id
          WHERE ${isOperator} OR project.id = ANY(${projectIds}::uuid[]) OR project.domain_id = ANY(${domainIds}::uuid[])
          ORDER BY project.name LIMIT ${mostPlaces}
        ) AS place
      ) AS projects,
      (
        SELECT coalesce(json_agg(place ORDER BY place.name), '[]') FROM (
          SELECT id, name FROM domain WHERE ${isOperator} OR id = ANY(${domainIds}::uuid[])
          ORDER BY name LIMIT ${mostPlaces}
        ) AS place
      ) AS domains
    FROM "user" AS person JOIN domain ON domain.id = person.domain_id
    WHERE person.id = ${id}::uuid`;
}
