import { pathCheck, pathCheckQuery } from '@unkai/contracts/resources/path-check';
import { explainPath } from '@unkai/core/store/path-check';
import { findPlace } from '@unkai/core/store/project';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Networks');

export const pathCheckRouter = router({
  explain: procedure
    .meta(
      operation(
        'GET /projects/{projectId}/path-check',
        'Say what stands between two ends of a path',
        'path-check:read',
      ),
    )
    .input(pathCheckQuery)
    .output(pathCheck)
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'path-check:read', input.projectId);
      return explainPath(call, input);
    }),
});
