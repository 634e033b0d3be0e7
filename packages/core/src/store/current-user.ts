import type { CurrentUser } from '@unkai/contracts/resources/session';
import { callerId, roleOnProject } from '../access.ts';
import type { Call } from '../call.ts';
import { reachableProjects } from './project.ts';

const mostProjects = 500;
const identity = { id: true, name: true, domainId: true } as const;
const ownColumns = { ...identity, email: true, description: true, passwordExpiresAt: true } as const;

/** Who calls, and what they may reach. Any valid credential may ask; a confined one is told no more than it reaches. */
export async function currentUser(call: Call): Promise<CurrentUser> {
  const { prisma } = call.core.database;
  const [user, projects] = await Promise.all([
    prisma.user.findUniqueOrThrow({
      where: { id: callerId(call) },
      select: { ...ownColumns, domain: { select: { name: true } } },
    }),
    prisma.project.findMany({
      where: reachableProjects(call),
      select: { id: true, name: true, domain: { select: { name: true } } },
      orderBy: { name: 'asc' },
      take: mostProjects,
    }),
  ]);
  return {
    id: user.id,
    name: user.name,
    domainId: user.domainId,
    domainName: user.domain.name,
    email: user.email,
    description: user.description,
    passwordExpiresAt: user.passwordExpiresAt?.toISOString() ?? null,
    systemRole: call.actor.systemRole,
    address: call.address,
    projects: projects.flatMap(({ id, name, domain }) => {
      const role = roleOnProject(call.actor, id);
      return role === null ? [] : [{ id, name, domainName: domain.name, role }];
    }),
  };
}
