import { UnkaiError } from '@unkai/contracts/errors';
import type { DB } from '@unkai/prisma/kysely';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { allows } from '../../access.ts';
import type { Call } from '../../call.ts';
import type { ListField } from './field.ts';

/** A noun's lists: its table, what can be asked of it, and which rows a project sees. */
export interface ListTable<Name extends string> {
  readonly table: keyof DB;
  readonly fields: Readonly<Record<Name, ListField>>;
  readonly seenBy: (of: string, projectId: string) => RawBuilder<boolean>;
}

export interface ListAsk<Name extends string> {
  /** Null for those of all projects, which operators may ask for. */
  readonly projectId: string | null;
  /** All must hold; of the values of one, any. */
  readonly filters: ReadonlyArray<{ readonly field: Name; readonly values: readonly string[] }>;
  readonly order: ReadonlyArray<{ readonly field: Name; readonly isDescending: boolean }>;
  /** Rows after the one with this id, or before it when the page is read backwards. */
  readonly marker: string | null;
  readonly isReverse: boolean;
  readonly limit: number;
}

interface ListPage {
  /** In the list's order, also when it was read backwards. */
  readonly ids: readonly string[];
  /** Whether more follow in the direction in which it was read. */
  readonly isMore: boolean;
}

interface Place {
  readonly by: (of: string) => RawBuilder<unknown>;
  readonly isDescending: boolean;
}

const newestFirst: readonly Place[] = [
  { by: (of) => sql`${sql.ref(`${of}.created_at`)}`, isDescending: true },
  { by: (of) => sql`${sql.ref(`${of}.id`)}`, isDescending: true },
];
const byId: Place = { by: (of) => sql`${sql.ref(`${of}.id`)}`, isDescending: false };
const uuid = z.uuid();

/**
 * One page of a list, found in one statement. The caller was let into the project by `findPlace`, or into all by
 * `findEverywhere`. Throws `invalid_input` for a marker that names no row of the list, and for an order that there is not.
 */
async function searchIds<Name extends string>(
  call: Call,
  list: ListTable<Name>,
  ask: ListAsk<Name>,
): Promise<ListPage> {
  const { kysely } = call.core.database;
  const { marker, limit, isReverse } = ask;
  const scope = ask.projectId === null ? [] : [list.seenBy('item', ask.projectId)];
  const conditions = [...scope, ...ask.filters.map((filter) => conditionOf(call, list, filter))];
  const order = placesOf(list, ask);
  if (marker !== null) {
    await requireMarker(call, list, marker, scope);
    conditions.push(after(list.table, order, marker));
  }
  const sorted = order.map(({ by, isDescending }) => sql`${by('item')} ${isDescending ? sql`DESC` : sql`ASC`}`);
  const where = conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`;
  const found = await sql<{ id: string }>`
    SELECT item.id FROM ${sql.table(list.table)} AS item ${where} ORDER BY ${sql.join(sorted)} LIMIT ${limit + 1}
  `.execute(kysely);
  const ids = found.rows.slice(0, limit).map(({ id }) => id);
  return { ids: isReverse ? ids.toReversed() : ids, isMore: found.rows.length > limit };
}

function conditionOf<Name extends string>(
  call: Call,
  { fields }: ListTable<Name>,
  { field, values }: ListAsk<Name>['filters'][number],
): RawBuilder<boolean> {
  const { isOperators = false } = fields[field];
  if (isOperators && !allows(call.actor, 'host:read', null)) return sql<boolean>`false`;
  return fields[field].fits('item', values, call);
}

/** What was asked for, then what tells equals apart, all turned round for a page that is read backwards. */
function placesOf<Name extends string>({ fields }: ListTable<Name>, { order, isReverse }: ListAsk<Name>): Place[] {
  const asked = order.map(({ field, isDescending }) => {
    const by = fields[field].order;
    if (by === undefined) throw new UnkaiError('invalid_input', `sort_key: lists cannot be sorted by ${field}.`);
    return { by, isDescending };
  });
  const whole = asked.length === 0 ? newestFirst : [...asked, byId];
  return whole.map(({ by, isDescending }) => ({ by, isDescending: isDescending !== isReverse }));
}

async function requireMarker<Name extends string>(
  { core: { database } }: Call,
  { table }: ListTable<Name>,
  marker: string,
  scope: ReadonlyArray<RawBuilder<boolean>>,
): Promise<void> {
  const missing = new UnkaiError('invalid_input', `marker [${marker}] not found`);
  if (!uuid.safeParse(marker).success) throw missing;
  const conditions = [sql<boolean>`item.id = ${marker}::uuid`, ...scope];
  const { rows } = await sql`
    SELECT 1 FROM ${sql.table(table)} AS item WHERE ${sql.join(conditions, sql` AND `)}
  `.execute(database.kysely);
  if (rows.length === 0) throw missing;
}

/** Behind the marker in the first place in which the two differ. */
function after(table: keyof DB, order: readonly Place[], marker: string): RawBuilder<boolean> {
  const placeOf = ({ by }: Place) =>
    sql`(SELECT ${by('mark')} FROM ${sql.table(table)} AS mark WHERE mark.id = ${marker}::uuid)`;
  const ways = order.map((last, index) => {
    const ties = order.slice(0, index).map((each) => sql`${each.by('item')} = ${placeOf(each)} AND `);
    const sign = last.isDescending ? sql`<` : sql`>`;
    return sql`(${sql.join(ties, sql``)}${last.by('item')} ${sign} ${placeOf(last)})`;
  });
  return sql<boolean>`(${sql.join(ways, sql` OR `)})`;
}

export interface Searched<Thing> {
  readonly items: readonly Thing[];
  readonly isMore: boolean;
}

/** One page of a list, with what `read` gives of the rows by their ids, in any order. */
export async function search<Name extends string, Thing extends { readonly id: string }>(
  call: Call,
  list: ListTable<Name>,
  ask: ListAsk<Name>,
  read: (ids: string[]) => Promise<Thing[]>,
): Promise<Searched<Thing>> {
  const { ids, isMore } = await searchIds(call, list, ask);
  return { items: ids.length === 0 ? [] : inOrder(ids, await read([...ids])), isMore };
}

/** Things read by id, in the order of the ids; what went away in between is left out. */
function inOrder<Thing extends { readonly id: string }>(ids: readonly string[], things: readonly Thing[]): Thing[] {
  const byId = new Map(things.map((thing) => [thing.id, thing]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
