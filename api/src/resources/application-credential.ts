import { id, page, pageQuery } from '@unkai/contracts/primitives';
import {
  applicationCredential,
  applicationCredentialCreate,
  applicationCredentialCreated,
  lendableRoles,
} from '@unkai/contracts/resources/application-credential';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  createApplicationCredential,
  deleteApplicationCredential,
  findApplicationCredential,
  listApplicationCredentials,
  viewApplicationCredential,
} from '@unkai/core/store/application-credential';
import { lendableRoles as rolesToLend } from '@unkai/core/store/lending';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Application credentials');

export const applicationCredentialRouter = router({
  create: procedure
    .meta(
      operation(
        'POST /application-credentials',
        'Lend some of your roles on a project to a program',
        'application-credential:create',
        { showsSecret: true },
      ),
    )
    .input(applicationCredentialCreate)
    .output(applicationCredentialCreated)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'application-credential:create');
      return commit(call.core.database, (unit) => createApplicationCredential(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /application-credentials', 'List your application credentials', 'application-credential:read'))
    .input(pageQuery.extend({ name: z.string().max(255).optional() }))
    .output(page(applicationCredential))
    .query(({ ctx: { call }, input }) => listApplicationCredentials(call, input)),
  lendableRoles: procedure
    .meta(
      operation(
        'GET /projects/{projectId}/roles',
        'List the roles that you have on a project, and may lend',
        'application-credential:read',
      ),
    )
    .input(z.strictObject({ projectId: id }))
    .output(lendableRoles)
    .query(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'application-credential:read');
      return { items: [...(await rolesToLend(call, input.projectId))] };
    }),
  get: procedure
    .meta(
      operation('GET /application-credentials/{id}', 'Show an application credential', 'application-credential:read'),
    )
    .input(z.strictObject({ id }))
    .output(applicationCredential)
    .query(async ({ ctx: { call }, input }) =>
      viewApplicationCredential(await findApplicationCredential(call, 'application-credential:read', input.id)),
    ),
  delete: procedure
    .meta(
      operation(
        'DELETE /application-credentials/{id}',
        'Delete an application credential; its tokens end with it',
        'application-credential:delete',
      ),
    )
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findApplicationCredential(call, 'application-credential:delete', input.id);
      await commit(call.core.database, (unit) => deleteApplicationCredential(unit, call, row));
    }),
});
