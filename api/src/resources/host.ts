import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { host, hostUpdate } from '@unkai/contracts/resources/host';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Hosts');

export const hostRouter = router({
  list: procedure
    .meta(operation('GET /hosts', 'List hosts', 'host:read'))
    .input(pageQuery)
    .output(page(host))
    .query(pending),
  get: procedure
    .meta(operation('GET /hosts/{id}', 'Show a host', 'host:read'))
    .input(z.strictObject({ id }))
    .output(host)
    .query(pending),
  update: procedure
    .meta(operation('PATCH /hosts/{id}', 'Take a host out of placement, or back in', 'host:update'))
    .input(hostUpdate.extend({ id }))
    .output(host)
    .mutation(pending),
});
