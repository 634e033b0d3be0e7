import { id } from '@unkai/contracts/primitives';
import { limit, limitsUpdate } from '@unkai/contracts/quota';
import { commit } from '@unkai/core/database';
import { limits } from '@unkai/core/quota';
import { updateLimits } from '@unkai/core/store/limits';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Projects');
const shown = z.object({ items: z.array(limit) });

export const limitsRouter = router({
  get: procedure
    .meta(operation('GET /projects/{projectId}/limits', 'Show what is used of each limit', 'limits:read'))
    .input(z.strictObject({ projectId: id }))
    .output(shown)
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'limits:read', input.projectId);
      return { items: await limits(call.core.database, input.projectId) };
    }),
  update: procedure
    .meta(operation('PATCH /projects/{projectId}/limits', 'Set limits of a project', 'limits:update'))
    .input(limitsUpdate.extend({ projectId: id }))
    .output(shown)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'limits:update', input.projectId);
      await commit(call.core.database, (unit) => updateLimits(unit, call, input.projectId, input));
      return { items: await limits(call.core.database, input.projectId) };
    }),
});
