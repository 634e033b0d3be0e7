import { cloudOverview } from '@unkai/contracts/resources/cloud';
import { showCloud } from '@unkai/core/store/cloud';
import { noInput, operations, procedure, router } from '../trpc.ts';

const operation = operations('Operating');

export const cloudRouter = router({
  show: procedure
    .meta(operation('GET /cloud', 'Show the whole cloud in numbers', 'cloud:read'))
    .input(noInput)
    .output(cloudOverview)
    .query(({ ctx: { call } }) => showCloud(call)),
});
