import { id, page } from '@unkai/contracts/primitives';
import {
  invite,
  inviteAccepted,
  inviteCreate,
  inviteJoin,
  inviteOffer,
  inviteQuery,
  inviteResend,
  inviteSent,
  inviteToken,
} from '@unkai/contracts/resources/invite';
import { commit } from '@unkai/core/database/database';
import { createInvite, findInvite, listInvites, resendInvite, revokeInvite } from '@unkai/core/store/invite';
import { acceptInvite, joinByInvite, offerOf } from '@unkai/core/store/invite-accept';
import { viewInvite } from '@unkai/core/store/invite-row';
import { findProjectOrDomain } from '@unkai/core/store/project-or-domain';
import { z } from 'zod';
import { operations, procedure, publicProcedure, router } from '../trpc.ts';

const operation = operations('Invites');

export const inviteRouter = router({
  create: procedure
    .meta(
      operation('POST /invites', 'Invite an e-mail address to a project or a domain', 'invite:create', {
        showsSecret: true,
      }),
    )
    .input(inviteCreate)
    .output(inviteSent)
    .mutation(async ({ ctx: { call }, input }) => {
      const place = await findProjectOrDomain(call, 'invite:create', input);
      return commit(call.core.database, (unit) => createInvite(unit, call, place, input));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/invites', 'List the invites to a project', 'invite:read'))
    .input(inviteQuery.extend({ projectId: id }))
    .output(page(invite))
    .query(({ ctx: { call }, input: { projectId, ...query } }) => listInvites(call, { projectId }, query)),
  listOnDomain: procedure
    .meta(operation('GET /domains/{domainId}/invites', 'List the invites to a domain', 'invite:read'))
    .input(inviteQuery.extend({ domainId: id }))
    .output(page(invite))
    .query(({ ctx: { call }, input: { domainId, ...query } }) => listInvites(call, { domainId }, query)),
  get: procedure
    .meta(operation('GET /invites/{id}', 'Show an invite', 'invite:read'))
    .input(z.strictObject({ id }))
    .output(invite)
    .query(async ({ ctx: { call }, input }) => viewInvite(await findInvite(call, 'invite:read', input.id))),
  resend: procedure
    .meta(
      operation('POST /invites/{id}/resend', 'Send an invite again, with a new link', 'invite:update', {
        answer: 'changed',
        showsSecret: true,
      }),
    )
    .input(inviteResend)
    .output(inviteSent)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findInvite(call, 'invite:update', input.id);
      return commit(call.core.database, (unit) => resendInvite(unit, call, row, input));
    }),
  revoke: procedure
    .meta(operation('DELETE /invites/{id}', 'Revoke an invite', 'invite:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findInvite(call, 'invite:delete', input.id);
      await commit(call.core.database, (unit) => revokeInvite(unit, call, row));
    }),
  open: publicProcedure
    .meta(operation('POST /invites/open', 'Show what the link of an invite is for', 'anyone', { answer: 'shown' }))
    .input(inviteToken)
    .output(inviteOffer)
    .mutation(({ ctx: { call }, input }) => offerOf(call, input.token)),
  accept: procedure
    .meta(operation('POST /invites/accept', 'Accept an invite as yourself', 'invite:accept', { answer: 'changed' }))
    .input(inviteToken)
    .output(inviteAccepted)
    .mutation(({ ctx: { call }, input }) => acceptInvite(call, input.token)),
  join: publicProcedure
    .meta(operation('POST /invites/join', 'Accept an invite as a new user', 'anyone', { answer: 'changed' }))
    .input(inviteJoin)
    .output(inviteAccepted)
    .mutation(({ ctx: { call }, input }) => joinByInvite(call, input)),
});
