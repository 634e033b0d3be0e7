import { UnkaiError } from '@unkai/contracts/errors';
import { id, isoTime, type PageQuery, type TaggedPageQuery } from '@unkai/contracts/primitives';
import { z } from 'zod';

/** Where a page ended: lists go by time of creation, newest first, and by id within a moment. */
interface Place {
  readonly createdAt: Date;
  readonly id: string;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

const placeText = z.tuple([isoTime, id]);

/** The place that a `cursor` names; null for the first page. Throws `invalid_input` for one that we did not make. */
export function placeAfter(query: PageQuery): Place | null {
  const place = readCursor(query, placeText);
  return place && { createdAt: new Date(place[0]), id: place[1] };
}

/** Names a place as the `nextCursor` of a page. */
export function cursorOf(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** What `cursorOf` was given; null for the first page. Throws `invalid_input` for one that we did not make. */
export function readCursor<Named>({ cursor }: Pick<PageQuery, 'cursor'>, place: z.ZodType<Named>): Named | null {
  if (cursor === undefined) return null;
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    const message = 'must be the nextCursor of an earlier page';
    const fix = 'Send it as it stands there, or leave it out for the first page.';
    throw new UnkaiError('invalid_input', `cursor: ${message}.`, {
      errors: [{ field: 'cursor', message, fix }],
      cause,
    });
  }
}

/** Finds texts that hold `part`, whatever its case; of what Postgres takes for a pattern each letter stands for itself. */
export function holds(part: string) {
  return { contains: part.replaceAll(/[\\%_]/g, String.raw`\$&`), mode: 'insensitive' as const };
}

/** How Prisma finds the rows of a page; it takes one row more than asked, which tells whether another page follows. */
export function pageRows(query: PageQuery) {
  const place = placeAfter(query);
  const newestFirst = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];
  const after =
    place === null
      ? {}
      : { OR: [{ createdAt: { lt: place.createdAt } }, { createdAt: place.createdAt, id: { lt: place.id } }] };
  return { after, orderBy: newestFirst, take: query.limit + 1 };
}

/** Rows that have all of these labels; every row when none are asked for. */
export function tagged({ tags }: Pick<TaggedPageQuery, 'tags'>) {
  return tags === undefined ? {} : { tags: { hasEvery: tags } };
}

/** Makes a page of up to `limit + 1` rows in order. */
export function pageOf<Row extends Place, Item>(
  rows: readonly Row[],
  { limit }: PageQuery,
  view: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const nextCursor = last ? cursorOf([last.createdAt.toISOString(), last.id]) : null;
  return { items: shown.map(view), nextCursor };
}
