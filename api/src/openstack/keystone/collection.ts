import type { Answer, Asked, Route } from '../service.ts';
import { linksOf } from './links.ts';

/** Something of which there is a list, told as Keystone tells it. */
export interface Collection<Item> {
  /** What is before it in the path, such as `OS-EP-FILTER/`. */
  readonly below?: string;
  /** As in the path and around a list, such as `projects`. */
  readonly plural: string;
  /** As around one of them, such as `project`. */
  readonly singular: string;
  readonly idOf: (item: Item) => string;
  readonly view: (item: Item, asked: Asked) => object;
}

function withLinks<Item>({ below = '', plural, idOf, view }: Collection<Item>, item: Item, asked: Asked) {
  const self = `${asked.endpoint}/v3/${below}${plural}/${encodeURIComponent(idOf(item))}`;
  return { ...view(item, asked), links: { self } };
}

export function oneAnswer<Item>(collection: Collection<Item>, item: Item, asked: Asked, status = 200): Answer {
  return { status, body: { [collection.singular]: withLinks(collection, item, asked) } };
}

export function listAnswer<Item>(collection: Collection<Item>, items: readonly Item[], asked: Asked): Answer {
  const views = items.map((item) => withLinks(collection, item, asked));
  return { status: 200, body: { [collection.plural]: views, links: linksOf(asked) } };
}

/** What can be done with such things, each as the operation that all doors share. */
export interface Deeds<Item> {
  readonly list: (asked: Asked) => Promise<readonly Item[]>;
  readonly get: (asked: Asked) => Promise<Item>;
  /** Not there where several are made at once. */
  readonly create?: (asked: Asked) => Promise<Item>;
  readonly update: (asked: Asked) => Promise<Item>;
  readonly remove: (asked: Asked) => Promise<void>;
}

/** The routes of a collection. */
export function collectionRoutes<Item>(collection: Collection<Item>, deeds: Deeds<Item>): Route[] {
  const all = `/v3/${collection.below ?? ''}${collection.plural}`;
  const one = `${all}/:id`;
  const { create } = deeds;
  return [
    {
      method: 'GET',
      path: all,
      answer: async (asked) => listAnswer(collection, await deeds.list(asked), asked),
    },
    ...(create === undefined
      ? []
      : [
          {
            method: 'POST',
            path: all,
            answer: async (asked: Asked) => oneAnswer(collection, await create(asked), asked, 201),
          } as const,
        ]),
    { method: 'GET', path: one, answer: async (asked) => oneAnswer(collection, await deeds.get(asked), asked) },
    { method: 'PATCH', path: one, answer: async (asked) => oneAnswer(collection, await deeds.update(asked), asked) },
    {
      method: 'DELETE',
      path: one,
      answer: async (asked) => {
        await deeds.remove(asked);
        return { status: 204 };
      },
    },
  ];
}
