import { page } from '@unkai/contracts/primitives';
import { region, regionCreate, regionId, regionQuery, regionUpdate } from '@unkai/contracts/resources/region';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createRegion,
  deleteRegion,
  findRegion,
  listRegions,
  updateRegion,
  viewRegion,
} from '@unkai/core/store/region';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Catalog');

export const regionRouter = router({
  create: procedure
    .meta(operation('POST /regions', 'Make a region of the catalog', 'region:create'))
    .input(regionCreate)
    .output(region)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'region:create');
      return commit(call.core.database, (unit) => createRegion(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /regions', 'List regions', 'region:read'))
    .input(regionQuery)
    .output(page(region))
    .query(({ ctx: { call }, input }) => listRegions(call, input)),
  get: procedure
    .meta(operation('GET /regions/{id}', 'Show a region', 'region:read'))
    .input(z.strictObject({ id: regionId }))
    .output(region)
    .query(async ({ ctx: { call }, input }) => viewRegion(await findRegion(call, 'region:read', input.id))),
  update: procedure
    .meta(operation('PATCH /regions/{id}', 'Change a region', 'region:update'))
    .input(regionUpdate.extend({ id: regionId }))
    .output(region)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRegion(call, 'region:update', input.id);
      return commit(call.core.database, (unit) => updateRegion(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /regions/{id}', 'Delete a region without endpoints', 'region:delete'))
    .input(z.strictObject({ id: regionId }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRegion(call, 'region:delete', input.id);
      await commit(call.core.database, (unit) => deleteRegion(unit, call, row));
    }),
});
