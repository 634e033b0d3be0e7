import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { flavor, flavorCreate } from '@unkai/contracts/resources/flavor';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database';
import { createFlavor, deleteFlavor, findFlavor, listFlavors, viewFlavor } from '@unkai/core/store/flavor';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Flavors');

export const flavorRouter = router({
  create: procedure
    .meta(operation('POST /flavors', 'Make a flavor', 'flavor:create'))
    .input(flavorCreate)
    .output(flavor)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'flavor:create');
      return commit(call.core.database, (unit) => createFlavor(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /flavors', 'List flavors', 'flavor:read'))
    .input(pageQuery)
    .output(page(flavor))
    .query(({ ctx: { call }, input }) => listFlavors(call, input)),
  get: procedure
    .meta(operation('GET /flavors/{id}', 'Show a flavor', 'flavor:read'))
    .input(z.strictObject({ id }))
    .output(flavor)
    .query(async ({ ctx: { call }, input }) => viewFlavor(await findFlavor(call, 'flavor:read', input.id))),
  delete: procedure
    .meta(operation('DELETE /flavors/{id}', 'Delete a flavor; its servers stay what they are', 'flavor:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findFlavor(call, 'flavor:delete', input.id);
      await commit(call.core.database, (unit) => deleteFlavor(unit, call, row));
    }),
});
