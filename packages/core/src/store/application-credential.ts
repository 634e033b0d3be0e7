import { randomBytes } from 'node:crypto';
import type { PageQuery } from '@unkai/contracts/primitives';
import type {
  ApplicationCredential,
  applicationCredentialCreate,
  applicationCredentialCreated,
} from '@unkai/contracts/resources/application-credential';
import type {
  AccessRule as AccessRuleRow,
  ApplicationCredential as ApplicationCredentialRow,
  Role as RoleRow,
} from '@unkai/prisma/client';
import type { z } from 'zod';
import { callerId, grantedGlobally, grantedOwn } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { credentialHash } from '../identity/credentials.ts';
import { keepAccessRules, viewAccessRule } from './access-rule.ts';
import { chosenRoles, endWithin, lendableRoles } from './lending.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseTakenName } from './refusal.ts';

const withRoles = {
  roles: { include: { role: { select: { id: true, name: true } } }, orderBy: { role: { name: 'asc' } } },
  accessRules: { include: { accessRule: true }, orderBy: { accessRuleId: 'asc' } },
} as const;
type FoundCredential = ApplicationCredentialRow & {
  roles: Array<{ role: Pick<RoleRow, 'id' | 'name'> }>;
  accessRules: Array<{ accessRule: AccessRuleRow }>;
};

const secretBytes = 64;

/** Looks one of the caller's own up for an action. */
export async function findApplicationCredential(
  call: Call,
  wanted: `application-credential:${'read' | 'delete'}`,
  id: string,
): Promise<FoundCredential> {
  const where = { id };
  const row = await call.core.database.prisma.applicationCredential.findUnique({ where, include: withRoles });
  return grantedOwn(call, wanted, row, { noun: 'application-credential', id, ownerIds: [row?.userId] });
}

export async function listApplicationCredentials(
  call: Call,
  query: PageQuery & { readonly name?: string | undefined },
): Promise<Page<ApplicationCredential>> {
  await grantedGlobally(call, 'application-credential:read');
  const { after, orderBy, take } = pageRows(query);
  const { name } = query;
  const where = { AND: [{ userId: callerId(call), ...(name !== undefined && { name }) }, after] };
  const rows = await call.core.database.prisma.applicationCredential.findMany({
    where,
    orderBy,
    take,
    include: withRoles,
  });
  return pageOf(rows, query, viewApplicationCredential);
}

/**
 * Lends some of the caller's roles on a project to a program. What counts later is what the user then still has of them
 * (A03). Throws `conflict` when the name is taken, and what `lendableRoles` and `chosenRoles` throw. `secret` is one
 * that the caller brought; without it one is made.
 */
export async function createApplicationCredential(
  unit: Unit,
  call: Call,
  input: z.infer<typeof applicationCredentialCreate>,
  secret = randomBytes(secretBytes).toString('base64url'),
): Promise<z.infer<typeof applicationCredentialCreated>> {
  const { name, description, projectId, isUnrestricted } = input;
  const held = await lendableRoles(call, projectId);
  const roleIds = chosenRoles(held, input.roleIds ?? held.map(({ id }) => id));
  const accessRuleIds = await keepAccessRules(unit, call, input.accessRules ?? []);
  const made = unit.tx.applicationCredential.create({
    data: {
      userId: callerId(call),
      projectId,
      name,
      description,
      isUnrestricted,
      secretHash: credentialHash(secret),
      expiresAt: await endWithin(call, input.expiresAt),
      roles: { create: roleIds.map((roleId) => ({ roleId })) },
      accessRules: { create: accessRuleIds.map((accessRuleId) => ({ accessRuleId })) },
    },
    include: withRoles,
  });
  const row = await refuseTakenName(made, `You already have an application credential named ${name}.`);
  const { id } = row;
  const about = { id, name, projectId, after: row };
  await recordChange(unit, call, { action: 'application-credential:create', kind: 'created', ...about });
  return { ...viewApplicationCredential(row), secret };
}

/** It stops working with the commit, and so do the tokens that were made with it (A08). */
export async function deleteApplicationCredential(unit: Unit, call: Call, row: FoundCredential): Promise<void> {
  const { id, name, projectId } = row;
  await unit.tx.applicationCredential.delete({ where: { id } });
  const about = { id, name, projectId, before: row };
  await recordChange(unit, call, { action: 'application-credential:delete', kind: 'deleted', ...about });
}

export function viewApplicationCredential(row: FoundCredential): ApplicationCredential {
  const { id, userId, projectId, name, description, isUnrestricted } = row;
  return {
    id,
    userId,
    projectId,
    name,
    description,
    isUnrestricted,
    accessRules: row.accessRules.map(({ accessRule }) => viewAccessRule(accessRule)),
    roles: row.roles.map(({ role }) => ({ id: role.id, name: role.name })),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
