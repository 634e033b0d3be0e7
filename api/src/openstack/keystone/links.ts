import type { Asked } from '../service.ts';

/** What Keystone says beside every list: where it is. It hands out no pages, so there is none before or after. */
export function linksOf({ endpoint, url }: Asked) {
  const path = url.pathname.slice(url.pathname.indexOf('/v3'));
  return { self: `${endpoint}${path}${url.search}`, previous: null, next: null };
}
