import { UnkaiError } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { User, userCreate, userUpdate } from '@unkai/contracts/resources/user';
import type { User as UserRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { hashPassword } from '../credentials.ts';
import type { Transaction, Unit } from '../database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';

/** Looks a user up for an action. */
export async function findUser(
  call: Call,
  wanted: `user:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<UserRow> {
  const row = await call.core.database.prisma.user.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'user', id, projectId: null, ...(row && { name: row.name }) });
}

export async function listUsers(call: Call, query: PageQuery): Promise<Page<User>> {
  await grantedGlobally(call, 'user:read');
  const { after, orderBy, take } = pageRows(query);
  return pageOf(await call.core.database.prisma.user.findMany({ where: after, orderBy, take }), query, viewUser);
}

/** Throws `conflict` when the domain has a user of that name. */
export async function createUser(unit: Unit, call: Call, input: z.infer<typeof userCreate>): Promise<User> {
  const { domainId, name, password } = input;
  const domain = await unit.tx.domain.findUnique({ where: { id: domainId }, select: { id: true } });
  if (domain === null) throw refuseField('domainId', 'names no domain');
  const passwordHash = await hashPassword(password);
  const made = unit.tx.user.create({ data: { domainId, name, email: input.email ?? null, passwordHash } });
  const row = await refuseDuplicate(made, 'name', `There is already a user named ${name} in this domain.`);
  await recordChange(unit, call, { action: 'user:create', kind: 'created', id: row.id, name, projectId: null });
  return viewUser(row);
}

/** A new password, or being disabled, ends all sessions of the user (A08). Throws `conflict` for the last operator. */
export async function updateUser(
  unit: Unit,
  call: Call,
  row: UserRow,
  { isEnabled = row.isEnabled, email, password }: z.infer<typeof userUpdate>,
): Promise<User> {
  const { tx } = unit;
  if (row.isEnabled && !isEnabled) await keepAnOperator(tx, { exceptUserId: row.id });
  const passwordHash = password === undefined ? row.passwordHash : await hashPassword(password);
  const changed = await tx.user.update({
    where: { id: row.id },
    data: { isEnabled, email: email ?? row.email, passwordHash },
  });
  if (password !== undefined || !isEnabled) await tx.session.deleteMany({ where: { userId: row.id } });
  const changes = [
    isEnabled === row.isEnabled ? '' : isEnabled ? 'enabled' : 'disabled',
    password === undefined ? '' : 'password changed',
  ];
  const detail = changes.filter((each) => each !== '').join(', ');
  await recordChange(unit, call, {
    action: 'user:update',
    kind: 'changed',
    id: row.id,
    name: row.name,
    projectId: null,
    detail,
  });
  return viewUser(changed);
}

/** Sessions, tokens, keys and roles go with the user; servers stay with their project. */
export async function deleteUser(unit: Unit, call: Call, { id, name }: UserRow): Promise<void> {
  await keepAnOperator(unit.tx, { exceptUserId: id });
  await unit.tx.user.delete({ where: { id } });
  await recordChange(unit, call, { action: 'user:delete', kind: 'deleted', id, name, projectId: null });
}

// One number for all who take an operator away, so that two of them cannot each leave the other as the last.
const operatorLock = 6_801;

/** Throws `conflict` when nobody who can sign in would be left to operate the installation. */
export async function keepAnOperator(
  tx: Transaction,
  { exceptUserId, exceptAssignmentId }: { readonly exceptUserId?: string; readonly exceptAssignmentId?: string },
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${operatorLock})`;
  const others = await tx.roleAssignment.count({
    where: {
      roleId: builtInRoleIds.admin,
      isSystem: true,
      user: {
        isEnabled: true,
        domain: { isEnabled: true },
        ...(exceptUserId !== undefined && { id: { not: exceptUserId } }),
      },
      ...(exceptAssignmentId !== undefined && { id: { not: exceptAssignmentId } }),
    },
  });
  if (others > 0) return;
  throw new UnkaiError('conflict', 'Nobody would be left to operate this installation.', {
    next: 'Give another enabled user the role admin on the system first.',
  });
}

export function viewUser({ id, domainId, name, email, isEnabled, createdAt }: UserRow): User {
  return { id, domainId, name, email, isEnabled, createdAt: createdAt.toISOString() };
}
