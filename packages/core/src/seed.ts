import { defaultDomainId } from '@unkai/contracts/resources/domain';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { Call, Core } from './call.ts';
import { commit, type Unit } from './database/database.ts';
import { systemActor } from './identity/actor.ts';
import { authenticate } from './identity/authenticate.ts';
import { credentialHash, newCredential } from './identity/credentials.ts';
import { hashPassword } from './identity/password-hash.ts';
import { createProject } from './store/project.ts';

/** What an installation begins with; all of it can be changed later, and is then left as it is. */
const domainName = 'Default';
const projectName = 'admin';
export const adminName = 'admin';

const firstFlavors = [
  { name: 'm1.nano', vcpus: 1, memoryMib: 128, diskGib: 1 },
  { name: 'm1.tiny', vcpus: 1, memoryMib: 512, diskGib: 1 },
  { name: 'm1.small', vcpus: 1, memoryMib: 2048, diskGib: 20 },
  { name: 'm1.medium', vcpus: 2, memoryMib: 4096, diskGib: 40 },
  { name: 'm1.large', vcpus: 4, memoryMib: 8192, diskGib: 80 },
];

// One number for all who seed: two of them at once do it one after the other.
const seedLock = 6_802;

/** A call on nobody's behalf, for set-up. */
export function setupCall(core: Core): Call {
  return { core, actor: systemActor, requestId: 'setup', address: null, log: core.log };
}

/**
 * Makes what an empty installation needs to be used: a domain, a project that servers can be made in, the first
 * operator, and flavors. Says whether there was anything to do. Harmless at every start, and from two at once.
 */
export async function seed(core: Core, adminPassword: string): Promise<boolean> {
  const known = await core.database.prisma.user.count({ where: { name: adminName, domainId: defaultDomainId } });
  if (known > 0) return false;
  const passwordHash = await hashPassword(adminPassword);
  return commit(core.database, async (unit) => {
    const { tx } = unit;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${seedLock})`;
    if ((await tx.domain.count({ where: { id: defaultDomainId } })) > 0) return false;
    const domain = await tx.domain.create({ data: { id: defaultDomainId, name: domainName } });
    const call = setupCall(core);
    const input = { domainId: domain.id, name: projectName, description: 'For who operates this installation.' };
    const project = await createProject(unit, call, input);
    await createOperator(unit, { domainId: domain.id, projectId: project.id, passwordHash });
    // One after the other, so that lists show them by size.
    for (const flavor of firstFlavors.toReversed()) await tx.flavor.create({ data: flavor });
    return true;
  });
}

interface FirstOperator {
  readonly domainId: string;
  readonly projectId: string;
  readonly passwordHash: string;
}

async function createOperator({ tx }: Unit, { domainId, projectId, passwordHash }: FirstOperator): Promise<void> {
  const user = await tx.user.create({ data: { domainId, name: adminName, passwordHash } });
  await tx.roleAssignment.createMany({
    data: [
      { userId: user.id, roleId: builtInRoleIds.admin, isSystem: true },
      { userId: user.id, roleId: builtInRoleIds.admin, projectId },
    ],
  });
}

const commandTokenName = 'command line';
const commandTokenDays = 3_650;
const dayMs = 24 * 60 * 60 * 1000;
const recognisableCharacters = 12;

/**
 * The token that `./unkai env` hands out: `present` as long as it holds, else a new one in place of the old. Null when
 * the first operator was removed: then nobody gets one.
 */
export async function commandToken(core: Core, present: string | null): Promise<string | null> {
  if ((await authenticate(core, present)).kind === 'api-token') return present;
  const { prisma } = core.database;
  const user = await prisma.user.findFirst({ where: { name: adminName, domainId: defaultDomainId } });
  if (user === null) return null;
  const { secret, hash } = newCredential('apiToken');
  await prisma.apiToken.deleteMany({ where: { userId: user.id, name: commandTokenName } });
  await prisma.apiToken.create({
    data: {
      userId: user.id,
      name: commandTokenName,
      tokenHash: hash,
      prefix: secret.slice(0, recognisableCharacters),
      expiresAt: new Date(Date.now() + commandTokenDays * dayMs),
    },
  });
  return secret;
}

/**
 * The token with which a host of this machine joins: `present` while it can still be used, or was used by that host;
 * else a new one.
 */
export async function hostJoinToken(core: Core, hostName: string, present: string | null): Promise<string> {
  const { prisma } = core.database;
  const token =
    present === null ? null : await prisma.joinToken.findUnique({ where: { tokenHash: credentialHash(present) } });
  if (present !== null && token !== null) {
    if (token.usedAt === null && token.expiresAt > new Date()) return present;
    if (token.usedAt !== null && (await prisma.host.count({ where: { name: hostName } })) > 0) return present;
  }
  const { secret, hash } = newCredential('join');
  await prisma.joinToken.create({ data: { tokenHash: hash, expiresAt: new Date(Date.now() + dayMs) } });
  return secret;
}
