import { id, page } from '@unkai/contracts/primitives';
import {
  quotaRequest,
  quotaRequestApprove,
  quotaRequestCreate,
  quotaRequestDeny,
  quotaRequestQuery,
} from '@unkai/contracts/resources/quota-request';
import { commit } from '@unkai/core/database/database';
import { findEverywhere, findPlace } from '@unkai/core/store/project';
import {
  createQuotaRequest,
  findQuotaRequest,
  listQuotaRequests,
  viewQuotaRequest,
  withdrawQuotaRequest,
} from '@unkai/core/store/quota-request';
import { approveQuotaRequest, denyQuotaRequest } from '@unkai/core/store/quota-request-decide';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Quotas');
const answered = { answer: 'changed' } as const;

export const quotaRequestRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/quota-requests', 'Ask for more', 'quota-request:create'))
    .input(quotaRequestCreate.extend({ projectId: id }))
    .output(quotaRequest)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'quota-request:create', input.projectId);
      return commit(call.core.database, (unit) => createQuotaRequest(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/quota-requests', 'List what was asked for', 'quota-request:read'))
    .input(quotaRequestQuery.extend({ projectId: id }))
    .output(page(quotaRequest))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'quota-request:read', input.projectId);
      return listQuotaRequests(call, input);
    }),
  queue: procedure
    .meta(operation('GET /quota-requests', 'List what all projects asked for', 'quota-request:read'))
    .input(quotaRequestQuery)
    .output(page(quotaRequest))
    .query(async ({ ctx: { call }, input }) => {
      await findEverywhere(call, 'quota-request:read');
      return listQuotaRequests(call, { ...input, projectId: null });
    }),
  get: procedure
    .meta(operation('GET /quota-requests/{id}', 'Show a request for more', 'quota-request:read'))
    .input(z.strictObject({ id }))
    .output(quotaRequest)
    .query(async ({ ctx: { call }, input }) =>
      viewQuotaRequest(await findQuotaRequest(call, 'quota-request:read', input.id)),
    ),
  withdraw: procedure
    .meta(operation('POST /quota-requests/{id}/withdraw', 'Take a request back', 'quota-request:withdraw', answered))
    .input(z.strictObject({ id }))
    .output(quotaRequest)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findQuotaRequest(call, 'quota-request:withdraw', input.id);
      return commit(call.core.database, (unit) => withdrawQuotaRequest(unit, call, row));
    }),
  approve: procedure
    .meta(
      operation(
        'POST /quota-requests/{id}/approve',
        'Give what was asked, or a part',
        'quota-request:decide',
        answered,
      ),
    )
    .input(quotaRequestApprove.extend({ id }))
    .output(quotaRequest)
    .mutation(async ({ ctx: { call }, input: { id: wanted, ...input } }) => {
      const row = await findQuotaRequest(call, 'quota-request:decide', wanted);
      return commit(call.core.database, (unit) => approveQuotaRequest(unit, call, row, input));
    }),
  deny: procedure
    .meta(operation('POST /quota-requests/{id}/deny', 'Give nothing, and say why', 'quota-request:decide', answered))
    .input(quotaRequestDeny.extend({ id }))
    .output(quotaRequest)
    .mutation(async ({ ctx: { call }, input: { id: wanted, answer } }) => {
      const row = await findQuotaRequest(call, 'quota-request:decide', wanted);
      return commit(call.core.database, (unit) => denyQuotaRequest(unit, call, row, answer));
    }),
});
