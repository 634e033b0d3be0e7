import { UnkaiError } from '@unkai/contracts/errors';
import { countMoney, moneyText } from '@unkai/contracts/money';
import type { PageQuery } from '@unkai/contracts/primitives';
import type { CurrentPrices, PriceList, priceListCreate } from '@unkai/contracts/resources/price-list';
import { usageKind } from '@unkai/contracts/resources/usage';
import type { PriceList as ListRow, Price as PriceRow, Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedToAll, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';

const withPrices = { prices: { orderBy: [{ kind: 'asc' }, { item: 'asc' }] } } satisfies Prisma.PriceListInclude;
type FoundList = ListRow & { prices: PriceRow[] };

/** Looks a price list up for an action. Everyone sees what things cost. */
export async function findPriceList(
  call: Call,
  wanted: `price-list:${'read' | 'delete'}`,
  id: string,
): Promise<FoundList> {
  const row = await call.core.database.prisma.priceList.findUnique({ where: { id }, include: withPrices });
  const target = { noun: 'price-list', id, projectId: null, isShared: true, ...(row && { name: row.name }) };
  return granted(call, wanted, row, target);
}

export async function listPriceLists(call: Call, query: PageQuery): Promise<Page<PriceList>> {
  await grantedToAll(call, 'price-list:read');
  const { after, orderBy, take } = pageRows(query);
  const { prisma } = call.core.database;
  const rows = await prisma.priceList.findMany({ where: after, orderBy, take, include: withPrices });
  return pageOf(rows, query, viewPriceList);
}

/** The list that holds at this moment. */
export async function readCurrentPrices(call: Call): Promise<CurrentPrices> {
  await grantedToAll(call, 'price-list:read');
  const row = await call.core.database.prisma.priceList.findFirst({
    where: { startsAt: { lte: new Date() } },
    orderBy: { startsAt: 'desc' },
    include: withPrices,
  });
  return { currency: row?.currency ?? null, prices: row === null ? [] : viewPriceList(row).prices };
}

/**
 * Throws `invalid_input` for one that would start in the past, in another currency than those before, or names a volume
 * type that is not there, and `conflict` where another starts at the same moment.
 */
export async function createPriceList(
  unit: Unit,
  call: Call,
  { name, currency, startsAt, prices }: z.output<typeof priceListCreate>,
): Promise<PriceList> {
  const { tx } = unit;
  const now = new Date();
  const start = startsAt === undefined ? now : new Date(startsAt);
  if (start < now) throw refuseField('startsAt', 'must not be in the past', 'Leave it out to start now.');
  // Two that are made at once must not have two currencies.
  await tx.$executeRaw`LOCK TABLE price_list IN SHARE ROW EXCLUSIVE MODE`;
  const other = await tx.priceList.findFirst({ where: { currency: { not: currency } }, select: { currency: true } });
  if (other !== null) {
    const message = `must be ${other.currency}, as in the lists before: amounts are added up`;
    throw refuseField('currency', message, `Send ${other.currency}.`);
  }
  await requireVolumeTypes(tx, prices);
  const data = prices.map((each) => ({ kind: each.kind, item: each.item, nanos: countMoney('price', each.price) }));
  const made = tx.priceList.create({
    data: { name, currency, startsAt: start, prices: { create: data } },
    include: withPrices,
  });
  const row = await refuseDuplicate(made, {
    field: 'startsAt',
    message: 'Another price list starts at this moment.',
    fix: 'Choose another moment, or delete that list first.',
  });
  await record(unit, call, 'create', row);
  return viewPriceList(row);
}

/**
 * A volume is of a type for as long as it is there, so a price for another one would charge nobody. A flavor may go while
 * its servers stay, and keeps its price under its name.
 */
async function requireVolumeTypes(tx: Unit['tx'], prices: z.output<typeof priceListCreate>['prices']): Promise<void> {
  const items = prices.flatMap(({ kind, item }) => (kind === 'volume' ? [item] : []));
  if (items.length === 0) return;
  const found = await tx.volumeType.findMany({ where: { name: { in: items } }, select: { name: true } });
  const known = new Set(found.map(({ name }) => name));
  const missing = prices.findIndex(({ kind, item }) => kind === 'volume' && !known.has(item));
  if (missing === -1) return;
  throw refuseField(`prices.${missing}.item`, 'names no volume type', 'Send the name of a volume type that is there.');
}

/**
 * Throws `wrong_state` for one that has started, also just now: what was charged by it stays as it was; and `not_found`
 * for one that somebody else deleted meanwhile.
 */
export async function deletePriceList(unit: Unit, call: Call, row: FoundList): Promise<void> {
  const { tx } = unit;
  const locked = await tx.$queryRaw<Array<{ hasStarted: boolean }>>`
    SELECT starts_at <= clock_timestamp() AS "hasStarted" FROM price_list WHERE id = ${row.id}::uuid FOR UPDATE`;
  const [found] = locked;
  if (found === undefined) throw notFound('price-list', row.id);
  if (found.hasStarted) {
    throw new UnkaiError('wrong_state', `The price list ${row.name} has started, so it stays.`, {
      next: 'Make another list, which starts now or later.',
    });
  }
  await tx.priceList.delete({ where: { id: row.id } });
  await record(unit, call, 'delete', row);
}

function record(unit: Unit, call: Call, verb: 'create' | 'delete', { id, name, startsAt }: FoundList): Promise<void> {
  const kind = verb === 'create' ? 'created' : 'deleted';
  const detail = `starts at ${startsAt.toISOString()}`;
  return recordChange(unit, call, { action: `price-list:${verb}`, kind, id, name, projectId: null, detail });
}

function hasStarted({ startsAt }: ListRow): boolean {
  return startsAt <= new Date();
}

export function viewPriceList(row: FoundList): PriceList {
  const { id, name, currency, startsAt, createdAt, prices } = row;
  return {
    id,
    name,
    currency,
    startsAt: startsAt.toISOString(),
    hasStarted: hasStarted(row),
    createdAt: createdAt.toISOString(),
    prices: prices.map(({ kind, item, nanos }) => ({
      kind: usageKind.parse(kind),
      item,
      price: moneyText('price', nanos),
    })),
  };
}
