import type {
  RegisteredLimit,
  registeredLimitCreate,
  registeredLimitQuery,
  registeredLimitUpdate,
} from '@unkai/contracts/resources/service-limit';
import type { RegisteredLimit as LimitRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedToAll } from '../access.ts';
import type { Call } from '../call.ts';
import { recordCatalogChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { requireParts } from './endpoint.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseInUse } from './refusal.ts';

/** Looks a registered limit up for an action. As the catalog, they are shown to everyone who is signed in. */
export async function findRegisteredLimit(
  call: Call,
  wanted: `registered-limit:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<LimitRow> {
  const row = await call.core.database.prisma.registeredLimit.findUnique({ where: { id } });
  const name = row && { name: row.resourceName };
  return granted(call, wanted, row, { noun: 'registered-limit', id, projectId: null, isShared: true, ...name });
}

export async function listRegisteredLimits(
  call: Call,
  query: z.output<typeof registeredLimitQuery>,
): Promise<Page<RegisteredLimit>> {
  await grantedToAll(call, 'registered-limit:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [limitFilter(query), after] };
  const rows = await call.core.database.prisma.registeredLimit.findMany({ where, orderBy, take });
  return pageOf(rows, query, viewRegisteredLimit);
}

interface Filter {
  readonly serviceId?: string | undefined;
  readonly regionId?: string | undefined;
  readonly resourceName?: string | undefined;
}

/** How Prisma finds the registered limits that a filter names. */
export function limitFilter({ serviceId, regionId, resourceName }: Filter) {
  return {
    ...(serviceId !== undefined && { serviceId }),
    ...(regionId !== undefined && { regionId }),
    ...(resourceName !== undefined && { resourceName }),
  };
}

const taken = 'There is a limit of this resource registered for the service there already.';

/** Throws `conflict` when the service has one of that name there, and `invalid_input` for what is not there. */
export async function createRegisteredLimit(
  unit: Unit,
  call: Call,
  input: z.output<typeof registeredLimitCreate>,
): Promise<RegisteredLimit> {
  const data = { ...input, regionId: input.regionId ?? null };
  await requireParts(unit.tx, data);
  const row = await refuseDuplicate(unit.tx.registeredLimit.create({ data }), {
    field: 'resourceName',
    message: taken,
    fix: 'Change the limit that exists, or choose another name or region.',
  });
  await record(unit, call, 'create', row);
  return viewRegisteredLimit(row);
}

/** Throws as `createRegisteredLimit` does, and `in_use` where limits of projects would become those of something else. */
export async function updateRegisteredLimit(
  unit: Unit,
  call: Call,
  row: LimitRow,
  input: z.output<typeof registeredLimitUpdate>,
): Promise<RegisteredLimit> {
  const { serviceId = row.serviceId, regionId = row.regionId, resourceName = row.resourceName } = input;
  const { defaultLimit = row.defaultLimit, description = row.description } = input;
  const isOther = serviceId !== row.serviceId || regionId !== row.regionId || resourceName !== row.resourceName;
  if (isOther) await refuseUsed(unit, row);
  await requireParts(unit.tx, { serviceId, regionId });
  const data = { serviceId, regionId, resourceName, defaultLimit, description };
  const change = unit.tx.registeredLimit.update({ where: { id: row.id }, data });
  const changed = await refuseDuplicate(change, {
    field: 'resourceName',
    message: taken,
    fix: 'Change the limit that exists, or choose another name or region.',
  });
  await record(unit, call, 'update', changed);
  return viewRegisteredLimit(changed);
}

/** Throws `in_use` while limits of projects or domains differ from it. */
export async function deleteRegisteredLimit(unit: Unit, call: Call, row: LimitRow): Promise<void> {
  await refuseUsed(unit, row);
  await unit.tx.registeredLimit.delete({ where: { id: row.id } });
  await record(unit, call, 'delete', row);
}

async function refuseUsed({ tx }: Unit, { id }: LimitRow): Promise<void> {
  const limits = await tx.serviceLimit.findMany({ where: { registeredLimitId: id }, select: { id: true } });
  refuseInUse(
    'The registered limit',
    limits.map((limit) => ({ field: 'id', message: `the limit ${limit.id} differs from it` })),
  );
}

function record(unit: Unit, call: Call, verb: 'create' | 'update' | 'delete', { id, resourceName }: LimitRow) {
  return recordCatalogChange(unit, call, { action: `registered-limit:${verb}`, name: resourceName, id });
}

export function viewRegisteredLimit(row: LimitRow): RegisteredLimit {
  const { id, serviceId, regionId, resourceName, defaultLimit, description, createdAt } = row;
  return {
    id,
    serviceId,
    regionId,
    resourceName,
    defaultLimit,
    description,
    createdAt: createdAt.toISOString(),
  };
}
