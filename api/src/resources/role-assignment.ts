import { id, page } from '@unkai/contracts/primitives';
import {
  effectiveRole,
  effectiveRoleQuery,
  roleAssignment,
  roleAssignmentCreate,
  roleAssignmentQuery,
} from '@unkai/contracts/resources/role-assignment';
import { commit } from '@unkai/core/database/database';
import { listEffectiveRoles } from '@unkai/core/store/effective-role';
import {
  createRoleAssignment,
  deleteRoleAssignment,
  findAssignmentParts,
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
        'Give a user or a group a role on a project, a domain, or the system',
        'role-assignment:create',
      ),
    )
    .input(roleAssignmentCreate)
    .output(roleAssignment)
    .mutation(async ({ ctx: { call }, input }) => {
      const parts = await findAssignmentParts(call, input);
      return commit(call.core.database, (unit) => createRoleAssignment(unit, call, parts));
    }),
  list: procedure
    .meta(operation('GET /role-assignments', 'List role assignments as they were made', 'role-assignment:read'))
    .input(roleAssignmentQuery)
    .output(page(roleAssignment))
    .query(({ ctx: { call }, input }) => listRoleAssignments(call, input)),
  listEffective: procedure
    .meta(operation('GET /effective-roles', 'List which roles count for whom, and where', 'role-assignment:read'))
    .input(effectiveRoleQuery)
    .output(page(effectiveRole))
    .query(({ ctx: { call }, input }) => listEffectiveRoles(call, input)),
  delete: procedure
    .meta(operation('DELETE /role-assignments/{id}', 'Take a role away', 'role-assignment:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRoleAssignment(call, 'role-assignment:delete', input.id);
      await commit(call.core.database, (unit) => deleteRoleAssignment(unit, call, row));
    }),
});
