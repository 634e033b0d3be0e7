import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { trust, trustCreate } from '@unkai/contracts/resources/trust';
import { commit } from '@unkai/core/database/database';
import { createTrust, deleteTrust, findTrust, listTrusts, viewTrust } from '@unkai/core/store/trust';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Trusts');

export const trustRouter = router({
  create: procedure
    .meta(operation('POST /trusts', 'Let another user act with roles of yours on a project', 'trust:create'))
    .input(trustCreate)
    .output(trust)
    .mutation(({ ctx: { call }, input }) => commit(call.core.database, (unit) => createTrust(unit, call, input))),
  list: procedure
    .meta(operation('GET /trusts', 'List the trusts that you gave or got', 'trust:read'))
    .input(pageQuery)
    .output(page(trust))
    .query(({ ctx: { call }, input }) => listTrusts(call, input)),
  get: procedure
    .meta(operation('GET /trusts/{id}', 'Show a trust', 'trust:read'))
    .input(z.strictObject({ id }))
    .output(trust)
    .query(async ({ ctx: { call }, input }) => viewTrust(await findTrust(call, 'trust:read', input.id))),
  delete: procedure
    .meta(operation('DELETE /trusts/{id}', 'Take a trust back; its tokens end with it', 'trust:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findTrust(call, 'trust:delete', input.id);
      await commit(call.core.database, (unit) => deleteTrust(unit, call, row));
    }),
});
