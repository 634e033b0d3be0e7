import { UnkaiError } from '@unkai/contracts/errors';
import type { Region, regionCreate, regionQuery, regionUpdate } from '@unkai/contracts/resources/region';
import type { Region as RegionRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedToAll } from '../access.ts';
import type { Call } from '../call.ts';
import { recordCatalogChange } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { refuseDuplicate, refuseField, refuseInUse } from './refusal.ts';

/** Looks a region up for an action. The catalog is shown to everyone who is signed in. */
export async function findRegion(
  call: Call,
  wanted: `region:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<RegionRow> {
  const row = await call.core.database.prisma.region.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'region', id, projectId: null });
}

const mostRegions = 1_000;

/** All of them: an installation has few. */
export async function listRegions(call: Call, { parentRegionId }: z.output<typeof regionQuery>) {
  await grantedToAll(call, 'region:read');
  const rows = await call.core.database.prisma.region.findMany({
    where: parentRegionId === undefined ? {} : { parentRegionId },
    orderBy: { id: 'asc' },
    take: mostRegions,
  });
  return { items: rows.map(viewRegion), nextCursor: null };
}

/** Throws `conflict` when the id is taken. */
export async function createRegion(unit: Unit, call: Call, input: z.output<typeof regionCreate>): Promise<Region> {
  const { id, description, parentRegionId = null } = input;
  await requireParent(unit.tx, id, parentRegionId);
  const made = unit.tx.region.create({ data: { id, description, parentRegionId } });
  const row = await refuseDuplicate(made, {
    field: 'id',
    message: `There is already a region ${id}.`,
    fix: 'Choose another id, or use the region that exists.',
  });
  await recordCatalogChange(unit, call, { action: 'region:create', name: id, after: row });
  return viewRegion(row);
}

export async function updateRegion(
  unit: Unit,
  call: Call,
  row: RegionRow,
  { description = row.description, parentRegionId = row.parentRegionId }: z.output<typeof regionUpdate>,
): Promise<Region> {
  await requireParent(unit.tx, row.id, parentRegionId);
  const changed = await unit.tx.region.update({ where: { id: row.id }, data: { description, parentRegionId } });
  await recordCatalogChange(unit, call, { action: 'region:update', name: row.id, before: row, after: changed });
  return viewRegion(changed);
}

async function requireParent(tx: Transaction, id: string, parentRegionId: string | null): Promise<void> {
  let above = parentRegionId;
  while (above !== null) {
    if (above === id) throw new UnkaiError('conflict', 'A region cannot be below itself.');
    const parent: RegionRow | null = await tx.region.findUnique({ where: { id: above } });
    if (parent === null)
      throw refuseField('parentRegionId', 'names no region', 'Choose a region that is there, or leave it out.');
    above = parent.parentRegionId;
  }
}

/** Throws `in_use` while it has endpoints, limits or regions below it. */
export async function deleteRegion(unit: Unit, call: Call, row: RegionRow): Promise<void> {
  const { id } = row;
  const few = { take: 20, select: { id: true } } as const;
  const endpoints = await unit.tx.endpoint.findMany({ where: { regionId: id }, ...few });
  const limits = await unit.tx.registeredLimit.findMany({ where: { regionId: id }, ...few });
  const below = await unit.tx.region.findMany({ where: { parentRegionId: id }, ...few });
  refuseInUse('The region', [
    ...endpoints.map((each) => ({ field: each.id, message: `the endpoint ${each.id} is in it` })),
    ...limits.map((each) => ({ field: each.id, message: `the registered limit ${each.id} is of it` })),
    ...below.map((each) => ({ field: each.id, message: `the region ${each.id} is below it` })),
  ]);
  await unit.tx.region.delete({ where: { id } });
  await recordCatalogChange(unit, call, { action: 'region:delete', name: id, before: row });
}

export function viewRegion({ id, description, parentRegionId, createdAt }: RegionRow): Region {
  return { id, description, parentRegionId, createdAt: createdAt.toISOString() };
}
