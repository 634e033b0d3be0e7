import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { aggregate, aggregateCreate, aggregateHost, aggregateUpdate } from '@unkai/contracts/resources/aggregate';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  addAggregateHost,
  createAggregate,
  deleteAggregate,
  findAggregate,
  listAggregates,
  removeAggregateHost,
  updateAggregate,
  viewAggregate,
} from '@unkai/core/store/aggregate';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Hosts');

export const aggregateRouter = router({
  create: procedure
    .meta(operation('POST /aggregates', 'Put hosts together in an aggregate', 'aggregate:create'))
    .input(aggregateCreate)
    .output(aggregate)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'aggregate:create');
      return commit(call.core.database, (unit) => createAggregate(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /aggregates', 'List aggregates', 'aggregate:read'))
    .input(pageQuery)
    .output(page(aggregate))
    .query(({ ctx: { call }, input }) => listAggregates(call, input)),
  get: procedure
    .meta(operation('GET /aggregates/{id}', 'Show an aggregate', 'aggregate:read'))
    .input(z.strictObject({ id }))
    .output(aggregate)
    .query(async ({ ctx: { call }, input }) => viewAggregate(await findAggregate(call, 'aggregate:read', input.id))),
  update: procedure
    .meta(operation('PATCH /aggregates/{id}', 'Change name, zone or metadata of an aggregate', 'aggregate:update'))
    .input(aggregateUpdate.extend({ id }))
    .output(aggregate)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findAggregate(call, 'aggregate:update', input.id);
      return commit(call.core.database, (unit) => updateAggregate(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /aggregates/{id}', 'Delete an aggregate without hosts', 'aggregate:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findAggregate(call, 'aggregate:delete', input.id);
      await commit(call.core.database, (unit) => deleteAggregate(unit, call, row));
    }),
  addHost: procedure
    .meta(operation('POST /aggregates/{id}/hosts', 'Put a host in an aggregate', 'aggregate:update'))
    .input(aggregateHost.extend({ id }))
    .output(aggregate)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findAggregate(call, 'aggregate:update', input.id);
      return commit(call.core.database, (unit) => addAggregateHost(unit, call, row, input.hostId));
    }),
  removeHost: procedure
    .meta(operation('DELETE /aggregates/{id}/hosts/{hostId}', 'Take a host out of an aggregate', 'aggregate:update'))
    .input(aggregateHost.extend({ id }))
    .output(aggregate)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findAggregate(call, 'aggregate:update', input.id);
      return commit(call.core.database, (unit) => removeAggregateHost(unit, call, row, input.hostId));
    }),
});
