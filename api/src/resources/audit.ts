import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { auditLine } from '@unkai/contracts/resources/audit';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Audit');

export const auditRouter = router({
  list: procedure
    .meta(operation('GET /projects/{projectId}/audit-lines', 'Show who did what, newest first', 'audit:read'))
    .input(pageQuery.extend({ projectId: id, resourceId: id.optional() }))
    .output(page(auditLine))
    .query(pending),
});
