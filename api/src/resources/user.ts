import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { user, userCreate, userUpdate } from '@unkai/contracts/resources/user';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Users');

export const userRouter = router({
  create: procedure
    .meta(operation('POST /users', 'Make a user', 'user:create'))
    .input(userCreate)
    .output(user)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /users', 'List users', 'user:read'))
    .input(pageQuery)
    .output(page(user))
    .query(pending),
  get: procedure
    .meta(operation('GET /users/{id}', 'Show a user', 'user:read'))
    .input(z.strictObject({ id }))
    .output(user)
    .query(pending),
  update: procedure
    .meta(operation('PATCH /users/{id}', 'Enable, disable or change a user', 'user:update'))
    .input(userUpdate.extend({ id }))
    .output(user)
    .mutation(pending),
  delete: procedure
    .meta(operation('DELETE /users/{id}', 'Delete a user', 'user:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});
