import { id, page } from '@unkai/contracts/primitives';
import { identityLink, identityLinkCreate, identityLinkQuery } from '@unkai/contracts/resources/identity-link';
import { commit } from '@unkai/core/database/database';
import {
  createIdentityLink,
  deleteIdentityLink,
  findIdentityLink,
  findLinkedUser,
  listIdentityLinks,
} from '@unkai/core/store/identity-link';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Users');

export const identityLinkRouter = router({
  create: procedure
    .meta(
      operation(
        'POST /identity-links',
        'Let a subject of the OpenID provider sign in as a user',
        'identity-link:create',
      ),
    )
    .input(identityLinkCreate)
    .output(identityLink)
    .mutation(async ({ ctx: { call }, input }) => {
      const user = await findLinkedUser(call, input.userId);
      return commit(call.core.database, (unit) => createIdentityLink(unit, call, user, input));
    }),
  list: procedure
    .meta(operation('GET /identity-links', 'List who users are at the OpenID provider', 'identity-link:read'))
    .input(identityLinkQuery)
    .output(page(identityLink))
    .query(({ ctx: { call }, input }) => listIdentityLinks(call, input)),
  delete: procedure
    .meta(
      operation(
        'DELETE /identity-links/{id}',
        'Let a subject no longer sign in as its user, whose sessions end',
        'identity-link:delete',
      ),
    )
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findIdentityLink(call, 'identity-link:delete', input.id);
      await commit(call.core.database, (unit) => deleteIdentityLink(unit, call, row));
    }),
});
