import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { accessRule } from '@unkai/contracts/resources/access-rule';
import { commit } from '@unkai/core/database/database';
import { deleteAccessRule, findAccessRule, listAccessRules, viewAccessRule } from '@unkai/core/store/access-rule';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Application credentials');

export const accessRuleRouter = router({
  list: procedure
    .meta(operation('GET /access-rules', 'List the rules that your application credentials have', 'access-rule:read'))
    .input(pageQuery)
    .output(page(accessRule))
    .query(({ ctx: { call }, input }) => listAccessRules(call, input)),
  get: procedure
    .meta(operation('GET /access-rules/{id}', 'Show an access rule', 'access-rule:read'))
    .input(z.strictObject({ id }))
    .output(accessRule)
    .query(async ({ ctx: { call }, input }) =>
      viewAccessRule(await findAccessRule(call, 'access-rule:read', input.id)),
    ),
  delete: procedure
    .meta(operation('DELETE /access-rules/{id}', 'Delete an access rule that is not in use', 'access-rule:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findAccessRule(call, 'access-rule:delete', input.id);
      await commit(call.core.database, (unit) => deleteAccessRule(unit, call, row));
    }),
});
