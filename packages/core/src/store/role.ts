import { UnkaiError } from '@unkai/contracts/errors';
import type { Role, roleCreate, roleQuery, roleUpdate } from '@unkai/contracts/resources/role';
import type { ImpliedRole, Role as RoleRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedToAll, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { type DomainRowChange, recordDomainRow } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { keepAnOperator } from './operator.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { changedOptions, refuseField, refuseImmutable, refuseTakenName, storedOptions } from './refusal.ts';
import { lockRow } from './row-now.ts';

type FoundRole = RoleRow & { implies: ReadonlyArray<Pick<ImpliedRole, 'impliedRoleId'>> };
const withImplied = { implies: { select: { impliedRoleId: true } } } as const;

/** Looks a role up for an action. Everyone who is signed in may know which roles there are. */
export async function findRole(
  call: Call,
  wanted: `role:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundRole> {
  const row = await call.core.database.prisma.role.findUnique({ where: { id }, include: withImplied });
  return granted(call, wanted, row, { noun: 'role', id, projectId: null, ...(row && { name: row.name }) });
}

/** Roles of the installation, or with `domainId` those of that domain. */
export async function listRoles(call: Call, query: z.output<typeof roleQuery>): Promise<Page<Role>> {
  await grantedToAll(call, 'role:read');
  const { after, orderBy, take } = pageRows(query);
  const { name, domainId = null } = query;
  const filter = { domainId, ...(name !== undefined && { name: { equals: name, mode: 'insensitive' as const } }) };
  const where = { AND: [filter, after] };
  const rows = await call.core.database.prisma.role.findMany({ where, orderBy, take, include: withImplied });
  return pageOf(rows, query, viewRole);
}

/** A role grants nothing by itself: it counts through what it implies. Throws `conflict` when the name is taken. */
export async function createRole(unit: Unit, call: Call, input: z.output<typeof roleCreate>): Promise<Role> {
  const { domainId = null, ...given } = input;
  if (domainId !== null && (await unit.tx.domain.count({ where: { id: domainId } })) === 0) {
    throw refuseField('domainId', 'names no domain', 'Choose a domain that is there.');
  }
  const data = { ...given, domainId, options: changedOptions({}, given.options) };
  const made = unit.tx.role.create({ data, include: withImplied });
  const row = await refuseTakenName(made, `There is already a role named ${input.name}.`);
  await recordRole(unit, call, row, { kind: 'created' });
  return viewRole(row);
}

/** Throws `forbidden` for another name of a built-in role, and `conflict` when the name is taken. */
export async function updateRole(
  unit: Unit,
  call: Call,
  found: FoundRole,
  input: z.output<typeof roleUpdate>,
): Promise<Role> {
  await lockRow(unit.tx, 'role', found.id);
  const row = await unit.tx.role.findUniqueOrThrow({ where: { id: found.id }, include: withImplied });
  refuseImmutable(row.options, input.options);
  const { name = row.name, description = row.description } = input;
  if (name !== row.name) refuseBuiltIn(row);
  const data = { name, description, options: changedOptions(row.options, input.options) };
  const change = unit.tx.role.update({ where: { id: row.id }, data, include: withImplied });
  const changed = await refuseTakenName(change, `There is already a role named ${name}.`);
  await recordRole(unit, call, changed, { kind: 'changed', was: row });
  return viewRole(changed);
}

/** It is taken from everyone who has it. Throws `forbidden` for a built-in role. */
export async function deleteRole(unit: Unit, call: Call, row: FoundRole): Promise<void> {
  refuseBuiltIn(row);
  refuseImmutable(row.options);
  await unit.tx.role.delete({ where: { id: row.id } });
  await keepAnOperator(unit.tx);
  await recordRole(unit, call, row, { kind: 'deleted' });
}

function refuseBuiltIn(row: RoleRow): void {
  if (row.isBuiltIn) throw new UnkaiError('forbidden', `The built-in role ${row.name} stays as it is.`);
}

// One number for all who let a role imply another, so that two of them cannot close a circle together.
const implicationLock = 6_803;

/**
 * Whoever has `prior` has `implied` as well from the commit on. Harmless when it is so already. Throws `conflict` when
 * `implied` leads back to `prior`: so no built-in role comes to imply one above it either.
 */
export async function implyRole(unit: Unit, call: Call, prior: FoundRole, impliedId: string): Promise<Role> {
  const { tx } = unit;
  const implied = await tx.role.findUnique({ where: { id: impliedId } });
  if (implied === null) throw notFound('role', impliedId);
  if (implied.domainId !== null)
    throw refuseField('impliedRoleId', 'is a role of one domain, which nothing implies', 'Choose a role of no domain.');
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${implicationLock})`;
  const leadsBack = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE below AS (
      SELECT ${impliedId}::uuid AS id
      UNION
      SELECT implied_role_id FROM below JOIN implied_role ON prior_role_id = below.id
    )
    SELECT FROM below WHERE id = ${prior.id}::uuid`;
  if (leadsBack.length > 0) throw new UnkaiError('conflict', `${implied.name} implies ${prior.name} already.`);
  await tx.impliedRole.createMany({ data: { priorRoleId: prior.id, impliedRoleId: impliedId }, skipDuplicates: true });
  await recordRole(unit, call, prior, { kind: 'changed', detail: `implies ${implied.name}` });
  return viewRole(await tx.role.findUniqueOrThrow({ where: { id: prior.id }, include: withImplied }));
}

/** Throws `not_found` when it is not so, and `forbidden` for what built-in roles imply of each other. */
export async function unimplyRole(unit: Unit, call: Call, prior: FoundRole, impliedId: string): Promise<void> {
  const { tx } = unit;
  const implied = await tx.role.findUnique({ where: { id: impliedId } });
  if (implied === null || !prior.implies.some(({ impliedRoleId }) => impliedRoleId === impliedId)) {
    throw notFound('implied role', impliedId);
  }
  if (prior.isBuiltIn && implied.isBuiltIn) {
    throw new UnkaiError('forbidden', 'What built-in roles imply of each other stays as it is.');
  }
  await tx.impliedRole.deleteMany({ where: { priorRoleId: prior.id, impliedRoleId: impliedId } });
  await keepAnOperator(tx);
  await recordRole(unit, call, prior, { kind: 'changed', detail: `no longer implies ${implied.name}` });
}

const recordRole = (unit: Unit, call: Call, row: RoleRow, change: DomainRowChange) =>
  recordDomainRow(unit, call, row, { ...change, noun: 'role' });

export function viewRole(row: FoundRole): Role {
  const { id, name, domainId, description, isBuiltIn } = row;
  return {
    id,
    name,
    domainId,
    description,
    isBuiltIn,
    options: storedOptions(row.options),
    implies: row.implies.map(({ impliedRoleId }) => impliedRoleId),
    createdAt: row.createdAt.toISOString(),
  };
}
