import { id, page, pageQuery } from '@unkai/contracts/primitives';
import {
  qosPolicy,
  qosPolicyCreate,
  qosPolicyUpdate,
  qosRule,
  qosRuleCreate,
  qosRuleUpdate,
} from '@unkai/contracts/resources/qos-policy';
import { commit } from '@unkai/core/database/database';
import { findPlace } from '@unkai/core/store/project';
import { findQosPolicy, findQosRule, listQosPolicies, viewQosPolicy } from '@unkai/core/store/qos-policy';
import {
  createQosPolicy,
  createQosRule,
  deleteQosPolicy,
  deleteQosRule,
  updateQosPolicy,
  updateQosRule,
} from '@unkai/core/store/qos-policy-change';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('QoS policies');

export const qosPolicyRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/qos-policies', 'Make a QoS policy', 'qos-policy:create'))
    .input(qosPolicyCreate.extend({ projectId: id }))
    .output(qosPolicy)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'qos-policy:create', input.projectId);
      return commit(call.core.database, (unit) => createQosPolicy(unit, call, input));
    }),
  list: procedure
    .meta(
      operation('GET /projects/{projectId}/qos-policies', 'List QoS policies: own and shared ones', 'qos-policy:read'),
    )
    .input(pageQuery.extend({ projectId: id }))
    .output(page(qosPolicy))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'qos-policy:read', input.projectId);
      return listQosPolicies(call, input);
    }),
  get: procedure
    .meta(operation('GET /qos-policies/{id}', 'Show a QoS policy', 'qos-policy:read'))
    .input(z.strictObject({ id }))
    .output(qosPolicy)
    .query(async ({ ctx: { call }, input }) =>
      viewQosPolicy(call, await findQosPolicy(call, 'qos-policy:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /qos-policies/{id}', 'Change a QoS policy', 'qos-policy:update'))
    .input(qosPolicyUpdate.extend({ id }))
    .output(qosPolicy)
    .mutation(async ({ ctx: { call }, input: { id: policyId, ...change } }) => {
      const row = await findQosPolicy(call, 'qos-policy:update', policyId);
      return commit(call.core.database, (unit) => updateQosPolicy(unit, call, row, change));
    }),
  delete: procedure
    .meta(operation('DELETE /qos-policies/{id}', 'Delete a QoS policy that nothing has', 'qos-policy:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findQosPolicy(call, 'qos-policy:delete', input.id);
      await commit(call.core.database, (unit) => deleteQosPolicy(unit, call, row));
    }),
  createRule: procedure
    .meta(
      operation(
        'POST /qos-policies/{qosPolicyId}/rules',
        'Add a limit, a mark or a minimum to a QoS policy',
        'qos-policy:update',
      ),
    )
    .input(qosRuleCreate.safeExtend({ qosPolicyId: id }))
    .output(qosRule)
    .mutation(async ({ ctx: { call }, input: { qosPolicyId, ...rule } }) => {
      const row = await findQosPolicy(call, 'qos-policy:update', qosPolicyId);
      return commit(call.core.database, (unit) => createQosRule(unit, call, row, rule));
    }),
  updateRule: procedure
    .meta(
      operation('PATCH /qos-policies/{qosPolicyId}/rules/{id}', 'Change a rule of a QoS policy', 'qos-policy:update'),
    )
    .input(qosRuleUpdate.extend({ qosPolicyId: id, id }))
    .output(qosRule)
    .mutation(async ({ ctx: { call }, input: { qosPolicyId, id: ruleId, ...change } }) => {
      const row = await findQosPolicy(call, 'qos-policy:update', qosPolicyId);
      const rule = findQosRule(row, ruleId);
      return commit(call.core.database, (unit) => updateQosRule(unit, call, row, { rule, change }));
    }),
  deleteRule: procedure
    .meta(
      operation('DELETE /qos-policies/{qosPolicyId}/rules/{id}', 'Delete a rule of a QoS policy', 'qos-policy:update'),
    )
    .input(z.strictObject({ qosPolicyId: id, id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findQosPolicy(call, 'qos-policy:update', input.qosPolicyId);
      const rule = findQosRule(row, input.id);
      await commit(call.core.database, (unit) => deleteQosRule(unit, call, row, rule));
    }),
});
