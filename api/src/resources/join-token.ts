import { joinTokenCreate, joinTokenCreated } from '@unkai/contracts/resources/host';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Hosts');

export const joinTokenRouter = router({
  create: procedure
    .meta(operation('POST /join-tokens', 'Let one machine join', 'join-token:create', { showsSecret: true }))
    .input(joinTokenCreate)
    .output(joinTokenCreated)
    .mutation(pending),
});
