import {
  type Endpoint,
  type endpointCreate,
  type endpointQuery,
  endpoint as endpointShape,
  type endpointUpdate,
} from '@unkai/contracts/resources/endpoint';
import type { Endpoint as EndpointRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedToAll } from '../access.ts';
import type { Call } from '../call.ts';
import { recordCatalogChange } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseField } from './refusal.ts';
import { lockRow } from './row-now.ts';

/** Looks an endpoint up for an action. The catalog is shown to everyone who is signed in. */
export async function findEndpoint(
  call: Call,
  wanted: `endpoint:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<EndpointRow> {
  const row = await call.core.database.prisma.endpoint.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'endpoint', id, projectId: null, ...(row && { name: row.url }) });
}

export async function listEndpoints(call: Call, query: z.output<typeof endpointQuery>): Promise<Page<Endpoint>> {
  await grantedToAll(call, 'endpoint:read');
  const { after, orderBy, take } = pageRows(query);
  const { serviceId, regionId, interface: audience } = query;
  const where = {
    ...(serviceId !== undefined && { serviceId }),
    ...(regionId !== undefined && { regionId }),
    ...(audience !== undefined && { interface: audience }),
    ...after,
  };
  return pageOf(await call.core.database.prisma.endpoint.findMany({ where, orderBy, take }), query, viewEndpoint);
}

interface Parts {
  readonly serviceId: string | null;
  readonly regionId: string | null;
}

/** Throws `invalid_input` for a service or a region that is not there. */
export async function requireParts(tx: Transaction, { serviceId, regionId }: Parts): Promise<void> {
  if (serviceId !== null && (await tx.service.count({ where: { id: serviceId } })) === 0) {
    throw refuseField('serviceId', 'names no service', 'Choose one of the services of the catalog.');
  }
  if (regionId !== null && (await tx.region.count({ where: { id: regionId } })) === 0) {
    throw refuseField('regionId', 'names no region', 'Choose one of the regions of the catalog.');
  }
}

export async function createEndpoint(
  unit: Unit,
  call: Call,
  input: z.output<typeof endpointCreate>,
): Promise<Endpoint> {
  const data = { ...input, regionId: input.regionId ?? null };
  await requireParts(unit.tx, data);
  const row = await unit.tx.endpoint.create({ data });
  await recordCatalogChange(unit, call, { action: 'endpoint:create', name: row.url, id: row.id, after: row });
  return viewEndpoint(row);
}

export async function updateEndpoint(
  unit: Unit,
  call: Call,
  found: EndpointRow,
  input: z.output<typeof endpointUpdate>,
): Promise<Endpoint> {
  const wanted = { serviceId: input.serviceId ?? found.serviceId, regionId: input.regionId ?? found.regionId };
  await requireParts(unit.tx, wanted);
  await lockRow(unit.tx, 'endpoint', found.id);
  const row = await unit.tx.endpoint.findUniqueOrThrow({ where: { id: found.id } });
  const { serviceId = row.serviceId, regionId = row.regionId, url = row.url, isEnabled = row.isEnabled } = input;
  const data = { serviceId, regionId, url, isEnabled, interface: input.interface ?? row.interface };
  const changed = await unit.tx.endpoint.update({ where: { id: row.id }, data });
  await recordCatalogChange(unit, call, {
    action: 'endpoint:update',
    name: url,
    id: row.id,
    before: row,
    after: changed,
  });
  return viewEndpoint(changed);
}

export async function deleteEndpoint(unit: Unit, call: Call, row: EndpointRow): Promise<void> {
  const { id, url } = row;
  await unit.tx.endpoint.delete({ where: { id } });
  await recordCatalogChange(unit, call, { action: 'endpoint:delete', name: url, id, before: row });
}

export function viewEndpoint(row: EndpointRow): Endpoint {
  const { id, serviceId, regionId, url, isEnabled, createdAt } = row;
  const audience = endpointShape.shape.interface.parse(row.interface);
  return { id, serviceId, regionId, interface: audience, url, isEnabled, createdAt: createdAt.toISOString() };
}
