import type { profileUpdate, User, userCreate, userQuery, userUpdate } from '@unkai/contracts/resources/user';
import type { User as UserRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { callerId, granted, grantedDomains } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { mayManageHolder } from '../identity/delegation.ts';
import { hashPassword } from '../identity/password-hash.ts';
import { holds, type Page, pageOf, pageRows } from './page.ts';
import { keepManagers } from './place-manager.ts';
import { changedOptions, refuseField, refuseTakenName, storedOptions } from './refusal.ts';
import { lockRow } from './row-now.ts';

/**
 * Looks a user up for an action. To change one, a manager of the domain must be able to give all that the user has:
 * throws `forbidden` else.
 */
export async function findUser(
  call: Call,
  wanted: `user:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<UserRow> {
  const row = await call.core.database.prisma.user.findUnique({ where: { id } });
  const place = row && { name: row.name, domainId: row.domainId };
  const found = await granted(call, wanted, row, { noun: 'user', id, projectId: null, ...place });
  if (wanted !== 'user:read') await mayManageHolder(call, { userId: id }, found.domainId);
  return found;
}

export async function listUsers(call: Call, query: z.output<typeof userQuery>): Promise<Page<User>> {
  const seen = await grantedDomains(call, 'user:read');
  const { after, orderBy, take } = pageRows(query);
  const { name, nameContains, domainId, isEnabled, groupId } = query;
  const filter = {
    ...(name !== undefined && { name: { equals: name, mode: 'insensitive' as const } }),
    ...(nameContains !== undefined && { OR: [{ name: holds(nameContains) }, { email: holds(nameContains) }] }),
    ...(domainId !== undefined && { domainId }),
    ...(isEnabled !== undefined && { isEnabled }),
    ...(groupId !== undefined && { groups: { some: { groupId } } }),
  };
  const where = { AND: [seen === null ? {} : { domainId: { in: [...seen] } }, filter, after] };
  return pageOf(await call.core.database.prisma.user.findMany({ where, orderBy, take }), query, viewUser);
}

/** Throws `conflict` when the domain has a user of that name. */
export async function createUser(unit: Unit, call: Call, input: z.output<typeof userCreate>): Promise<User> {
  const { password, email = null, defaultProjectId = null, ...given } = input;
  const domain = await unit.tx.domain.findUnique({ where: { id: input.domainId }, select: { id: true } });
  if (domain === null) throw refuseField('domainId', 'names no domain', 'Choose a domain that is there.');
  await requireProject(unit.tx, defaultProjectId);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const options = changedOptions({}, given.options);
  const made = unit.tx.user.create({ data: { ...given, options, email, defaultProjectId, passwordHash } });
  const row = await refuseTakenName(made, `There is already a user named ${input.name} in this domain.`);
  await recordChange(unit, call, {
    action: 'user:create',
    kind: 'created',
    id: row.id,
    name: row.name,
    projectId: null,
    after: row,
  });
  return viewUser(row);
}

async function requireProject(tx: Transaction, id: string | null): Promise<void> {
  if (id !== null && (await tx.project.count({ where: { id } })) === 0) {
    throw refuseField('defaultProjectId', 'names no project', 'Choose a project that is there, or leave it out.');
  }
}

/**
 * A new password, or being disabled, ends all sessions and tokens of the user (A08). Throws `conflict` when the new name
 * is taken, and for the last operator or manager; `invalid_input` for a password that is to expire and is not there.
 */
export async function updateUser(
  unit: Unit,
  call: Call,
  found: UserRow,
  input: z.output<typeof userUpdate>,
): Promise<User> {
  const { tx } = unit;
  const { defaultProjectId: wantedProjectId = found.defaultProjectId } = input;
  if (wantedProjectId !== found.defaultProjectId) await requireProject(tx, wantedProjectId);
  await lockRow(tx, 'user', found.id);
  const row = await tx.user.findUniqueOrThrow({ where: { id: found.id } });
  const { password, name = row.name, isEnabled = row.isEnabled, description = row.description } = input;
  const { email = row.email, defaultProjectId = row.defaultProjectId } = input;
  const expiry = expiryOf(row, input);
  const change = tx.user.update({
    where: { id: row.id },
    data: {
      name,
      isEnabled,
      description,
      email,
      defaultProjectId,
      options: changedOptions(row.options, input.options),
      ...(password !== undefined && (await newPassword(password))),
      ...(expiry !== undefined && { passwordExpiresAt: expiry }),
    },
  });
  const changed = await refuseTakenName(change, `There is already a user named ${name} in this domain.`);
  if (password !== undefined || !isEnabled) await tx.session.deleteMany({ where: { userId: row.id } });
  if (row.isEnabled && !isEnabled) await keepManagers(unit, call, row.domainId);
  const changes = [
    isEnabled === row.isEnabled ? '' : isEnabled ? 'enabled' : 'disabled',
    password === undefined ? '' : 'password changed',
  ];
  const detail = changes.filter((each) => each !== '').join(', ');
  const about = { id: row.id, name, projectId: null, detail, before: row, after: changed };
  await recordChange(unit, call, { action: 'user:update', kind: 'changed', ...about });
  return viewUser(changed);
}

/** When the password is to expire; undefined where nothing is said. Throws `invalid_input` for a user who has none. */
function expiryOf(
  { passwordHash }: UserRow,
  { password, passwordExpiresAt }: z.output<typeof userUpdate>,
): Date | null | undefined {
  if (passwordExpiresAt === undefined || passwordExpiresAt === null) return passwordExpiresAt;
  if (passwordHash === null && password === undefined) {
    const fix = 'Send a password with it, or leave it out: who signs in otherwise has nothing that expires.';
    throw refuseField('passwordExpiresAt', 'needs a password, and the user has none', fix);
  }
  return new Date(passwordExpiresAt);
}

/** A new password is good for as long as it lasts, whatever became of the one before. */
async function newPassword(password: string) {
  return { passwordHash: await hashPassword(password), passwordChangedAt: new Date(), passwordExpiresAt: null };
}

/** What users change of their own account, which asks for no role: nothing there decides what they may do. */
export async function updateProfile(
  unit: Unit,
  call: Call,
  { description }: z.output<typeof profileUpdate>,
): Promise<void> {
  const where = { id: callerId(call) };
  const before = await unit.tx.user.findUniqueOrThrow({ where });
  const after = await unit.tx.user.update({ where, data: { description } });
  const about = { id: after.id, name: after.name, projectId: null, detail: 'changed by its user', before, after };
  await recordChange(unit, call, { action: 'user:update', kind: 'changed', ...about });
}

/** Sessions, tokens, keys and roles go with the user; servers stay with their project. */
export async function deleteUser(unit: Unit, call: Call, row: UserRow): Promise<void> {
  const { id, name } = row;
  await unit.tx.user.delete({ where: { id } });
  await keepManagers(unit, call, row.domainId);
  await recordChange(unit, call, { action: 'user:delete', kind: 'deleted', id, name, projectId: null, before: row });
}

export function viewUser(row: UserRow): User {
  const { id, domainId, name, email, description, defaultProjectId, isEnabled } = row;
  return {
    id,
    domainId,
    name,
    email,
    description,
    defaultProjectId,
    isEnabled,
    options: storedOptions(row.options),
    passwordExpiresAt: row.passwordExpiresAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
