import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { currentUser, session, sessionCreate, sessionCreated } from '@unkai/contracts/resources/session';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import { signIn } from '@unkai/core/identity/sign-in';
import { currentUser as showCurrentUser } from '@unkai/core/store/current-user';
import { deleteOtherSessions, deleteSession, findSession, listSessions } from '@unkai/core/store/session';
import { z } from 'zod';
import { noInput, operations, procedure, publicProcedure, router } from '../trpc.ts';

const operation = operations('Sessions');

export const sessionRouter = router({
  create: publicProcedure
    .meta(operation('POST /sessions', 'Sign in with a password', 'anyone', { showsSecret: true }))
    .input(sessionCreate)
    .output(sessionCreated)
    .mutation(({ ctx: { call, userAgent }, input }) => signIn(call, input, userAgent)),
  list: procedure
    .meta(operation('GET /sessions', 'List your sessions', 'session:read'))
    .input(pageQuery)
    .output(page(session))
    .query(({ ctx: { call }, input }) => listSessions(call, input)),
  delete: procedure
    .meta(operation('DELETE /sessions/{id}', 'Sign out a session; "current" is the one that asks', 'session:delete'))
    .input(z.strictObject({ id: z.union([z.literal('current'), id]) }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findSession(call, 'session:delete', input.id);
      await commit(call.core.database, (unit) => deleteSession(unit, call, row));
    }),
  deleteOthers: procedure
    .meta(operation('DELETE /sessions', 'Sign out all your sessions but the one that asks', 'session:delete'))
    .input(noInput)
    .output(z.void())
    .mutation(async ({ ctx: { call } }) => {
      await grantedGlobally(call, 'session:delete');
      await commit(call.core.database, (unit) => deleteOtherSessions(unit, call));
    }),
  current: procedure
    .meta(operation('GET /users/me', 'Show who you are and what you may reach', 'signed-in'))
    .input(noInput)
    .output(currentUser)
    .query(({ ctx: { call } }) => showCurrentUser(call)),
});
