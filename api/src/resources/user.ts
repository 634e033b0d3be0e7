import { id, page } from '@unkai/contracts/primitives';
import { currentUser } from '@unkai/contracts/resources/session';
import {
  passwordChange,
  profileUpdate,
  user,
  userCreate,
  userQuery,
  userUpdate,
} from '@unkai/contracts/resources/user';
import { callerId, grantedGlobally, grantedOnDomain } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import { currentUser as showCurrentUser } from '@unkai/core/store/current-user';
import { changePassword } from '@unkai/core/store/password';
import {
  createUser,
  deleteUser,
  findUser,
  listUsers,
  updateProfile,
  updateUser,
  viewUser,
} from '@unkai/core/store/user';
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
        'Change your password; your other sessions end, and all short tokens',
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
  updateProfile: procedure
    .meta(operation('PATCH /users/me', 'Change what your account says of you', 'profile:update'))
    .input(profileUpdate)
    .output(currentUser)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'profile:update');
      await commit(call.core.database, (unit) => updateProfile(unit, call, input));
      return showCurrentUser(call);
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
