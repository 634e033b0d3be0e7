import { id, page, taggedPageQuery } from '@unkai/contracts/primitives';
import { port, portCreate, portUpdate } from '@unkai/contracts/resources/port';
import { commit } from '@unkai/core/database/database';
import { findPortPlace } from '@unkai/core/store/network';
import { findPort, listPorts, viewPort } from '@unkai/core/store/port';
import { createPort, deletePort, updatePort } from '@unkai/core/store/port-change';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Ports');

const portQuery = taggedPageQuery.extend({
  projectId: id,
  serverId: id.optional(),
  networkId: id.optional(),
  securityGroupId: id.optional(),
});

export const portRouter = router({
  create: procedure
    .meta(operation('POST /networks/{networkId}/ports', 'Make a port, for a server to be made with', 'port:create'))
    .input(portCreate)
    .output(port)
    .mutation(async ({ ctx: { call }, input }) => {
      const place = await findPortPlace(call, input.networkId, input.projectId);
      return commit(call.core.database, (unit) => createPort(unit, call, place, input));
    }),
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
    .query(async ({ ctx: { call }, input }) => viewPort(await findPort(call, 'port:read', input.id))),
  update: procedure
    .meta(operation('PATCH /ports/{id}', 'Change a port', 'port:update'))
    .input(portUpdate.extend({ id }))
    .output(port)
    .mutation(async ({ ctx: { call }, input: { id: portId, ...change } }) => {
      const row = await findPort(call, 'port:update', portId);
      return commit(call.core.database, (unit) => updatePort(unit, call, row, change));
    }),
  delete: procedure
    .meta(operation('DELETE /ports/{id}', 'Delete a port that no server has', 'port:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findPort(call, 'port:delete', input.id);
      await commit(call.core.database, (unit) => deletePort(unit, call, row));
    }),
});
