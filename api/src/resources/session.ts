import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { currentUser, session, sessionCreate, sessionCreated } from '@unkai/contracts/resources/session';
import { z } from 'zod';
import { operations, pending, procedure, publicProcedure, router } from '../trpc.ts';

const operation = operations('Sessions');

export const sessionRouter = router({
  create: publicProcedure
    .meta(operation('POST /sessions', 'Sign in with a password', 'anyone', { showsSecret: true }))
    .input(sessionCreate)
    .output(sessionCreated)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /sessions', 'List your sessions', 'session:read'))
    .input(pageQuery)
    .output(page(session))
    .query(pending),
  delete: procedure
    .meta(operation('DELETE /sessions/{id}', 'Sign out a session; "current" is the one that asks', 'session:delete'))
    .input(z.strictObject({ id: z.union([z.literal('current'), id]) }))
    .output(z.void())
    .mutation(pending),
  current: procedure
    .meta(operation('GET /users/me', 'Show who you are and what you may reach', 'signed-in'))
    .output(currentUser)
    .query(pending),
});
