import { orphanClean, orphanList } from '@unkai/contracts/resources/orphan';
import { cleanOrphan, listOrphans } from '@unkai/core/store/orphan';
import { z } from 'zod';
import { noInput, operations, procedure, router } from '../trpc.ts';

const operation = operations('Operating');

export const orphanRouter = router({
  list: procedure
    .meta(operation('GET /orphans', 'List what is kept for nobody', 'orphan:read'))
    .input(noInput)
    .output(orphanList)
    .query(({ ctx: { call } }) => listOrphans(call)),
  clean: procedure
    .meta(operation('DELETE /orphans/{kind}/{key}', 'Clean what is kept for nobody', 'orphan:clean'))
    .input(orphanClean)
    .output(z.void())
    .mutation(({ ctx: { call }, input }) => cleanOrphan(call, input)),
});
