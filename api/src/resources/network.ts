import { id, page, taggedPageQuery } from '@unkai/contracts/primitives';
import { network, networkCreate, networkUpdate } from '@unkai/contracts/resources/network';
import { commit } from '@unkai/core/database/database';
import {
  createNetwork,
  deleteNetwork,
  findNetwork,
  listNetworks,
  updateNetwork,
  viewNetwork,
} from '@unkai/core/store/network';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Networks');

export const networkRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/networks', 'Make a network', 'network:create'))
    .input(networkCreate.extend({ projectId: id }))
    .output(network)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'network:create', input.projectId);
      return commit(call.core.database, (unit) => createNetwork(unit, call, input));
    }),
  list: procedure
    .meta(
      operation(
        'GET /projects/{projectId}/networks',
        'List networks with their subnets: own, shared and external ones',
        'network:read',
      ),
    )
    .input(taggedPageQuery.extend({ projectId: id }))
    .output(page(network))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'network:read', input.projectId);
      return listNetworks(call, input);
    }),
  get: procedure
    .meta(operation('GET /networks/{id}', 'Show a network', 'network:read'))
    .input(z.strictObject({ id }))
    .output(network)
    .query(async ({ ctx: { call }, input }) => viewNetwork(call, await findNetwork(call, 'network:read', input.id))),
  update: procedure
    .meta(operation('PATCH /networks/{id}', 'Change a network', 'network:update'))
    .input(networkUpdate.extend({ id }))
    .output(network)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findNetwork(call, 'network:update', input.id);
      return commit(call.core.database, (unit) => updateNetwork(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /networks/{id}', 'Delete a network that no port uses', 'network:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findNetwork(call, 'network:delete', input.id);
      await commit(call.core.database, (unit) => deleteNetwork(unit, call, row));
    }),
});
