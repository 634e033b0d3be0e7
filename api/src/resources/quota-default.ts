import { quotaDefault, quotaDefaultQuery, quotaDefaultUpdate, volumeTypeDefaults } from '@unkai/contracts/quota';
import type { Call } from '@unkai/core/call';
import { commit } from '@unkai/core/database/database';
import { quotaDefaults } from '@unkai/core/quota/quota';
import { volumeTypeDefaults as defaultsOfTypes } from '@unkai/core/quota/volume-type-quota';
import { findQuotaDefaults, findQuotaDefaultsToUpdate, updateQuotaDefaults } from '@unkai/core/store/quota-default';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Quotas');
const shown = z.object({ items: z.array(quotaDefault), volumeTypes: z.array(volumeTypeDefaults) });

export const quotaDefaultRouter = router({
  get: procedure
    .meta(operation('GET /quota-defaults', 'Show what projects may use, here or in a domain', 'quota-default:read'))
    .input(quotaDefaultQuery)
    .output(shown)
    .query(async ({ ctx: { call }, input: { domainId = null } }) => {
      await findQuotaDefaults(call, domainId);
      return show(call, domainId);
    }),
  update: procedure
    .meta(operation('PATCH /quota-defaults', 'Set what projects may use, here or in a domain', 'quota-default:update'))
    .input(quotaDefaultUpdate)
    .output(shown)
    .mutation(async ({ ctx: { call }, input: { domainId = null, ...given } }) => {
      await findQuotaDefaultsToUpdate(call, domainId);
      await commit(call.core.database, (unit) => updateQuotaDefaults(unit, call, { domainId, ...given }));
      return show(call, domainId);
    }),
});

async function show(call: Call, domainId: string | null) {
  const [items, volumeTypes] = await Promise.all([
    quotaDefaults(call.core.database, domainId),
    defaultsOfTypes(call, domainId),
  ]);
  return { items, volumeTypes };
}
