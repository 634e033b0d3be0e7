import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { subnetPool, subnetPoolCreate, subnetPoolUpdate } from '@unkai/contracts/resources/subnet-pool';
import { commit } from '@unkai/core/database/database';
import { findPlace } from '@unkai/core/store/project';
import { findSubnetPool, listSubnetPools, viewSubnetPool } from '@unkai/core/store/subnet-pool';
import { createSubnetPool, deleteSubnetPool, updateSubnetPool } from '@unkai/core/store/subnet-pool-change';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Subnet pools');

export const subnetPoolRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/subnet-pools', 'Make a subnet pool', 'subnet-pool:create'))
    .input(subnetPoolCreate.extend({ projectId: id }))
    .output(subnetPool)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'subnet-pool:create', input.projectId);
      return commit(call.core.database, (unit) => createSubnetPool(unit, call, input));
    }),
  list: procedure
    .meta(
      operation('GET /projects/{projectId}/subnet-pools', 'List subnet pools: own and shared ones', 'subnet-pool:read'),
    )
    .input(pageQuery.extend({ projectId: id }))
    .output(page(subnetPool))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'subnet-pool:read', input.projectId);
      return listSubnetPools(call, input);
    }),
  get: procedure
    .meta(operation('GET /subnet-pools/{id}', 'Show a subnet pool', 'subnet-pool:read'))
    .input(z.strictObject({ id }))
    .output(subnetPool)
    .query(async ({ ctx: { call }, input }) =>
      viewSubnetPool(call, await findSubnetPool(call, 'subnet-pool:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /subnet-pools/{id}', 'Change a subnet pool', 'subnet-pool:update'))
    .input(subnetPoolUpdate.extend({ id }))
    .output(subnetPool)
    .mutation(async ({ ctx: { call }, input: { id: poolId, ...change } }) => {
      const row = await findSubnetPool(call, 'subnet-pool:update', poolId);
      return commit(call.core.database, (unit) => updateSubnetPool(unit, call, row, change));
    }),
  delete: procedure
    .meta(operation('DELETE /subnet-pools/{id}', 'Delete a subnet pool that nothing is from', 'subnet-pool:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findSubnetPool(call, 'subnet-pool:delete', input.id);
      await commit(call.core.database, (unit) => deleteSubnetPool(unit, call, row));
    }),
});
