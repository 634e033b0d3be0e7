import { id, page, pageQuery } from '@unkai/contracts/primitives';
import {
  host,
  hostDrain,
  hostDraining,
  hostEvacuation,
  hostQuery,
  hostServer,
  hostUpdate,
} from '@unkai/contracts/resources/host';
import { commit } from '@unkai/core/database/database';
import { deleteHost, findHost, listHosts, updateHost, viewHost } from '@unkai/core/store/host';
import { listHostServers } from '@unkai/core/store/host-server';
import { evacuateHost } from '@unkai/core/store/server-evacuate';
import { drainHost } from '@unkai/core/store/server-migrate';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Hosts');

export const hostRouter = router({
  list: procedure
    .meta(operation('GET /hosts', 'List hosts', 'host:read'))
    .input(hostQuery)
    .output(page(host))
    .query(({ ctx: { call }, input }) => listHosts(call, input)),
  get: procedure
    .meta(operation('GET /hosts/{id}', 'Show a host', 'host:read'))
    .input(z.strictObject({ id }))
    .output(host)
    .query(async ({ ctx: { call }, input }) => viewHost(await findHost(call, 'host:read', input.id))),
  update: procedure
    .meta(operation('PATCH /hosts/{id}', 'Take a host out of placement, or back in', 'host:update'))
    .input(hostUpdate.extend({ id }))
    .output(host)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findHost(call, 'host:update', input.id);
      return commit(call.core.database, (unit) => updateHost(unit, call, row, input));
    }),
  servers: procedure
    .meta(operation('GET /hosts/{id}/servers', 'List the servers that are on a host', 'host:read'))
    .input(pageQuery.extend({ id }))
    .output(page(hostServer))
    .query(async ({ ctx: { call }, input }) => {
      const row = await findHost(call, 'host:read', input.id);
      return listHostServers(call, row.id, input);
    }),
  drain: procedure
    .meta(
      operation('POST /hosts/{id}/drain', 'Move all servers of a host to others', 'host:drain', { answer: 'started' }),
    )
    .input(hostDrain.extend({ id }))
    .output(hostDraining)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findHost(call, 'host:drain', input.id);
      return drainHost(call, row, input.reason);
    }),
  evacuate: procedure
    .meta(
      operation('POST /hosts/{id}/evacuate', 'Make the servers of a dead host anew on others', 'host:evacuate', {
        answer: 'started',
      }),
    )
    .input(z.strictObject({ id }))
    .output(hostEvacuation)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findHost(call, 'host:evacuate', input.id);
      return commit(call.core.database, (unit) => evacuateHost(unit, call, row));
    }),
  delete: procedure
    .meta(operation('DELETE /hosts/{id}', 'Forget a host that has no servers', 'host:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findHost(call, 'host:delete', input.id);
      await commit(call.core.database, (unit) => deleteHost(unit, call, row));
    }),
});
