import { id, page } from '@unkai/contracts/primitives';
import {
  serviceLimit,
  serviceLimitCreate,
  serviceLimitQuery,
  serviceLimitUpdate,
} from '@unkai/contracts/resources/service-limit';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createServiceLimit,
  deleteServiceLimit,
  findServiceLimit,
  listServiceLimits,
  updateServiceLimit,
  viewServiceLimit,
} from '@unkai/core/store/service-limit';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Limits of services');

export const serviceLimitRouter = router({
  create: procedure
    .meta(operation('POST /service-limits', 'Say another limit for a project or a domain', 'service-limit:create'))
    .input(serviceLimitCreate)
    .output(serviceLimit)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'service-limit:create');
      return commit(call.core.database, (unit) => createServiceLimit(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /service-limits', 'List the limits of projects and domains', 'service-limit:read'))
    .input(serviceLimitQuery)
    .output(page(serviceLimit))
    .query(({ ctx: { call }, input }) => listServiceLimits(call, input)),
  get: procedure
    .meta(operation('GET /service-limits/{id}', 'Show a limit', 'service-limit:read'))
    .input(z.strictObject({ id }))
    .output(serviceLimit)
    .query(async ({ ctx: { call }, input }) =>
      viewServiceLimit(await findServiceLimit(call, 'service-limit:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /service-limits/{id}', 'Change a limit', 'service-limit:update'))
    .input(serviceLimitUpdate.extend({ id }))
    .output(serviceLimit)
    .mutation(async ({ ctx: { call }, input: { id: wanted, ...input } }) => {
      const row = await findServiceLimit(call, 'service-limit:update', wanted);
      return commit(call.core.database, (unit) => updateServiceLimit(unit, call, row, input));
    }),
  delete: procedure
    .meta(
      operation(
        'DELETE /service-limits/{id}',
        'Delete a limit; what is registered counts again',
        'service-limit:delete',
      ),
    )
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServiceLimit(call, 'service-limit:delete', input.id);
      await commit(call.core.database, (unit) => deleteServiceLimit(unit, call, row));
    }),
});
