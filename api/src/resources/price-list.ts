import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { currentPrices, priceList, priceListCreate } from '@unkai/contracts/resources/price-list';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createPriceList,
  deletePriceList,
  findPriceList,
  listPriceLists,
  readCurrentPrices,
  viewPriceList,
} from '@unkai/core/store/price-list';
import { z } from 'zod';
import { noInput, operations, procedure, router } from '../trpc.ts';

const operation = operations('Usage and cost');

export const priceListRouter = router({
  create: procedure
    .meta(operation('POST /price-lists', 'Say what things cost from a moment on', 'price-list:create'))
    .input(priceListCreate)
    .output(priceList)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'price-list:create');
      return commit(call.core.database, (unit) => createPriceList(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /price-lists', 'List price lists', 'price-list:read'))
    .input(pageQuery)
    .output(page(priceList))
    .query(({ ctx: { call }, input }) => listPriceLists(call, input)),
  get: procedure
    .meta(operation('GET /price-lists/{id}', 'Show a price list', 'price-list:read'))
    .input(z.strictObject({ id }))
    .output(priceList)
    .query(async ({ ctx: { call }, input }) => viewPriceList(await findPriceList(call, 'price-list:read', input.id))),
  current: procedure
    .meta(operation('GET /prices', 'Show what things cost now', 'price-list:read'))
    .input(noInput)
    .output(currentPrices)
    .query(({ ctx: { call } }) => readCurrentPrices(call)),
  delete: procedure
    .meta(operation('DELETE /price-lists/{id}', 'Delete a price list that has not started', 'price-list:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findPriceList(call, 'price-list:delete', input.id);
      await commit(call.core.database, (unit) => deletePriceList(unit, call, row));
    }),
});
