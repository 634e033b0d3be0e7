import { id, page } from '@unkai/contracts/primitives';
import { service, serviceCreate, serviceQuery, serviceUpdate } from '@unkai/contracts/resources/service';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createService,
  deleteService,
  findService,
  listServices,
  updateService,
  viewService,
} from '@unkai/core/store/service';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Catalog');

export const serviceRouter = router({
  create: procedure
    .meta(operation('POST /services', 'Make a service of the catalog', 'service:create'))
    .input(serviceCreate)
    .output(service)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'service:create');
      return commit(call.core.database, (unit) => createService(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /services', 'List services', 'service:read'))
    .input(serviceQuery)
    .output(page(service))
    .query(({ ctx: { call }, input }) => listServices(call, input)),
  get: procedure
    .meta(operation('GET /services/{id}', 'Show a service', 'service:read'))
    .input(z.strictObject({ id }))
    .output(service)
    .query(async ({ ctx: { call }, input }) => viewService(await findService(call, 'service:read', input.id))),
  update: procedure
    .meta(operation('PATCH /services/{id}', 'Change a service', 'service:update'))
    .input(serviceUpdate.extend({ id }))
    .output(service)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findService(call, 'service:update', input.id);
      return commit(call.core.database, (unit) => updateService(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /services/{id}', 'Delete a service with its endpoints', 'service:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findService(call, 'service:delete', input.id);
      await commit(call.core.database, (unit) => deleteService(unit, call, row));
    }),
});
