import { UnkaiError } from '@unkai/contracts/errors';
import type { Asked } from './service.ts';

/** The most that any list gives at once; more come by its next link. */
const mostListed = 1000;

export interface PageAsk {
  readonly limit: number;
  readonly marker: string | null;
}

const wholeNumber = /^\d{1,9}$/;

/**
 * `limit` and `marker` of a request; to some services a limit of 0 is none. Throws `invalid_input` for a limit that is no
 * whole number.
 */
export function pageAsk(query: URLSearchParams, { isAllAtZero = false } = {}): PageAsk {
  const limit = query.get('limit');
  if (limit !== null && !wholeNumber.test(limit)) {
    throw new UnkaiError(
      'invalid_input',
      `Invalid input for query parameters limit. Value: ${limit}. It must be a whole number, 0 or more.`,
    );
  }
  const isAll = limit === null || (isAllAtZero && Number(limit) === 0);
  return { limit: isAll ? mostListed : Math.min(Number(limit), mostListed), marker: query.get('marker') };
}

/** The part of a whole list that was asked for, and the marker of what follows. Throws `invalid_input` for a marker not in it. */
export function pageOf<Item>(items: readonly Item[], { limit, marker }: PageAsk, idOf: (item: Item) => string) {
  const at = marker === null ? -1 : items.findIndex((item) => idOf(item) === marker);
  if (marker !== null && at < 0) throw new UnkaiError('invalid_input', `marker [${marker}] not found`);
  const shown = items.slice(at + 1, at + 1 + limit);
  const last = shown.at(-1);
  const isMore = last !== undefined && at + 1 + limit < items.length;
  return { items: shown, next: isMore ? idOf(last) : null };
}

/** Where the rest of a list is: the same request, with a marker. */
function nextHref({ url, endpoint }: Asked, marker: string): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('marker', marker);
  return `${new URL(endpoint).origin}${url.pathname}?${query}`;
}

/** `{"<name>_links": [{"rel": "next", …}]}`, or nothing on the last page. */
export function nextLinks(asked: Asked, name: string, next: string | null): Record<string, unknown> {
  return next === null ? {} : { [name]: [{ rel: 'next', href: nextHref(asked, next) }] };
}

interface OnePage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** All of a list that quotas keep short, page after page. */
export async function everything<Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<OnePage<Item>>,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: OnePage<Item> = await read({ limit: mostListed, ...(cursor !== null && { cursor }) });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

type Sortable = string | number | boolean | null;

/**
 * Sorts views by `sort_key` and `sort_dir`, each of which may be given several times. Throws `invalid_input` for a key
 * that the views do not have.
 */
export function sorted<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  keyOf: (item: Item, key: string) => Sortable | undefined,
): Item[] {
  const directions = query.getAll('sort_dir');
  const wrong = directions.find((each) => each !== 'asc' && each !== 'desc');
  if (wrong !== undefined) throw new UnkaiError('invalid_input', `sort_dir: ${wrong} is neither asc nor desc.`);
  const orders = query
    .getAll('sort_key')
    .map((key, index) => ({ key, sign: (directions[index] ?? directions[0]) === 'desc' ? -1 : 1 }));
  const [sample] = items;
  const unknown = sample === undefined ? undefined : orders.find(({ key }) => keyOf(sample, key) === undefined);
  if (unknown !== undefined)
    throw new UnkaiError('invalid_input', `sort_key: lists cannot be sorted by ${unknown.key}.`);
  return items.toSorted((one, other) => {
    for (const { key, sign } of orders) {
      const by = compare(keyOf(one, key) ?? null, keyOf(other, key) ?? null) * sign;
      if (by !== 0) return by;
    }
    return 0;
  });
}

function compare(one: Sortable, other: Sortable): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
}
