import { id, page } from '@unkai/contracts/primitives';
import { domain, domainCreate, domainDelete, domainQuery, domainUpdate } from '@unkai/contracts/resources/domain';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createDomain,
  deleteDomain,
  findDomain,
  listDomains,
  updateDomain,
  viewDomain,
} from '@unkai/core/store/domain';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Domains');

export const domainRouter = router({
  create: procedure
    .meta(operation('POST /domains', 'Make a domain', 'domain:create'))
    .input(domainCreate)
    .output(domain)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'domain:create');
      return commit(call.core.database, (unit) => createDomain(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /domains', 'List domains', 'domain:read'))
    .input(domainQuery)
    .output(page(domain))
    .query(({ ctx: { call }, input }) => listDomains(call, input)),
  get: procedure
    .meta(operation('GET /domains/{id}', 'Show a domain', 'domain:read'))
    .input(z.strictObject({ id }))
    .output(domain)
    .query(async ({ ctx: { call }, input }) => viewDomain(await findDomain(call, 'domain:read', input.id))),
  update: procedure
    .meta(operation('PATCH /domains/{id}', 'Rename, describe, enable or disable a domain', 'domain:update'))
    .input(domainUpdate.extend({ id }))
    .output(domain)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findDomain(call, 'domain:update', input.id);
      return commit(call.core.database, (unit) => updateDomain(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /domains/{id}', 'Delete a disabled, empty domain', 'domain:delete'))
    .input(domainDelete)
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findDomain(call, 'domain:delete', input.id);
      await commit(call.core.database, (unit) => deleteDomain(unit, call, row, input.withContent));
    }),
});
