import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { apiToken, apiTokenCreate, apiTokenCreated } from '@unkai/contracts/resources/api-token';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import { createApiToken, deleteApiToken, findApiToken, listApiTokens } from '@unkai/core/store/api-token';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('API tokens');

export const apiTokenRouter = router({
  create: procedure
    .meta(operation('POST /api-tokens', 'Make an API token', 'api-token:create', { showsSecret: true }))
    .input(apiTokenCreate)
    .output(apiTokenCreated)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'api-token:create');
      return commit(call.core.database, (unit) => createApiToken(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /api-tokens', 'List your API tokens', 'api-token:read'))
    .input(pageQuery)
    .output(page(apiToken))
    .query(({ ctx: { call }, input }) => listApiTokens(call, input)),
  delete: procedure
    .meta(operation('DELETE /api-tokens/{id}', 'Revoke an API token', 'api-token:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findApiToken(call, 'api-token:delete', input.id);
      await commit(call.core.database, (unit) => deleteApiToken(unit, call, row));
    }),
});
