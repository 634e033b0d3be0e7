import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { auditLine } from '@unkai/contracts/resources/audit';
import { listAuditLines } from '@unkai/core/store/audit-line';
import { findPlace } from '@unkai/core/store/project';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Audit');

export const auditRouter = router({
  list: procedure
    .meta(operation('GET /projects/{projectId}/audit-lines', 'Show who did what, newest first', 'audit:read'))
    .input(pageQuery.extend({ projectId: id, resourceId: id.optional() }))
    .output(page(auditLine))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'audit:read', input.projectId);
      return listAuditLines(call, input);
    }),
});
