import { id, page } from '@unkai/contracts/primitives';
import {
  cloudOperation,
  cloudOperationQuery,
  operationQuery,
  operation as operationView,
} from '@unkai/contracts/resources/operation';
import { listCloudOperations } from '@unkai/core/store/cloud-operation';
import { findOperation, listOperations } from '@unkai/core/store/operation';
import { retryOperation } from '@unkai/core/store/operation-retry';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Operations');

export const operationRouter = router({
  list: procedure
    .meta(operation('GET /projects/{projectId}/operations', 'List operations, newest first', 'operation:read'))
    .input(operationQuery.extend({ projectId: id }))
    .output(page(operationView))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'operation:read', input.projectId);
      return listOperations(call, input);
    }),
  get: procedure
    .meta(operation('GET /operations/{id}', 'Show an operation with its steps', 'operation:read'))
    .input(z.strictObject({ id }))
    .output(operationView)
    .query(({ ctx: { call }, input }) => findOperation(call, 'operation:read', input.id)),
  listAll: procedure
    .meta(operation('GET /operations', 'List the operations of all projects, newest first', 'operation:read'))
    .input(cloudOperationQuery)
    .output(page(cloudOperation))
    .query(({ ctx: { call }, input }) => listCloudOperations(call, input)),
  retry: procedure
    .meta(
      operation(
        'POST /operations/{id}/retry',
        'Begin a failed operation once more, or look at a late one at once',
        'operation:retry',
        { answer: 'started' },
      ),
    )
    .input(z.strictObject({ id }))
    .output(operationView)
    .mutation(({ ctx: { call }, input }) => retryOperation(call, input.id)),
});
