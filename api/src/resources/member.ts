import { id } from '@unkai/contracts/primitives';
import { memberRemove, memberUpdate } from '@unkai/contracts/resources/member';
import { commit } from '@unkai/core/database/database';
import { findProjectMember, findSelf, removeMember, updateMember } from '@unkai/core/store/member';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Members');
const removed = { answer: 'removed' } as const;

export const memberRouter = router({
  update: procedure
    .meta(
      operation(
        'PATCH /projects/{id}/members/{userId}',
        'Change the role of a member of a project',
        'member:update',
        removed,
      ),
    )
    .input(memberUpdate)
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const found = await findProjectMember(call, 'member:update', input);
      await commit(call.core.database, (unit) => updateMember(unit, call, found, input.role));
    }),
  remove: procedure
    .meta(operation('DELETE /projects/{id}/members/{userId}', 'Take a member out of a project', 'member:delete'))
    .input(memberRemove)
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const found = await findProjectMember(call, 'member:delete', input);
      await commit(call.core.database, (unit) => removeMember(unit, call, found, 'removed'));
    }),
  leaveProject: procedure
    .meta(operation('POST /projects/{id}/leave', 'Give up your own role on a project', 'member:leave', removed))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const found = await findSelf(call, { projectId: input.id });
      await commit(call.core.database, (unit) => removeMember(unit, call, found, 'left'));
    }),
  leaveDomain: procedure
    .meta(operation('POST /domains/{id}/leave', 'Give up your own role on a domain', 'member:leave', removed))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const found = await findSelf(call, { domainId: input.id });
      await commit(call.core.database, (unit) => removeMember(unit, call, found, 'left'));
    }),
});
