import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { network, networkCreate, networkUpdate } from '@unkai/contracts/resources/network';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Networks');

export const networkRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/networks', 'Make a network', 'network:create'))
    .input(networkCreate.extend({ projectId: id }))
    .output(network)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /projects/{projectId}/networks', 'List networks with their subnets', 'network:read'))
    .input(pageQuery.extend({ projectId: id }))
    .output(page(network))
    .query(pending),
  get: procedure
    .meta(operation('GET /networks/{id}', 'Show a network', 'network:read'))
    .input(z.strictObject({ id }))
    .output(network)
    .query(pending),
  update: procedure
    .meta(operation('PATCH /networks/{id}', 'Rename or describe a network', 'network:update'))
    .input(networkUpdate.extend({ id }))
    .output(network)
    .mutation(pending),
  delete: procedure
    .meta(operation('DELETE /networks/{id}', 'Delete a network that no port uses', 'network:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});
