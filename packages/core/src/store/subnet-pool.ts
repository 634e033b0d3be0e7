import type { PageQuery } from '@unkai/contracts/primitives';
import { ipFamily } from '@unkai/contracts/primitives';
import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';
import type { Prisma } from '@unkai/prisma/client';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { subnetPoolList } from './list/shared-tables.ts';
import { isOpenToCaller, isSharedWithAll, isSharedWithCaller, seenBy } from './network-access.ts';
import { type Page, pageOf, pageRows } from './page.ts';

export const withPoolParts = {
  prefixes: { select: { prefix: true }, orderBy: { prefix: 'asc' } },
  rbacPolicies: { select: { action: true, targetProjectId: true } },
} as const satisfies Prisma.SubnetPoolInclude;
export type FoundSubnetPool = Prisma.SubnetPoolGetPayload<{ include: typeof withPoolParts }>;

/** Looks a subnet pool up for an action. One that is shared may be read by all whom it is shared with. */
export async function findSubnetPool(
  call: Call,
  wanted: `subnet-pool:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundSubnetPool> {
  const row = await call.core.database.prisma.subnetPool.findUnique({ where: { id }, include: withPoolParts });
  return granted(call, wanted, row, {
    noun: 'subnet-pool',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name, isShared: isOpenToCaller(call, row, 'subnet-pool:read') }),
  });
}

/** The pools that a project may use which the caller was let into by `findPlace`, or all by `findEverywhere`. */
export async function listSubnetPools(
  call: Call,
  query: PageQuery & { readonly projectId: string | null },
): Promise<Page<SubnetPool>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : seenBy(query.projectId), after] };
  const rows = await call.core.database.prisma.subnetPool.findMany({ where, orderBy, take, include: withPoolParts });
  return pageOf(rows, query, (row) => viewSubnetPool(call, row));
}

/** As `listSubnetPools`, narrowed and sorted by any of the fields of `subnetPoolList`. */
export function searchSubnetPools(
  call: Call,
  ask: ListAsk<keyof typeof subnetPoolList.fields>,
): Promise<Searched<SubnetPool>> {
  return search(call, subnetPoolList, ask, async (ids) => {
    const where = { id: { in: ids } };
    const rows = await call.core.database.prisma.subnetPool.findMany({ where, include: withPoolParts });
    return rows.map((row) => viewSubnetPool(call, row));
  });
}

export function viewSubnetPool(call: Call, row: FoundSubnetPool): SubnetPool {
  const { id, projectId, addressScopeId, name, description, quota, isDefault, tags } = row;
  const { minPrefixLength, maxPrefixLength, defaultPrefixLength } = row;
  return {
    id,
    projectId,
    addressScopeId,
    name,
    description,
    quota,
    isDefault,
    tags,
    minPrefixLength,
    maxPrefixLength,
    defaultPrefixLength,
    family: ipFamily.parse(row.family),
    prefixes: row.prefixes.map(({ prefix }) => prefix),
    isShared: isSharedWithCaller(call, row),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}

interface Change {
  readonly row: FoundSubnetPool;
  readonly was?: FoundSubnetPool | undefined;
}

const actions = {
  created: 'subnet-pool:create',
  changed: 'subnet-pool:update',
  deleted: 'subnet-pool:delete',
} as const;

/** The audit line and the event of a change. */
export function recordSubnetPool(unit: Unit, call: Call, kind: keyof typeof actions, { row, was }: Change) {
  const { id, name, projectId } = row;
  const rows = rowsOf(kind, valuesOf(row), was && valuesOf(was));
  return recordChange(unit, call, { action: actions[kind], kind, id, name, projectId, ...rows });
}

function valuesOf(row: FoundSubnetPool) {
  return { ...row, prefixes: row.prefixes.map(({ prefix }) => prefix), isShared: isSharedWithAll(row) };
}
