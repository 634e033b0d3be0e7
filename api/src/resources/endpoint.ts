import { id, page } from '@unkai/contracts/primitives';
import { endpoint, endpointCreate, endpointQuery, endpointUpdate } from '@unkai/contracts/resources/endpoint';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createEndpoint,
  deleteEndpoint,
  findEndpoint,
  listEndpoints,
  updateEndpoint,
  viewEndpoint,
} from '@unkai/core/store/endpoint';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Catalog');

export const endpointRouter = router({
  create: procedure
    .meta(operation('POST /endpoints', 'Make an endpoint of a service', 'endpoint:create'))
    .input(endpointCreate)
    .output(endpoint)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'endpoint:create');
      return commit(call.core.database, (unit) => createEndpoint(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /endpoints', 'List endpoints', 'endpoint:read'))
    .input(endpointQuery)
    .output(page(endpoint))
    .query(({ ctx: { call }, input }) => listEndpoints(call, input)),
  get: procedure
    .meta(operation('GET /endpoints/{id}', 'Show an endpoint', 'endpoint:read'))
    .input(z.strictObject({ id }))
    .output(endpoint)
    .query(async ({ ctx: { call }, input }) => viewEndpoint(await findEndpoint(call, 'endpoint:read', input.id))),
  update: procedure
    .meta(operation('PATCH /endpoints/{id}', 'Change an endpoint', 'endpoint:update'))
    .input(endpointUpdate.extend({ id }))
    .output(endpoint)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findEndpoint(call, 'endpoint:update', input.id);
      return commit(call.core.database, (unit) => updateEndpoint(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /endpoints/{id}', 'Delete an endpoint', 'endpoint:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findEndpoint(call, 'endpoint:delete', input.id);
      await commit(call.core.database, (unit) => deleteEndpoint(unit, call, row));
    }),
});
