import { type Endpoint, endpoint as endpointShape } from '@unkai/contracts/resources/endpoint';
import type { EndpointGroup as GroupRow } from '@unkai/prisma/client';
import { granted, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { recordCatalogChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { requireParts, viewEndpoint } from './endpoint.ts';

/** What its endpoints have in common; what is null may be anything. */
interface Filters {
  readonly serviceId: string | null;
  readonly regionId: string | null;
  readonly interface: Endpoint['interface'] | null;
}

export interface EndpointGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly filters: Filters;
}

/** Looks a group of endpoints up for an action: operators make them, and nobody else knows of them. */
export async function findEndpointGroup(
  call: Call,
  wanted: `endpoint-group:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<GroupRow> {
  const row = await call.core.database.prisma.endpointGroup.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'endpoint-group', id, projectId: null, ...(row && { name: row.name }) });
}

/** All of them, or those of the name: an installation has few. */
export async function listEndpointGroups(call: Call, name?: string): Promise<EndpointGroup[]> {
  await grantedGlobally(call, 'endpoint-group:read');
  const where = name === undefined ? {} : { name };
  const rows = await call.core.database.prisma.endpointGroup.findMany({ where, orderBy: { createdAt: 'desc' } });
  return rows.map(viewEndpointGroup);
}

/** The endpoints that the group stands for now, those that are switched off among them. */
export async function listGroupEndpoints({ core }: Call, row: GroupRow): Promise<Endpoint[]> {
  const { serviceId, regionId, interface: audience } = row;
  const where = {
    ...(serviceId !== null && { serviceId }),
    ...(regionId !== null && { regionId }),
    ...(audience !== null && { interface: audience }),
  };
  return (await core.database.prisma.endpoint.findMany({ where, orderBy: { createdAt: 'desc' } })).map(viewEndpoint);
}

/** Throws `invalid_input` for a service or a region that is not there. */
export async function createEndpointGroup(
  unit: Unit,
  call: Call,
  { filters, ...about }: Omit<EndpointGroup, 'id'>,
): Promise<EndpointGroup> {
  await requireParts(unit.tx, filters);
  const row = await unit.tx.endpointGroup.create({ data: { ...about, ...filters } });
  await record(unit, call, 'create', row);
  return viewEndpointGroup(row);
}

interface Change {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Instead of all that it had. */
  readonly filters?: Filters | undefined;
}

/** Throws as `createEndpointGroup` does. */
export async function updateEndpointGroup(
  unit: Unit,
  call: Call,
  row: GroupRow,
  { name = row.name, description = row.description, filters }: Change,
): Promise<EndpointGroup> {
  if (filters !== undefined) await requireParts(unit.tx, filters);
  const data = { name, description, ...filters };
  const changed = await unit.tx.endpointGroup.update({ where: { id: row.id }, data });
  await record(unit, call, 'update', changed);
  return viewEndpointGroup(changed);
}

export async function deleteEndpointGroup(unit: Unit, call: Call, row: GroupRow): Promise<void> {
  await unit.tx.endpointGroup.delete({ where: { id: row.id } });
  await record(unit, call, 'delete', row);
}

function record(unit: Unit, call: Call, verb: 'create' | 'update' | 'delete', { id, name }: GroupRow) {
  return recordCatalogChange(unit, call, { action: `endpoint-group:${verb}`, name, id });
}

export function viewEndpointGroup(row: GroupRow): EndpointGroup {
  const { id, name, description, serviceId, regionId, interface: audience } = row;
  const shown = endpointShape.shape.interface.nullable().parse(audience);
  return { id, name, description, filters: { serviceId, regionId, interface: shown } };
}
