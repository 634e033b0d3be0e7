import type { PageQuery } from '@unkai/contracts/primitives';
import { ipFamily } from '@unkai/contracts/primitives';
import type { AddressScope, AddressScopeCreate, AddressScopeUpdate } from '@unkai/contracts/resources/address-scope';
import type { Prisma } from '@unkai/prisma/client';
import { granted, grantedFields } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { spend } from '../quota/quota.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { addressScopeList } from './list/shared-tables.ts';
import { isOpenToCaller, isSharedWithAll, isSharedWithCaller, seenBy } from './network-access.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { shareWithAll } from './rbac-policy-rows.ts';
import { refuseInUse } from './refusal.ts';

const withTargets = {
  rbacPolicies: { select: { action: true, targetProjectId: true } },
} as const satisfies Prisma.AddressScopeInclude;
export type FoundAddressScope = Prisma.AddressScopeGetPayload<{ include: typeof withTargets }>;

/** Looks an address scope up for an action. One that is shared may be read by all whom it is shared with. */
export async function findAddressScope(
  call: Call,
  wanted: `address-scope:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundAddressScope> {
  const row = await call.core.database.prisma.addressScope.findUnique({ where: { id }, include: withTargets });
  return granted(call, wanted, row, {
    noun: 'address-scope',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name, isShared: isOpenToCaller(call, row, 'address-scope:read') }),
  });
}

/** The scopes that a project may use which the caller was let into by `findPlace`, or all by `findEverywhere`. */
export async function listAddressScopes(
  call: Call,
  query: PageQuery & { readonly projectId: string | null },
): Promise<Page<AddressScope>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : seenBy(query.projectId), after] };
  const rows = await call.core.database.prisma.addressScope.findMany({ where, orderBy, take, include: withTargets });
  return pageOf(rows, query, (row) => viewAddressScope(call, row));
}

/** As `listAddressScopes`, narrowed and sorted by any of the fields of `addressScopeList`. */
export function searchAddressScopes(
  call: Call,
  ask: ListAsk<keyof typeof addressScopeList.fields>,
): Promise<Searched<AddressScope>> {
  return search(call, addressScopeList, ask, async (ids) => {
    const where = { id: { in: ids } };
    const rows = await call.core.database.prisma.addressScope.findMany({ where, include: withTargets });
    return rows.map((row) => viewAddressScope(call, row));
  });
}

/** Throws `quota_exceeded`, `forbidden` for what only operators say. */
export async function createAddressScope(
  unit: Unit,
  call: Call,
  { isShared, ...columns }: AddressScopeCreate & { readonly projectId: string },
): Promise<AddressScope> {
  const { tx } = unit;
  const { projectId, name } = columns;
  const target = { noun: 'address-scope', id: '', name, projectId };
  await grantedFields(call, 'network:provide', target, isShared ? ['isShared'] : []);
  await spend(tx, projectId, { addressScopes: 1 });
  const made = await tx.addressScope.create({ data: columns });
  if (isShared) await shareWithAll(tx, { ...made, objectType: 'address-scope' }, true);
  return written(unit, call, made.id);
}

/** Throws `in_use` where others have pools in one that would no longer be open to them. */
export async function updateAddressScope(
  unit: Unit,
  call: Call,
  row: FoundAddressScope,
  { isShared, name = row.name }: AddressScopeUpdate,
): Promise<AddressScope> {
  const target = { ...row, noun: 'address-scope' };
  await grantedFields(call, 'network:provide', target, isShared === undefined ? [] : ['isShared']);
  await unit.tx.addressScope.update({ where: { id: row.id }, data: { name }, select: { id: true } });
  if (isShared !== undefined) await shareWithAll(unit.tx, { ...row, objectType: 'address-scope' }, isShared);
  return written(unit, call, row.id, row);
}

/** Throws `in_use` while a pool is in it. */
export async function deleteAddressScope(unit: Unit, call: Call, row: FoundAddressScope): Promise<void> {
  const { tx } = unit;
  await tx.$queryRaw`SELECT 1 FROM address_scope WHERE id = ${row.id}::uuid FOR UPDATE`;
  const pools = await tx.subnetPool.findMany({ where: { addressScopeId: row.id }, take: 20 });
  refuseInUse(
    'The address scope',
    pools.map(({ id, name }) => ({ field: id, message: `the pool ${name} is in it` })),
  );
  await tx.addressScope.delete({ where: { id: row.id } });
  await record(unit, call, 'deleted', { row });
}

async function written(unit: Unit, call: Call, id: string, was?: FoundAddressScope): Promise<AddressScope> {
  const row = await unit.tx.addressScope.findUniqueOrThrow({ where: { id }, include: withTargets });
  await record(unit, call, was === undefined ? 'created' : 'changed', { row, was });
  return viewAddressScope(call, row);
}

interface Change {
  readonly row: FoundAddressScope;
  readonly was?: FoundAddressScope | undefined;
}

const actions = {
  created: 'address-scope:create',
  changed: 'address-scope:update',
  deleted: 'address-scope:delete',
} as const;

function record(unit: Unit, call: Call, kind: keyof typeof actions, { row, was }: Change): Promise<void> {
  const { id, name, projectId } = row;
  const rows = rowsOf(kind, valuesOf(row), was && valuesOf(was));
  return recordChange(unit, call, { action: actions[kind], kind, id, name, projectId, ...rows });
}

function valuesOf(row: FoundAddressScope) {
  return { ...row, isShared: isSharedWithAll(row) };
}

export function viewAddressScope(call: Call, row: FoundAddressScope): AddressScope {
  const { id, projectId, name, family, createdAt } = row;
  return {
    id,
    projectId,
    name,
    family: ipFamily.parse(family),
    isShared: isSharedWithCaller(call, row),
    createdAt: createdAt.toISOString(),
  };
}
