import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { port } from '@unkai/contracts/resources/port';
import { findPort, listPorts } from '@unkai/core/store/port';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Ports');

const portQuery = pageQuery.extend({
  projectId: id,
  serverId: id.optional(),
  networkId: id.optional(),
  securityGroupId: id.optional(),
});

export const portRouter = router({
  list: procedure
    .meta(operation('GET /projects/{projectId}/ports', 'List ports', 'port:read'))
    .input(portQuery)
    .output(page(port))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'port:read', input.projectId);
      return listPorts(call, input);
    }),
  get: procedure
    .meta(operation('GET /ports/{id}', 'Show a port', 'port:read'))
    .input(z.strictObject({ id }))
    .output(port)
    .query(({ ctx: { call }, input }) => findPort(call, 'port:read', input.id)),
});
