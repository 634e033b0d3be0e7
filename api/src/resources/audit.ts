import { page } from '@unkai/contracts/primitives';
import {
  auditLine,
  auditQuery,
  domainAuditQuery,
  ownAuditQuery,
  projectAuditQuery,
} from '@unkai/contracts/resources/audit';
import { grantedGlobally, grantedOnDomain } from '@unkai/core/access';
import { listAuditLines, listOwnAuditLines } from '@unkai/core/store/audit-line';
import { findPlace } from '@unkai/core/store/project';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Audit');

export const auditRouter = router({
  list: procedure
    .meta(operation('GET /projects/{projectId}/audit-lines', 'Show who did what in a project', 'audit:read'))
    .input(projectAuditQuery)
    .output(page(auditLine))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'audit:read', input.projectId);
      return listAuditLines(call, input);
    }),

  listInDomain: procedure
    .meta(operation('GET /domains/{domainId}/audit-lines', 'Show who did what in a domain', 'domain-audit:read'))
    .input(domainAuditQuery)
    .output(page(auditLine))
    .query(async ({ ctx: { call }, input }) => {
      await grantedOnDomain(call, 'domain-audit:read', input.domainId);
      return listAuditLines(call, input);
    }),

  listOwn: procedure
    .meta(operation('GET /users/me/audit-lines', 'Show what you did, in all projects', 'own-audit:read'))
    .input(ownAuditQuery)
    .output(page(auditLine))
    .query(({ ctx: { call }, input }) => listOwnAuditLines(call, input)),

  listEverywhere: procedure
    .meta(operation('GET /audit-lines', 'Show who did what in the whole installation', 'system-audit:read'))
    .input(auditQuery)
    .output(page(auditLine))
    .query(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'system-audit:read');
      return listAuditLines(call, input);
    }),
});
