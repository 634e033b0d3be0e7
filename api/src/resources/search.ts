import { searchQuery, searchResult } from '@unkai/contracts/resources/search';
import { search } from '@unkai/core/store/search';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Search');

export const searchRouter = router({
  list: procedure
    .meta(operation('GET /search', 'Find what you may read by name, id or address', 'signed-in'))
    .input(searchQuery)
    .output(searchResult)
    .query(({ ctx: { call }, input }) => search(call, input)),
});
