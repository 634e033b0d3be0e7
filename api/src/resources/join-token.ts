import { joinTokenCreate, joinTokenCreated } from '@unkai/contracts/resources/host';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database';
import { createJoinToken } from '@unkai/core/store/host';
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
});
