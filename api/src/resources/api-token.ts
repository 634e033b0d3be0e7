import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { apiToken, apiTokenCreate, apiTokenCreated } from '@unkai/contracts/resources/api-token';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('API tokens');

export const apiTokenRouter = router({
  create: procedure
    .meta(operation('POST /api-tokens', 'Make an API token', 'api-token:create', { showsSecret: true }))
    .input(apiTokenCreate)
    .output(apiTokenCreated)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /api-tokens', 'List your API tokens', 'api-token:read'))
    .input(pageQuery)
    .output(page(apiToken))
    .query(pending),
  delete: procedure
    .meta(operation('DELETE /api-tokens/{id}', 'Revoke an API token', 'api-token:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});
