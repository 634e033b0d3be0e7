import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { credential, credentialCreate, credentialUpdate } from '@unkai/contracts/resources/credential';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createCredential,
  deleteCredential,
  findCredential,
  listCredentials,
  updateCredential,
  viewCredential,
} from '@unkai/core/store/credential';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Credentials');

export const credentialRouter = router({
  create: procedure
    .meta(operation('POST /credentials', 'Keep a secret, such as an EC2 key pair, encrypted', 'credential:create'))
    .input(credentialCreate)
    .output(credential)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'credential:create');
      return commit(call.core.database, (unit) => createCredential(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /credentials', 'List your credentials, without their secrets', 'credential:read'))
    .input(pageQuery.extend({ type: z.string().max(64).optional() }))
    .output(page(credential))
    .query(({ ctx: { call }, input }) => listCredentials(call, input)),
  get: procedure
    .meta(operation('GET /credentials/{id}', 'Show a credential, without its secret', 'credential:read'))
    .input(z.strictObject({ id }))
    .output(credential)
    .query(async ({ ctx: { call }, input }) => viewCredential(await findCredential(call, 'credential:read', input.id))),
  update: procedure
    .meta(operation('PATCH /credentials/{id}', 'Put another secret in a credential', 'credential:update'))
    .input(credentialUpdate.extend({ id }))
    .output(credential)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findCredential(call, 'credential:update', input.id);
      return commit(call.core.database, (unit) => updateCredential(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /credentials/{id}', 'Delete a credential', 'credential:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findCredential(call, 'credential:delete', input.id);
      await commit(call.core.database, (unit) => deleteCredential(unit, call, row));
    }),
});
