import { randomUUID } from 'node:crypto';
import type { RoleName } from '@unkai/contracts/permissions';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { Core } from '../src/call.ts';
import { newCredential } from '../src/identity/credentials.ts';

/** Rows of identity as a test wants them, each with a name of its own. */
export function identityRows({ database: { prisma } }: Core) {
  const name = randomUUID;
  return {
    domain: () => prisma.domain.create({ data: { name: name() } }),
    project: (domainId: string, parentId: string | null = null) =>
      prisma.project.create({ data: { name: name(), domainId, parentId } }),
    user: (domainId: string) => prisma.user.create({ data: { name: name(), domainId } }),
    async group(domainId: string, ...userIds: string[]) {
      const members = { create: userIds.map((userId) => ({ userId })) };
      return prisma.group.create({ data: { name: name(), domainId, members } });
    },
    async role(...implied: string[]) {
      const implies = { create: implied.map((impliedRoleId) => ({ impliedRoleId })) };
      return prisma.role.create({ data: { name: name(), implies } });
    },
    give: (role: RoleName | { id: string }, holder: Holder, where: Where) =>
      prisma.roleAssignment.create({
        data: { roleId: typeof role === 'string' ? builtInRoleIds[role] : role.id, ...holder, ...where },
      }),
    async session(userId: string) {
      const { secret, hash } = newCredential('session');
      const expiresAt = new Date(Date.now() + 3_600_000);
      const { id } = await prisma.session.create({ data: { userId, tokenHash: hash, expiresAt } });
      return { id, secret };
    },
  };
}

type Holder = { userId: string } | { groupId: string };
type Where =
  | { isSystem: true }
  | { domainId: string; isInherited?: boolean }
  | { projectId: string; isInherited?: boolean };
