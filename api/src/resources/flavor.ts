import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { flavor, flavorCreate } from '@unkai/contracts/resources/flavor';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Flavors');

export const flavorRouter = router({
  create: procedure
    .meta(operation('POST /flavors', 'Make a flavor', 'flavor:create'))
    .input(flavorCreate)
    .output(flavor)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /flavors', 'List flavors', 'signed-in'))
    .input(pageQuery)
    .output(page(flavor))
    .query(pending),
  get: procedure
    .meta(operation('GET /flavors/{id}', 'Show a flavor', 'flavor:read'))
    .input(z.strictObject({ id }))
    .output(flavor)
    .query(pending),
  delete: procedure
    .meta(operation('DELETE /flavors/{id}', 'Delete a flavor; its servers stay what they are', 'flavor:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});
