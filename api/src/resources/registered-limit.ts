import { id, page } from '@unkai/contracts/primitives';
import {
  registeredLimit,
  registeredLimitCreate,
  registeredLimitQuery,
  registeredLimitUpdate,
} from '@unkai/contracts/resources/service-limit';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createRegisteredLimit,
  deleteRegisteredLimit,
  findRegisteredLimit,
  listRegisteredLimits,
  updateRegisteredLimit,
  viewRegisteredLimit,
} from '@unkai/core/store/registered-limit';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Limits of services');

export const registeredLimitRouter = router({
  create: procedure
    .meta(operation('POST /registered-limits', 'Register a limit that a service keeps', 'registered-limit:create'))
    .input(registeredLimitCreate)
    .output(registeredLimit)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'registered-limit:create');
      return commit(call.core.database, (unit) => createRegisteredLimit(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /registered-limits', 'List registered limits', 'registered-limit:read'))
    .input(registeredLimitQuery)
    .output(page(registeredLimit))
    .query(({ ctx: { call }, input }) => listRegisteredLimits(call, input)),
  get: procedure
    .meta(operation('GET /registered-limits/{id}', 'Show a registered limit', 'registered-limit:read'))
    .input(z.strictObject({ id }))
    .output(registeredLimit)
    .query(async ({ ctx: { call }, input }) =>
      viewRegisteredLimit(await findRegisteredLimit(call, 'registered-limit:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /registered-limits/{id}', 'Change a registered limit', 'registered-limit:update'))
    .input(registeredLimitUpdate.extend({ id }))
    .output(registeredLimit)
    .mutation(async ({ ctx: { call }, input: { id: wanted, ...input } }) => {
      const row = await findRegisteredLimit(call, 'registered-limit:update', wanted);
      return commit(call.core.database, (unit) => updateRegisteredLimit(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /registered-limits/{id}', 'Delete a registered limit', 'registered-limit:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRegisteredLimit(call, 'registered-limit:delete', input.id);
      await commit(call.core.database, (unit) => deleteRegisteredLimit(unit, call, row));
    }),
});
