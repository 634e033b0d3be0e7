import { placement, placementQuery } from '@unkai/contracts/resources/placement';
import { explainPlacement } from '@unkai/core/store/placement';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Operating');

export const placementRouter = router({
  explain: procedure
    .meta(operation('GET /placement', 'Say why each host could or could not take such a server', 'placement:read'))
    .input(placementQuery)
    .output(placement)
    .query(({ ctx: { call }, input }) => explainPlacement(call, input)),
});
