import { id, page, taggedPageQuery } from '@unkai/contracts/primitives';
import {
  securityGroup,
  securityGroupCreate,
  securityGroupRule,
  securityGroupRuleCreate,
  securityGroupUpdate,
} from '@unkai/contracts/resources/security-group';
import { commit } from '@unkai/core/database/database';
import { findPlace } from '@unkai/core/store/project';
import { createSecurityGroup, deleteSecurityGroup, updateSecurityGroup } from '@unkai/core/store/security-group';
import { findSecurityGroup, listSecurityGroups, viewSecurityGroup } from '@unkai/core/store/security-group-read';
import { createSecurityGroupRule, deleteSecurityGroupRule } from '@unkai/core/store/security-group-rule-change';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Security groups');

export const securityGroupRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/security-groups', 'Make a security group', 'security-group:create'))
    .input(securityGroupCreate.extend({ projectId: id }))
    .output(securityGroup)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'security-group:create', input.projectId);
      return commit(call.core.database, (unit) => createSecurityGroup(unit, call, input));
    }),
  list: procedure
    .meta(
      operation(
        'GET /projects/{projectId}/security-groups',
        'List security groups with their rules',
        'security-group:read',
      ),
    )
    .input(taggedPageQuery.extend({ projectId: id }))
    .output(page(securityGroup))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'security-group:read', input.projectId);
      return listSecurityGroups(call, input);
    }),
  get: procedure
    .meta(operation('GET /security-groups/{id}', 'Show a security group', 'security-group:read'))
    .input(z.strictObject({ id }))
    .output(securityGroup)
    .query(async ({ ctx: { call }, input }) =>
      viewSecurityGroup(call, await findSecurityGroup(call, 'security-group:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /security-groups/{id}', 'Rename or describe a security group', 'security-group:update'))
    .input(securityGroupUpdate.extend({ id }))
    .output(securityGroup)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findSecurityGroup(call, 'security-group:update', input.id);
      return commit(call.core.database, (unit) => updateSecurityGroup(unit, call, row, input));
    }),
  delete: procedure
    .meta(
      operation('DELETE /security-groups/{id}', 'Delete a security group that no port uses', 'security-group:delete'),
    )
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findSecurityGroup(call, 'security-group:delete', input.id);
      await commit(call.core.database, (unit) => deleteSecurityGroup(unit, call, row));
    }),
  createRule: procedure
    .meta(operation('POST /security-groups/{securityGroupId}/rules', 'Allow something', 'security-group:update'))
    .input(securityGroupRuleCreate.safeExtend({ securityGroupId: id }))
    .output(securityGroupRule)
    .mutation(async ({ ctx: { call }, input: { securityGroupId, ...rule } }) => {
      const group = await findSecurityGroup(call, 'security-group:update', securityGroupId);
      return commit(call.core.database, (unit) => createSecurityGroupRule(unit, call, group, rule));
    }),
  deleteRule: procedure
    .meta(
      operation('DELETE /security-groups/{securityGroupId}/rules/{id}', 'Take a rule away', 'security-group:update'),
    )
    .input(z.strictObject({ securityGroupId: id, id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input: { securityGroupId, id: ruleId } }) => {
      const group = await findSecurityGroup(call, 'security-group:update', securityGroupId);
      await commit(call.core.database, (unit) => deleteSecurityGroupRule(unit, call, group, ruleId));
    }),
});
