import { UnkaiError } from '@unkai/contracts/errors';
import { projectOf } from '../call.ts';
import { nextLinks, pageAsk, pageOf, sorted } from '../paging.ts';
import type { Answer, Asked } from '../service.ts';

/** Words of a query that choose fields, a page and an order, and are no fields themselves. */
export const directives: ReadonlySet<string> = new Set([
  ...['fields', 'limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir'],
]);

export type View = { readonly id: string };

/**
 * One answer of a list: `views` that fit the query, in its order, the page and the fields that were asked for. Names that
 * no view has find nothing.
 */
export function listAnswer(asked: Asked, name: string, views: readonly View[]): Answer {
  const { query } = asked;
  const order = new URLSearchParams(query);
  if (!order.getAll('sort_key').includes('id')) order.append('sort_key', 'id');
  const inOrder = query.has('sort_key')
    ? sorted(views.filter(isWanted(query)), order, keyOf)
    : views.filter(isWanted(query));
  const isReverse = query.get('page_reverse')?.toLowerCase() === 'true';
  const { items, next } = pageOf(isReverse ? inOrder.toReversed() : inOrder, pageAsk(query), ({ id }) => id);
  const shown = (isReverse ? items.toReversed() : items).map((view) => onlyFields(view, query));
  return { status: 200, body: { [name]: shown, ...nextLinks(asked, `${name}_links`, next) } };
}

function isWanted(query: URLSearchParams) {
  const names = [...new Set(query.keys())].filter((name) => !directives.has(name));
  return (view: View) => names.every((name) => fits(view, name, query.getAll(name)));
}

const truths = ['true', '1', 'yes', 't', 'on', 'y'];

function fits(view: View, name: string, values: readonly string[]): boolean {
  const present: unknown = Reflect.get(view, name);
  if (present === undefined) return false;
  if (typeof present === 'boolean') return values.some((value) => truths.includes(value.toLowerCase()) === present);
  if (Array.isArray(present)) return values.some((value) => present.includes(value));
  return values.includes(String(present ?? ''));
}

function keyOf(view: View, key: string): string | number | boolean | null | undefined {
  const value: unknown = Reflect.get(view, key);
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain || value === null ? value : undefined;
}

/** A view with only the fields that were asked for. */
export function onlyFields(view: View, query: URLSearchParams): Partial<View> {
  const wanted = query.getAll('fields');
  if (wanted.length === 0) return view;
  return Object.fromEntries(Object.entries(view).filter(([name]) => wanted.includes(name)));
}

/**
 * The project of a new thing: the token's own, or the one that is named, which the operation then judges. Throws
 * `invalid_input` when two names of it differ.
 */
export function placeOf(
  asked: Asked,
  given: { tenant_id?: string | undefined; project_id?: string | undefined },
): string {
  const { tenant_id: tenant, project_id: project } = given;
  if (tenant !== undefined && project !== undefined && tenant !== project) {
    throw new UnkaiError('invalid_input', 'tenant_id and project_id differ.');
  }
  return project ?? tenant ?? projectOf(asked.call);
}
