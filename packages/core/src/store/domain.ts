import { UnkaiError } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import type { domain, domainCreate } from '@unkai/contracts/resources/domain';
import type { Domain as DomainRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseInUse } from './refusal.ts';

type Domain = z.infer<typeof domain>;

/** Looks a domain up for an action. */
export async function findDomain(
  call: Call,
  wanted: `domain:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<DomainRow> {
  const row = await call.core.database.prisma.domain.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'domain', id, projectId: null });
}

export async function listDomains(call: Call, query: PageQuery): Promise<Page<Domain>> {
  await grantedGlobally(call, 'domain:read');
  const { after, orderBy, take } = pageRows(query);
  return pageOf(await call.core.database.prisma.domain.findMany({ where: after, orderBy, take }), query, viewDomain);
}

/** Throws `conflict` when the name is taken. */
export async function createDomain(unit: Unit, call: Call, { name }: z.infer<typeof domainCreate>): Promise<Domain> {
  const row = await refuseDuplicate(
    unit.tx.domain.create({ data: { name } }),
    'name',
    `There is already a domain named ${name}.`,
  );
  await recordChange(unit, call, { action: 'domain:create', kind: 'created', id: row.id, name, projectId: null });
  return viewDomain(row);
}

/** Disabling a domain shuts out its users and stops the use of its projects at once (A09). */
export async function updateDomain(unit: Unit, call: Call, row: DomainRow, isEnabled: boolean): Promise<Domain> {
  const changed = await unit.tx.domain.update({ where: { id: row.id }, data: { isEnabled } });
  const detail = isEnabled ? 'enabled' : 'disabled';
  await recordChange(unit, call, {
    action: 'domain:update',
    kind: 'changed',
    id: row.id,
    name: row.name,
    projectId: null,
    detail,
  });
  return viewDomain(changed);
}

/** Throws `wrong_state` while the domain is enabled, as in Keystone, and `in_use` while it holds users or projects. */
export async function deleteDomain({ tx, ...unit }: Unit, call: Call, row: DomainRow): Promise<void> {
  if (row.isEnabled)
    throw new UnkaiError('wrong_state', 'Only a disabled domain can be deleted.', { next: 'Disable it first.' });
  const projects = await tx.project.findMany({
    where: { domainId: row.id },
    select: { id: true, name: true },
    take: 20,
  });
  const users = await tx.user.findMany({ where: { domainId: row.id }, select: { id: true, name: true }, take: 20 });
  refuseInUse('The domain', [
    ...projects.map(({ id, name }) => ({ field: id, message: `the project ${name} belongs to it` })),
    ...users.map(({ id, name }) => ({ field: id, message: `the user ${name} belongs to it` })),
  ]);
  await tx.domain.delete({ where: { id: row.id } });
  await recordChange({ tx, ...unit }, call, {
    action: 'domain:delete',
    kind: 'deleted',
    id: row.id,
    name: row.name,
    projectId: null,
  });
}

export function viewDomain({ id, name, isEnabled, createdAt }: DomainRow): Domain {
  return { id, name, isEnabled, createdAt: createdAt.toISOString() };
}
