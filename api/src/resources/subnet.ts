import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { subnet, subnetCreate } from '@unkai/contracts/resources/network';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Subnets');

export const subnetRouter = router({
  create: procedure
    .meta(operation('POST /networks/{networkId}/subnets', 'Make a subnet', 'subnet:create'))
    .input(subnetCreate)
    .output(subnet)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /projects/{projectId}/subnets', 'List subnets', 'subnet:read'))
    .input(pageQuery.extend({ projectId: id, networkId: id.optional() }))
    .output(page(subnet))
    .query(pending),
  get: procedure
    .meta(operation('GET /subnets/{id}', 'Show a subnet', 'subnet:read'))
    .input(z.strictObject({ id }))
    .output(subnet)
    .query(pending),
  delete: procedure
    .meta(operation('DELETE /subnets/{id}', 'Delete a subnet that no port uses', 'subnet:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});
