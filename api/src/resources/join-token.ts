import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { joinToken, joinTokenCreate, joinTokenCreated } from '@unkai/contracts/resources/host';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import { createJoinToken, deleteJoinToken, findJoinToken, listJoinTokens } from '@unkai/core/store/join-token';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Hosts');

export const joinTokenRouter = router({
  create: procedure
    .meta(operation('POST /join-tokens', 'Let one machine join', 'join-token:create', { showsSecret: true }))
    .input(joinTokenCreate)
    .output(joinTokenCreated)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'join-token:create');
      return commit(call.core.database, (unit) => createJoinToken(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /join-tokens', 'List join tokens, without the tokens themselves', 'join-token:read'))
    .input(pageQuery)
    .output(page(joinToken))
    .query(({ ctx: { call }, input }) => listJoinTokens(call, input)),
  delete: procedure
    .meta(operation('DELETE /join-tokens/{id}', 'Let nobody join with a token any more', 'join-token:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findJoinToken(call, input.id);
      await commit(call.core.database, (unit) => deleteJoinToken(unit, call, row));
    }),
});
