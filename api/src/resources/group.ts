import { id, page } from '@unkai/contracts/primitives';
import { group, groupCreate, groupMember, groupQuery, groupUpdate } from '@unkai/contracts/resources/group';
import { grantedOnDomain } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  addMember,
  createGroup,
  deleteGroup,
  findGroup,
  findMember,
  listGroups,
  removeMember,
  updateGroup,
  viewGroup,
} from '@unkai/core/store/group';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Groups');

export const groupRouter = router({
  create: procedure
    .meta(operation('POST /groups', 'Make a group of users', 'group:create'))
    .input(groupCreate)
    .output(group)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedOnDomain(call, 'group:create', input.domainId);
      return commit(call.core.database, (unit) => createGroup(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /groups', 'List groups', 'group:read'))
    .input(groupQuery)
    .output(page(group))
    .query(({ ctx: { call }, input }) => listGroups(call, input)),
  get: procedure
    .meta(operation('GET /groups/{id}', 'Show a group', 'group:read'))
    .input(z.strictObject({ id }))
    .output(group)
    .query(async ({ ctx: { call }, input }) => viewGroup(await findGroup(call, 'group:read', input.id))),
  update: procedure
    .meta(operation('PATCH /groups/{id}', 'Rename or describe a group', 'group:update'))
    .input(groupUpdate.extend({ id }))
    .output(group)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findGroup(call, 'group:update', input.id);
      return commit(call.core.database, (unit) => updateGroup(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /groups/{id}', 'Delete a group; its members stay', 'group:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findGroup(call, 'group:delete', input.id);
      await commit(call.core.database, (unit) => deleteGroup(unit, call, row));
    }),
  addMember: procedure
    .meta(operation('POST /groups/{id}/members', 'Put a user into a group', 'group:update', { answer: 'removed' }))
    .input(groupMember)
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findGroup(call, 'group:update', input.id);
      const member = await findMember(call, input.userId);
      await commit(call.core.database, (unit) => addMember(unit, call, row, member));
    }),
  removeMember: procedure
    .meta(operation('DELETE /groups/{id}/members/{userId}', 'Take a user out of a group', 'group:update'))
    .input(groupMember)
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findGroup(call, 'group:update', input.id);
      const member = await findMember(call, input.userId);
      await commit(call.core.database, (unit) => removeMember(unit, call, row, member));
    }),
});
