import { UnkaiError } from '@unkai/contracts/errors';
import type { Call } from '@unkai/core/call';
import type { ListAsk, Searched } from '@unkai/core/store/list/search';
import { pageAsk } from '../paging.ts';
import { type Listed, listPlace } from '../place.ts';
import type { Answer, Asked } from '../service.ts';
import { directives, onlyFields, type View } from './collection.ts';

/** A list of Neutron's: the words that filters and orders may have, each with our field, and how it is found and shown. */
export interface NeutronList<Name extends string, Thing> {
  readonly plural: string;
  readonly permission: Listed;
  readonly fields: Readonly<Record<string, Name>>;
  /** Our word for a value, by the field, where Neutron has another one. */
  readonly values?: Partial<Readonly<Record<Name, (value: string) => string>>>;
  readonly search: (call: Call, ask: ListAsk<Name>) => Promise<Searched<Thing>>;
  readonly view: (thing: Thing) => View;
}

/** What everything has that Neutron lists, but for rules. */
export const standardFields = {
  id: 'id',
  project_id: 'projectId',
  tenant_id: 'projectId',
  description: 'description',
  revision_number: 'revision',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  changed_since: 'changedSince',
  tags: 'tags',
  'tags-any': 'anyTags',
  'not-tags': 'notTags',
  'not-tags-any': 'notAnyTags',
} as const;

/** Answers a list: the page of it that was asked for, in its order, with the fields and the links that go with it. */
export function listRoute<Name extends string, Thing>(list: NeutronList<Name, Thing>) {
  return async (asked: Asked): Promise<Answer> => {
    const projectId = await listPlace(asked.call, list.permission);
    const ask = { ...askOf(asked.query, list), projectId };
    const { items, isMore } = await list.search(asked.call, ask);
    const views = items.map(list.view);
    const links = pageLinks(asked, views, { ...ask, isMore });
    const shown = views.map((view) => onlyFields(view, asked.query));
    return {
      status: 200,
      body: { [list.plural]: shown, ...(links.length > 0 && { [`${list.plural}_links`]: links }) },
    };
  };
}

/**
 * A query in our words. Throws `invalid_input` for a filter or an order that the list does not know: to pass over one would
 * show what was not asked for.
 */
function askOf<Name extends string, Thing>(
  query: URLSearchParams,
  { fields, plural, values = {} }: NeutronList<Name, Thing>,
): Omit<ListAsk<Name>, 'projectId'> {
  const names = [...new Set(query.keys())].filter((name) => !directives.has(name));
  const wordOf = (name: string, use: string) => {
    const word = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (word === undefined) throw new UnkaiError('invalid_input', `${name}: ${plural} cannot be ${use} by it.`);
    return word;
  };
  const directions = query.getAll('sort_dir');
  const wrong = directions.find((each) => each !== 'asc' && each !== 'desc');
  if (wrong !== undefined) throw new UnkaiError('invalid_input', `sort_dir: ${wrong} is neither asc nor desc.`);
  return {
    filters: names.map((name) => {
      const field = wordOf(name, 'filtered');
      return { field, values: query.getAll(name).map((value) => values[field]?.(value) ?? value) };
    }),
    order: query.getAll('sort_key').map((key, index) => ({
      field: wordOf(key, 'sorted'),
      isDescending: (directions[index] ?? directions[0]) === 'desc',
    })),
    ...pageAsk(query, { isAllAtZero: true }),
    isReverse: query.get('page_reverse')?.toLowerCase() === 'true',
  };
}

interface Shown {
  readonly marker: string | null;
  readonly isReverse: boolean;
  readonly isMore: boolean;
}

/** Where the pages beside this one are: the same request, with another marker. */
function pageLinks(asked: Asked, views: readonly View[], { marker, isReverse, isMore }: Shown) {
  const [first, last] = [views.at(0), views.at(-1)];
  if (first === undefined || last === undefined) return [];
  const href = (id: string, isBack: boolean) => {
    const query = new URLSearchParams(asked.url.searchParams);
    query.set('marker', id);
    if (isBack) query.set('page_reverse', 'True');
    else query.delete('page_reverse');
    return `${new URL(asked.endpoint).origin}${asked.url.pathname}?${query}`;
  };
  const [hasNext, hasPrevious] = isReverse ? [marker !== null, isMore] : [isMore, marker !== null];
  return [
    ...(hasNext ? [{ rel: 'next', href: href(last.id, false) }] : []),
    ...(hasPrevious ? [{ rel: 'previous', href: href(first.id, true) }] : []),
  ];
}
