import type { Service, serviceCreate, serviceQuery, serviceUpdate } from '@unkai/contracts/resources/service';
import type { Service as ServiceRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedToAll } from '../access.ts';
import type { Call } from '../call.ts';
import { recordCatalogChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { lockRow } from './row-now.ts';

/** Looks a service up for an action. The catalog is shown to everyone who is signed in. */
export async function findService(
  call: Call,
  wanted: `service:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<ServiceRow> {
  const row = await call.core.database.prisma.service.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'service', id, projectId: null, ...(row && { name: row.name }) });
}

export async function listServices(call: Call, query: z.output<typeof serviceQuery>): Promise<Page<Service>> {
  await grantedToAll(call, 'service:read');
  const { after, orderBy, take } = pageRows(query);
  const { type, name } = query;
  const where = { ...(type !== undefined && { type }), ...(name !== undefined && { name }), ...after };
  return pageOf(await call.core.database.prisma.service.findMany({ where, orderBy, take }), query, viewService);
}

export async function createService(unit: Unit, call: Call, input: z.output<typeof serviceCreate>): Promise<Service> {
  const row = await unit.tx.service.create({ data: input });
  await recordCatalogChange(unit, call, { action: 'service:create', name: row.name, id: row.id, after: row });
  return viewService(row);
}

export async function updateService(
  unit: Unit,
  call: Call,
  found: ServiceRow,
  input: z.output<typeof serviceUpdate>,
): Promise<Service> {
  await lockRow(unit.tx, 'service', found.id);
  const row = await unit.tx.service.findUniqueOrThrow({ where: { id: found.id } });
  const { type = row.type, name = row.name, description = row.description, isEnabled = row.isEnabled } = input;
  const data = { type, name, description, isEnabled };
  const changed = await unit.tx.service.update({ where: { id: row.id }, data });
  await recordCatalogChange(unit, call, { action: 'service:update', name, id: row.id, before: row, after: changed });
  return viewService(changed);
}

/** Its endpoints go with it. */
export async function deleteService(unit: Unit, call: Call, row: ServiceRow): Promise<void> {
  const { id, name } = row;
  await unit.tx.service.delete({ where: { id } });
  await recordCatalogChange(unit, call, { action: 'service:delete', name, id, before: row });
}

export function viewService({ id, type, name, description, isEnabled, createdAt }: ServiceRow): Service {
  return { id, type, name, description, isEnabled, createdAt: createdAt.toISOString() };
}
