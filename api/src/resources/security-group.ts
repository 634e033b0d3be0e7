import { id, page, pageQuery } from '@unkai/contracts/primitives';
import {
  securityGroup,
  securityGroupCreate,
  securityGroupRule,
  securityGroupRuleCreate,
  securityGroupUpdate,
} from '@unkai/contracts/resources/security-group';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Security groups');

export const securityGroupRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/security-groups', 'Make a security group', 'security-group:create'))
    .input(securityGroupCreate.extend({ projectId: id }))
    .output(securityGroup)
    .mutation(pending),
  list: procedure
    .meta(
      operation(
        'GET /projects/{projectId}/security-groups',
        'List security groups with their rules',
        'security-group:read',
      ),
    )
    .input(pageQuery.extend({ projectId: id }))
    .output(page(securityGroup))
    .query(pending),
  get: procedure
    .meta(operation('GET /security-groups/{id}', 'Show a security group', 'security-group:read'))
    .input(z.strictObject({ id }))
    .output(securityGroup)
    .query(pending),
  update: procedure
    .meta(operation('PATCH /security-groups/{id}', 'Rename or describe a security group', 'security-group:update'))
    .input(securityGroupUpdate.extend({ id }))
    .output(securityGroup)
    .mutation(pending),
  delete: procedure
    .meta(
      operation('DELETE /security-groups/{id}', 'Delete a security group that no port uses', 'security-group:delete'),
    )
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
  createRule: procedure
    .meta(operation('POST /security-groups/{securityGroupId}/rules', 'Allow something', 'security-group:update'))
    .input(securityGroupRuleCreate.safeExtend({ securityGroupId: id }))
    .output(securityGroupRule)
    .mutation(pending),
  deleteRule: procedure
    .meta(
      operation('DELETE /security-groups/{securityGroupId}/rules/{id}', 'Take a rule away', 'security-group:update'),
    )
    .input(z.strictObject({ securityGroupId: id, id }))
    .output(z.void())
    .mutation(pending),
});
