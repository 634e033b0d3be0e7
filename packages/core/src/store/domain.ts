import { UnkaiError } from '@unkai/contracts/errors';
import type { Domain, domainCreate, domainQuery, domainUpdate } from '@unkai/contracts/resources/domain';
import { defaultDomainId } from '@unkai/contracts/resources/domain';
import type { Domain as DomainRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedDomains } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { keepAnOperator } from './operator.ts';
import { holds, type Page, pageOf, pageRows } from './page.ts';
import { removeProject } from './project-delete.ts';
import { changedOptions, refuseImmutable, refuseInUse, refuseTakenName, storedOptions } from './refusal.ts';
import { lockRow } from './row-now.ts';

/** Looks a domain up for an action. */
export async function findDomain(
  call: Call,
  wanted: `domain:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<DomainRow> {
  const row = await call.core.database.prisma.domain.findUnique({ where: { id } });
  const named = row && { name: row.name };
  return granted(call, wanted, row, { noun: 'domain', id, projectId: null, domainId: id, ...named });
}

/** Operators see all, others those they have a role on. */
export async function listDomains(call: Call, query: z.output<typeof domainQuery>): Promise<Page<Domain>> {
  const seen = await grantedDomains(call, 'domain:read');
  const { after, orderBy, take } = pageRows(query);
  const { name, nameContains, isEnabled } = query;
  const filter = {
    ...(seen !== null && { id: { in: [...seen] } }),
    ...(name !== undefined && { name: { equals: name, mode: 'insensitive' as const } }),
    ...(nameContains !== undefined && { AND: { name: holds(nameContains) } }),
    ...(isEnabled !== undefined && { isEnabled }),
  };
  const where = { AND: [filter, after] };
  return pageOf(await call.core.database.prisma.domain.findMany({ where, orderBy, take }), query, viewDomain);
}

/** Throws `conflict` when the name is taken. */
export async function createDomain(unit: Unit, call: Call, input: z.output<typeof domainCreate>): Promise<Domain> {
  const made = unit.tx.domain.create({ data: { ...input, options: changedOptions({}, input.options) } });
  const row = await refuseTakenName(made, `There is already a domain named ${input.name}.`);
  await recordDomain(unit, call, row, { kind: 'created' });
  return viewDomain(row);
}

/**
 * Disabling a domain shuts out its users and stops the use of its projects at once (A09). Throws `conflict` when the new
 * name is taken, and when nobody would be left to operate.
 */
export async function updateDomain(
  unit: Unit,
  call: Call,
  found: DomainRow,
  input: z.output<typeof domainUpdate>,
): Promise<Domain> {
  await lockRow(unit.tx, 'domain', found.id);
  const row = await unit.tx.domain.findUniqueOrThrow({ where: { id: found.id } });
  refuseImmutable(row.options, input.options);
  const { name = row.name, description = row.description, isEnabled = row.isEnabled } = input;
  const change = unit.tx.domain.update({
    where: { id: row.id },
    data: { name, description, isEnabled, options: changedOptions(row.options, input.options) },
  });
  const changed = await refuseTakenName(change, `There is already a domain named ${name}.`);
  if (row.isEnabled && !isEnabled) await keepAnOperator(unit.tx);
  const detail = isEnabled === row.isEnabled ? '' : isEnabled ? 'enabled' : 'disabled';
  await recordDomain(unit, call, changed, { kind: 'changed', detail, was: row });
  return viewDomain(changed);
}

/**
 * Throws `wrong_state` while the domain is enabled, as in Keystone, and `in_use` while it holds anything; with
 * `withContent` only while one of its projects holds servers or images.
 */
export async function deleteDomain(unit: Unit, call: Call, row: DomainRow, withContent: boolean): Promise<void> {
  refuseImmutable(row.options);
  if (row.isEnabled)
    throw new UnkaiError('wrong_state', 'Only a disabled domain can be deleted.', { next: 'Disable it first.' });
  if (row.id === defaultDomainId) throw new UnkaiError('forbidden', 'The default domain cannot be deleted.');
  const { tx } = unit;
  const mine = { where: { domainId: row.id } };
  if (withContent) await deleteContent(unit, row.id);
  const few = { ...mine, select: { id: true, name: true }, take: 20 } as const;
  const [projects, users, groups] = [
    await tx.project.findMany(few),
    await tx.user.findMany(few),
    await tx.group.findMany(few),
  ];
  refuseInUse('The domain', [
    ...projects.map(({ id, name }) => ({ field: id, message: `the project ${name} belongs to it` })),
    ...users.map(({ id, name }) => ({ field: id, message: `the user ${name} belongs to it` })),
    ...groups.map(({ id, name }) => ({ field: id, message: `the group ${name} belongs to it` })),
  ]);
  await tx.domain.delete({ where: { id: row.id } });
  await recordDomain(unit, call, row, { kind: 'deleted' });
}

async function deleteContent(unit: Unit, domainId: string): Promise<void> {
  const { tx } = unit;
  const mine = { where: { domainId } };
  await tx.user.deleteMany(mine);
  await tx.group.deleteMany(mine);
  // Those below first; a tree is a few deep.
  for (;;) {
    const leaves = await tx.project.findMany({ where: { domainId, children: { none: {} } }, select: { id: true } });
    if (leaves.length === 0) return;
    for (const { id } of leaves) await removeProject(unit, id);
  }
}

interface DomainChange {
  readonly kind: 'created' | 'changed' | 'deleted';
  readonly detail?: string;
  readonly was?: DomainRow;
}

function recordDomain(unit: Unit, call: Call, row: DomainRow, { kind, detail = '', was }: DomainChange) {
  const action = ({ created: 'domain:create', changed: 'domain:update', deleted: 'domain:delete' } as const)[kind];
  const { id, name } = row;
  return recordChange(unit, call, { action, kind, id, name, projectId: null, detail, ...rowsOf(kind, row, was) });
}

export function viewDomain({ id, name, description, isEnabled, options, createdAt }: DomainRow): Domain {
  return { id, name, description, isEnabled, options: storedOptions(options), createdAt: createdAt.toISOString() };
}
