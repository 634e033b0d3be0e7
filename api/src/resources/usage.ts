import { id } from '@unkai/contracts/primitives';
import { usageByProject, usageQuery, usageReport } from '@unkai/contracts/resources/usage';
import { grantedGlobally, grantedOnDomain } from '@unkai/core/access';
import { findUsage, reportProjects, reportUsage, usageSpan } from '@unkai/core/store/usage';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Usage and cost');

export const usageRouter = router({
  ofProject: procedure
    .meta(operation('GET /projects/{projectId}/usage', 'Show what a project uses and what it costs', 'usage:read'))
    .input(usageQuery.extend({ projectId: id }))
    .output(usageReport)
    .query(async ({ ctx: { call }, input }) => {
      await findUsage(call, input.projectId);
      return reportUsage(call.core.database, input.projectId, usageSpan(input, new Date()));
    }),
  ofDomain: procedure
    .meta(operation('GET /domains/{domainId}/usage', 'Show what the projects of a domain cost', 'domain-usage:read'))
    .input(usageQuery.extend({ domainId: id }))
    .output(usageByProject)
    .query(async ({ ctx: { call }, input }) => {
      await grantedOnDomain(call, 'domain-usage:read', input.domainId);
      return reportProjects(call.core.database, { domainId: input.domainId }, usageSpan(input, new Date()));
    }),
  ofCloud: procedure
    .meta(operation('GET /usage', 'Show what all projects cost', 'cloud-usage:read'))
    .input(usageQuery)
    .output(usageByProject)
    .query(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'cloud-usage:read');
      return reportProjects(call.core.database, 'everyone', usageSpan(input, new Date()));
    }),
});
