import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { roleAssignment, roleAssignmentCreate } from '@unkai/contracts/resources/user';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database';
import {
  createRoleAssignment,
  deleteRoleAssignment,
  findRoleAssignment,
  listRoleAssignments,
} from '@unkai/core/store/role-assignment';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Role assignments');

export const roleAssignmentRouter = router({
  create: procedure
    .meta(
      operation(
        'POST /role-assignments',
        'Give a user a role on a project, or on the system',
        'role-assignment:create',
      ),
    )
    .input(roleAssignmentCreate)
    .output(roleAssignment)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'role-assignment:create');
      return commit(call.core.database, (unit) => createRoleAssignment(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /role-assignments', 'List role assignments', 'role-assignment:read'))
    .input(pageQuery.extend({ userId: id.optional(), projectId: id.optional() }))
    .output(page(roleAssignment))
    .query(({ ctx: { call }, input }) => listRoleAssignments(call, input)),
  delete: procedure
    .meta(operation('DELETE /role-assignments/{id}', 'Take a role away', 'role-assignment:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRoleAssignment(call, 'role-assignment:delete', input.id);
      await commit(call.core.database, (unit) => deleteRoleAssignment(unit, call, row));
    }),
});
