import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { domain, domainCreate, domainUpdate } from '@unkai/contracts/resources/domain';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Domains');

export const domainRouter = router({
  create: procedure
    .meta(operation('POST /domains', 'Make a domain', 'domain:create'))
    .input(domainCreate)
    .output(domain)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /domains', 'List domains', 'domain:read'))
    .input(pageQuery)
    .output(page(domain))
    .query(pending),
  get: procedure
    .meta(operation('GET /domains/{id}', 'Show a domain', 'domain:read'))
    .input(z.strictObject({ id }))
    .output(domain)
    .query(pending),
  update: procedure
    .meta(operation('PATCH /domains/{id}', 'Enable or disable a domain', 'domain:update'))
    .input(domainUpdate.extend({ id }))
    .output(domain)
    .mutation(pending),
  delete: procedure
    .meta(operation('DELETE /domains/{id}', 'Delete a disabled, empty domain', 'domain:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});
