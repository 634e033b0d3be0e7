import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { flavor, flavorAccess, flavorCreate, flavorUpdate } from '@unkai/contracts/resources/flavor';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  allowFlavor,
  createFlavor,
  deleteFlavor,
  findFlavor,
  forbidFlavor,
  listFlavors,
  updateFlavor,
  viewFlavor,
  viewFlavorAccess,
} from '@unkai/core/store/flavor';
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
  update: procedure
    .meta(operation('PATCH /flavors/{id}', 'Describe a flavor', 'flavor:update'))
    .input(flavorUpdate.extend({ id }))
    .output(flavor)
    .mutation(async ({ ctx: { call }, input: { id: flavorId, ...change } }) => {
      const row = await findFlavor(call, 'flavor:update', flavorId);
      return commit(call.core.database, (unit) => updateFlavor(unit, call, row, change));
    }),
  access: procedure
    .meta(operation('GET /flavors/{id}/projects', 'List the projects that may use a flavor', 'flavor:update'))
    .input(z.strictObject({ id }))
    .output(flavorAccess)
    .query(async ({ ctx: { call }, input }) => viewFlavorAccess(await findFlavor(call, 'flavor:update', input.id))),
  allow: procedure
    .meta(
      operation('POST /flavors/{id}/projects', 'Let a project use a flavor that is not public', 'flavor:update', {
        answer: 'changed',
      }),
    )
    .input(z.strictObject({ id, projectId: id }))
    .output(flavorAccess)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findFlavor(call, 'flavor:update', input.id);
      await commit(call.core.database, (unit) => allowFlavor(unit, call, row, input.projectId));
      return viewFlavorAccess(await findFlavor(call, 'flavor:update', input.id));
    }),
  forbid: procedure
    .meta(operation('DELETE /flavors/{id}/projects/{projectId}', 'Take the use of a flavor back', 'flavor:update'))
    .input(z.strictObject({ id, projectId: id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findFlavor(call, 'flavor:update', input.id);
      await commit(call.core.database, (unit) => forbidFlavor(unit, call, row, input.projectId));
    }),
  delete: procedure
    .meta(operation('DELETE /flavors/{id}', 'Delete a flavor; its servers stay what they are', 'flavor:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findFlavor(call, 'flavor:delete', input.id);
      await commit(call.core.database, (unit) => deleteFlavor(unit, call, row));
    }),
});
