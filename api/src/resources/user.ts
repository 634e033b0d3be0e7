import { id, page } from '@unkai/contracts/primitives';
import { passwordChange, user, userCreate, userQuery, userUpdate } from '@unkai/contracts/resources/user';
import { callerId, grantedGlobally, grantedOnDomain } from '@unkai/core/access';
import { commit } from '@unkai/core/database';
import { changePassword } from '@unkai/core/store/password';
import { createUser, deleteUser, findUser, listUsers, updateUser, viewUser } from '@unkai/core/store/user';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Users');

export const userRouter = router({
  create: procedure
    .meta(operation('POST /users', 'Make a user', 'user:create'))
    .input(userCreate)
    .output(user)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedOnDomain(call, 'user:create', input.domainId);
      return commit(call.core.database, (unit) => createUser(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /users', 'List users', 'user:read'))
    .input(userQuery)
    .output(page(user))
    .query(({ ctx: { call }, input }) => listUsers(call, input)),
  get: procedure
    .meta(operation('GET /users/{id}', 'Show a user', 'user:read'))
    .input(z.strictObject({ id }))
    .output(user)
    .query(async ({ ctx: { call }, input }) => viewUser(await findUser(call, 'user:read', input.id))),
  update: procedure
    .meta(operation('PATCH /users/{id}', 'Enable, disable or change a user', 'user:update'))
    .input(userUpdate.extend({ id }))
    .output(user)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findUser(call, 'user:update', input.id);
      return commit(call.core.database, (unit) => updateUser(unit, call, row, input));
    }),
  changePassword: procedure
    .meta(
      operation(
        'POST /users/me/password',
        'Change your password; all your sessions and tokens end',
        'password:update',
        {
          answer: 'removed',
        },
      ),
    )
    .input(passwordChange)
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'password:update');
      await changePassword(call, callerId(call), input);
    }),
  delete: procedure
    .meta(operation('DELETE /users/{id}', 'Delete a user', 'user:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findUser(call, 'user:delete', input.id);
      await commit(call.core.database, (unit) => deleteUser(unit, call, row));
    }),
});
