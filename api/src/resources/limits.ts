import { id } from '@unkai/contracts/primitives';
import { allowance, limit, limitsQuery, limitsUpdate, volumeTypeLimits } from '@unkai/contracts/quota';
import type { Call } from '@unkai/core/call';
import { commit } from '@unkai/core/database/database';
import { limits, ownAllowances } from '@unkai/core/quota/quota';
import { volumeTypeLimits as limitsOfTypes } from '@unkai/core/quota/volume-type-quota';
import { projectInMind, updateLimits } from '@unkai/core/store/limits';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { noInput, operations, procedure, router } from '../trpc.ts';

const operation = operations('Projects');
const shown = z.object({ items: z.array(limit), volumeTypes: z.array(volumeTypeLimits) });

export const limitsRouter = router({
  list: procedure
    .meta(operation('GET /limits', 'Show what is needed to know before a create: used and limit', 'limits:read'))
    .input(limitsQuery)
    .output(shown)
    .query(({ ctx: { call }, input }) => show(call, projectInMind(call, input.projectId))),
  get: procedure
    .meta(operation('GET /projects/{projectId}/limits', 'Show what is used of each limit', 'limits:read'))
    .input(z.strictObject({ projectId: id }))
    .output(shown)
    .query(({ ctx: { call }, input }) => show(call, input.projectId)),
  listOwn: procedure
    .meta(operation('GET /users/me/limits', 'Show used and limit of what is your own, wherever you work', 'signed-in'))
    .input(noInput)
    .output(z.object({ items: z.array(allowance) }))
    .query(async ({ ctx: { call } }) => ({ items: await ownAllowances(call) })),
  update: procedure
    .meta(operation('PATCH /projects/{projectId}/limits', 'Set limits of a project', 'limits:update'))
    .input(limitsUpdate.extend({ projectId: id }))
    .output(shown)
    .mutation(async ({ ctx: { call }, input: { projectId, ...input } }) => {
      await findPlace(call, 'limits:update', projectId);
      await commit(call.core.database, (unit) => updateLimits(unit, call, projectId, input));
      return standing(call, projectId);
    }),
});

async function show(call: Call, projectId: string) {
  await findPlace(call, 'limits:read', projectId);
  return standing(call, projectId);
}

async function standing(call: Call, projectId: string) {
  const [items, volumeTypes] = await Promise.all([
    limits(call.core.database, { projectId, userId: call.actor.userId }),
    limitsOfTypes(call, projectId),
  ]);
  return { items, volumeTypes };
}
