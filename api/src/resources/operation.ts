import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { operationState, operation as operationView } from '@unkai/contracts/resources/operation';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Operations');

export const operationRouter = router({
  list: procedure
    .meta(operation('GET /projects/{projectId}/operations', 'List operations, newest first', 'operation:read'))
    .input(pageQuery.extend({ projectId: id, resourceId: id.optional(), state: operationState.optional() }))
    .output(page(operationView))
    .query(pending),
  get: procedure
    .meta(operation('GET /operations/{id}', 'Show an operation with its steps', 'operation:read'))
    .input(z.strictObject({ id }))
    .output(operationView)
    .query(pending),
});
