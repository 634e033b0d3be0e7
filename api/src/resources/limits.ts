import { id } from '@unkai/contracts/primitives';
import { limit } from '@unkai/contracts/quota';
import { limits } from '@unkai/core/quota';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Projects');

export const limitsRouter = router({
  get: procedure
    .meta(operation('GET /projects/{projectId}/limits', 'Show what is used of each limit', 'limits:read'))
    .input(z.strictObject({ projectId: id }))
    .output(z.object({ items: z.array(limit) }))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'limits:read', input.projectId);
      return { items: await limits(call.core.database, input.projectId) };
    }),
});
