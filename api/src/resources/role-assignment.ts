import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { roleAssignment, roleAssignmentCreate } from '@unkai/contracts/resources/user';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

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
    .mutation(pending),
  list: procedure
    .meta(operation('GET /role-assignments', 'List role assignments', 'role-assignment:read'))
    .input(pageQuery.extend({ userId: id.optional(), projectId: id.optional() }))
    .output(page(roleAssignment))
    .query(pending),
  delete: procedure
    .meta(operation('DELETE /role-assignments/{id}', 'Take a role away', 'role-assignment:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});
