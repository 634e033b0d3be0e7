import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { serverGroup, serverGroupCreate } from '@unkai/contracts/resources/server-group';
import { commit } from '@unkai/core/database/database';
import { findPlace } from '@unkai/core/store/project';
import {
  createServerGroup,
  deleteServerGroup,
  findServerGroup,
  listServerGroups,
  viewServerGroup,
} from '@unkai/core/store/server-group';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Servers');

export const serverGroupRouter = router({
  create: procedure
    .meta(
      operation('POST /projects/{projectId}/server-groups', 'Say which servers belong together', 'server-group:create'),
    )
    .input(serverGroupCreate.safeExtend({ projectId: id }))
    .output(serverGroup)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'server-group:create', input.projectId);
      return commit(call.core.database, (unit) => createServerGroup(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/server-groups', 'List server groups', 'server-group:read'))
    .input(pageQuery.extend({ projectId: id }))
    .output(page(serverGroup))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'server-group:read', input.projectId);
      return listServerGroups(call, input);
    }),
  get: procedure
    .meta(operation('GET /server-groups/{id}', 'Show a server group', 'server-group:read'))
    .input(z.strictObject({ id }))
    .output(serverGroup)
    .query(async ({ ctx: { call }, input }) =>
      viewServerGroup(await findServerGroup(call, 'server-group:read', input.id)),
    ),
  delete: procedure
    .meta(operation('DELETE /server-groups/{id}', 'Delete a server group; its servers stay', 'server-group:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServerGroup(call, 'server-group:delete', input.id);
      await commit(call.core.database, (unit) => deleteServerGroup(unit, call, row));
    }),
});
