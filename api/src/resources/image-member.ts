import { id } from '@unkai/contracts/primitives';
import { imageMember, imageMemberCreate, imageMemberUpdate } from '@unkai/contracts/resources/image-member';
import { commit } from '@unkai/core/database/database';
import {
  createMember,
  deleteMember,
  findMembership,
  findSharedImage,
  listMembers,
  updateMember,
} from '@unkai/core/store/image-member';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Images');

export const imageMemberRouter = router({
  create: procedure
    .meta(operation('POST /images/{id}/members', 'Share an image with a project', 'image-member:create'))
    .input(imageMemberCreate.extend({ id }))
    .output(imageMember)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findSharedImage(call, 'image-member:create', input.id);
      return commit(call.core.database, (unit) => createMember(unit, call, row, input.projectId));
    }),
  list: procedure
    .meta(operation('GET /images/{id}/members', 'List the projects that an image is shared with', 'image-member:read'))
    .input(z.strictObject({ id }))
    .output(z.object({ items: z.array(imageMember) }))
    .query(async ({ ctx: { call }, input }) => {
      const row = await findSharedImage(call, 'image-member:read', input.id);
      return { items: await listMembers(call, row) };
    }),
  update: procedure
    .meta(
      operation(
        'PATCH /images/{id}/members/{projectId}',
        'Accept or reject, for a project, an image that is shared with it',
        'image-member:update',
      ),
    )
    .input(imageMemberUpdate.extend({ id, projectId: id }))
    .output(imageMember)
    .mutation(async ({ ctx: { call }, input: { id: imageId, projectId, ...answer } }) => {
      const row = await findMembership(call, imageId, projectId);
      return commit(call.core.database, (unit) => updateMember(unit, call, row, answer));
    }),
  delete: procedure
    .meta(operation('DELETE /images/{id}/members/{projectId}', 'Take an image from a project', 'image-member:delete'))
    .input(z.strictObject({ id, projectId: id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findSharedImage(call, 'image-member:delete', input.id);
      await commit(call.core.database, (unit) => deleteMember(unit, call, row, input.projectId));
    }),
});
