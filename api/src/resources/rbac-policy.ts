import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { rbacPolicy, rbacPolicyCreate, rbacPolicyUpdate } from '@unkai/contracts/resources/rbac-policy';
import { commit } from '@unkai/core/database/database';
import { findPlace } from '@unkai/core/store/project';
import {
  createRbacPolicy,
  deleteRbacPolicy,
  findRbacPolicy,
  listRbacPolicies,
  updateRbacPolicy,
  viewRbacPolicy,
} from '@unkai/core/store/rbac-policy';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Sharing');

export const rbacPolicyRouter = router({
  create: procedure
    .meta(
      operation(
        'POST /projects/{projectId}/rbac-policies',
        'Share a network, QoS policy, subnet pool, address scope or security group with another project',
        'rbac-policy:create',
      ),
    )
    .input(rbacPolicyCreate.safeExtend({ projectId: id }))
    .output(rbacPolicy)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'rbac-policy:create', input.projectId);
      return commit(call.core.database, (unit) => createRbacPolicy(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/rbac-policies', 'List what a project shares', 'rbac-policy:read'))
    .input(pageQuery.extend({ projectId: id, objectId: id.optional() }))
    .output(page(rbacPolicy))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'rbac-policy:read', input.projectId);
      return listRbacPolicies(call, input);
    }),
  get: procedure
    .meta(operation('GET /rbac-policies/{id}', 'Show with whom something is shared', 'rbac-policy:read'))
    .input(z.strictObject({ id }))
    .output(rbacPolicy)
    .query(async ({ ctx: { call }, input }) =>
      viewRbacPolicy(await findRbacPolicy(call, 'rbac-policy:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /rbac-policies/{id}', 'Share it with another project instead', 'rbac-policy:update'))
    .input(rbacPolicyUpdate.extend({ id }))
    .output(rbacPolicy)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRbacPolicy(call, 'rbac-policy:update', input.id);
      return commit(call.core.database, (unit) => updateRbacPolicy(unit, call, row, input.targetProjectId));
    }),
  delete: procedure
    .meta(operation('DELETE /rbac-policies/{id}', 'Share it no longer', 'rbac-policy:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRbacPolicy(call, 'rbac-policy:delete', input.id);
      await commit(call.core.database, (unit) => deleteRbacPolicy(unit, call, row));
    }),
});
