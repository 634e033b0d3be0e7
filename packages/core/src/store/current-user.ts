import type { CurrentUser } from '@unkai/contracts/resources/session';
import { callerId, roleOnDomain, roleOnProject } from '../access.ts';
import type { Call } from '../call.ts';
import { reachableProjects } from './project.ts';

const mostPlaces = 500;
const identity = { id: true, name: true, domainId: true } as const;
const ownColumns = {
  ...identity,
  email: true,
  description: true,
  passwordHash: true,
  passwordExpiresAt: true,
} as const;

/** Who calls, and what they may reach. Any valid credential may ask; a confined one is told no more than it reaches. */
export async function currentUser(call: Call): Promise<CurrentUser> {
  const { prisma } = call.core.database;
  const [user, projects, domains] = await Promise.all([
    prisma.user.findUniqueOrThrow({
      where: { id: callerId(call) },
      select: { ...ownColumns, domain: { select: { name: true } } },
    }),
    prisma.project.findMany({
      where: reachableProjects(call),
      select: { id: true, name: true, parentId: true, domainId: true, domain: { select: { name: true } } },
      orderBy: { name: 'asc' },
      take: mostPlaces,
    }),
    reachableDomains(call),
  ]);
  return {
    id: user.id,
    name: user.name,
    domainId: user.domainId,
    domainName: user.domain.name,
    email: user.email,
    description: user.description,
    hasPassword: user.passwordHash !== null,
    passwordExpiresAt: user.passwordExpiresAt?.toISOString() ?? null,
    systemRole: call.actor.systemRole,
    address: call.address,
    projects: projects.flatMap(({ domain, ...project }) => {
      const role = roleOnProject(call.actor, project.id);
      return role === null ? [] : [{ ...project, domainName: domain.name, role }];
    }),
    domains,
  };
}

/** Operators reach every domain, others those that they hold a role on; most people none, which asks nothing. */
async function reachableDomains({ core, actor }: Call): Promise<CurrentUser['domains']> {
  if (actor.systemRole === null && actor.domainRoles.size === 0) return [];
  const rows = await core.database.prisma.domain.findMany({
    where: actor.systemRole === null ? { id: { in: [...actor.domainRoles.keys()] } } : {},
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: mostPlaces,
  });
  return rows.flatMap((row) => {
    const role = roleOnDomain(actor, row.id);
    return role === null ? [] : [{ ...row, role }];
  });
}
