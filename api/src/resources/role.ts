import { id, page } from '@unkai/contracts/primitives';
import { role, roleCreate, roleImplication, roleQuery, roleUpdate } from '@unkai/contracts/resources/role';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createRole,
  deleteRole,
  findRole,
  implyRole,
  listRoles,
  unimplyRole,
  updateRole,
  viewRole,
} from '@unkai/core/store/role';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Roles');

export const roleRouter = router({
  create: procedure
    .meta(operation('POST /roles', 'Make a role, which counts through what it implies', 'role:create'))
    .input(roleCreate)
    .output(role)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'role:create');
      return commit(call.core.database, (unit) => createRole(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /roles', 'List roles', 'role:read'))
    .input(roleQuery)
    .output(page(role))
    .query(({ ctx: { call }, input }) => listRoles(call, input)),
  get: procedure
    .meta(operation('GET /roles/{id}', 'Show a role and what it implies', 'role:read'))
    .input(z.strictObject({ id }))
    .output(role)
    .query(async ({ ctx: { call }, input }) => viewRole(await findRole(call, 'role:read', input.id))),
  update: procedure
    .meta(operation('PATCH /roles/{id}', 'Rename or describe a role', 'role:update'))
    .input(roleUpdate.extend({ id }))
    .output(role)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRole(call, 'role:update', input.id);
      return commit(call.core.database, (unit) => updateRole(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /roles/{id}', 'Delete a role, and take it from everyone', 'role:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRole(call, 'role:delete', input.id);
      await commit(call.core.database, (unit) => deleteRole(unit, call, row));
    }),
  imply: procedure
    .meta(operation('POST /roles/{id}/implied', 'Let a role imply another', 'role:update', { answer: 'changed' }))
    .input(roleImplication)
    .output(role)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRole(call, 'role:update', input.id);
      return commit(call.core.database, (unit) => implyRole(unit, call, row, input.impliedRoleId));
    }),
  unimply: procedure
    .meta(operation('DELETE /roles/{id}/implied/{impliedRoleId}', 'Let it imply that no longer', 'role:update'))
    .input(roleImplication)
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRole(call, 'role:update', input.id);
      await commit(call.core.database, (unit) => unimplyRole(unit, call, row, input.impliedRoleId));
    }),
});
