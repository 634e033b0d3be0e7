import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { port } from '@unkai/contracts/resources/port';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Ports');

export const portRouter = router({
  list: procedure
    .meta(operation('GET /projects/{projectId}/ports', 'List ports', 'port:read'))
    .input(pageQuery.extend({ projectId: id, serverId: id.optional(), networkId: id.optional() }))
    .output(page(port))
    .query(pending),
  get: procedure
    .meta(operation('GET /ports/{id}', 'Show a port', 'port:read'))
    .input(z.strictObject({ id }))
    .output(port)
    .query(pending),
});
