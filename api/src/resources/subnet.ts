import { id, page, taggedPageQuery } from '@unkai/contracts/primitives';
import { subnet, subnetCreate, subnetUpdate } from '@unkai/contracts/resources/subnet';
import { commit } from '@unkai/core/database/database';
import { findNetwork } from '@unkai/core/store/network';
import { findPlace } from '@unkai/core/store/project';
import { createSubnet, deleteSubnet, findSubnet, listSubnets, updateSubnet } from '@unkai/core/store/subnet';
import { viewSubnet } from '@unkai/core/store/subnet-view';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Subnets');

export const subnetRouter = router({
  create: procedure
    .meta(operation('POST /networks/{networkId}/subnets', 'Make a subnet', 'subnet:create'))
    .input(subnetCreate)
    .output(subnet)
    .mutation(async ({ ctx: { call }, input }) => {
      const network = await findNetwork(call, 'subnet:create', input.networkId);
      const { projectId } = network;
      return commit(call.core.database, (unit) => createSubnet(unit, call, { ...input, projectId }));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/subnets', 'List subnets', 'subnet:read'))
    .input(taggedPageQuery.extend({ projectId: id, networkId: id.optional() }))
    .output(page(subnet))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'subnet:read', input.projectId);
      return listSubnets(call, input);
    }),
  get: procedure
    .meta(operation('GET /subnets/{id}', 'Show a subnet', 'subnet:read'))
    .input(z.strictObject({ id }))
    .output(subnet)
    .query(async ({ ctx: { call }, input }) => viewSubnet(await findSubnet(call, 'subnet:read', input.id))),
  update: procedure
    .meta(operation('PATCH /subnets/{id}', 'Change a subnet', 'subnet:update'))
    .input(subnetUpdate.extend({ id }))
    .output(subnet)
    .mutation(async ({ ctx: { call }, input: { id: subnetId, ...change } }) => {
      const row = await findSubnet(call, 'subnet:update', subnetId);
      return commit(call.core.database, (unit) => updateSubnet(unit, call, row, change));
    }),
  delete: procedure
    .meta(operation('DELETE /subnets/{id}', 'Delete a subnet that no port uses', 'subnet:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findSubnet(call, 'subnet:delete', input.id);
      await commit(call.core.database, (unit) => deleteSubnet(unit, call, row));
    }),
});
