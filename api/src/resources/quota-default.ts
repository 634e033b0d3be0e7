import { quotaDefault, quotaDefaultQuery, quotaDefaultUpdate } from '@unkai/contracts/quota';
import { commit } from '@unkai/core/database/database';
import { quotaDefaults } from '@unkai/core/quota/quota';
import { findQuotaDefaults, findQuotaDefaultsToUpdate, updateQuotaDefaults } from '@unkai/core/store/quota-default';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Quotas');
const shown = z.object({ items: z.array(quotaDefault) });

export const quotaDefaultRouter = router({
  get: procedure
    .meta(operation('GET /quota-defaults', 'Show what projects may use, here or in a domain', 'quota-default:read'))
    .input(quotaDefaultQuery)
    .output(shown)
    .query(async ({ ctx: { call }, input: { domainId = null } }) => {
      await findQuotaDefaults(call, domainId);
      return { items: await quotaDefaults(call.core.database, domainId) };
    }),
  update: procedure
    .meta(operation('PATCH /quota-defaults', 'Set what projects may use, here or in a domain', 'quota-default:update'))
    .input(quotaDefaultUpdate)
    .output(shown)
    .mutation(async ({ ctx: { call }, input: { domainId = null, limits } }) => {
      await findQuotaDefaultsToUpdate(call, domainId);
      await commit(call.core.database, (unit) => updateQuotaDefaults(unit, call, { domainId, limits }));
      return { items: await quotaDefaults(call.core.database, domainId) };
    }),
});
