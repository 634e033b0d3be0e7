import { id, page } from '@unkai/contracts/primitives';
import { image, imageCreate, imageListQuery, imageUpdate } from '@unkai/contracts/resources/image';
import { commit } from '@unkai/core/database/database';
import { beginImageDelete, createImage, findImage, listImages, showImage, updateImage } from '@unkai/core/store/image';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Images');

export const imageRouter = router({
  create: procedure
    .meta(
      operation(
        'POST /projects/{projectId}/images',
        'Announce an image; then send its bytes to PUT /v1/images/{id}/file',
        'image:create',
      ),
    )
    .input(imageCreate.extend({ projectId: id }))
    .output(image)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'image:create', input.projectId);
      return commit(call.core.database, (unit) => createImage(unit, call, input));
    }),
  list: procedure
    .meta(
      operation('GET /projects/{projectId}/images', 'List the images of a project and the public ones', 'image:read'),
    )
    .input(imageListQuery)
    .output(page(image))
    .query(async ({ ctx: { call }, input: { memberState, ...query } }) => {
      await findPlace(call, 'image:read', query.projectId);
      return listImages(call, { ...query, ...(memberState && { memberStates: [memberState], isSharedOnly: true }) });
    }),
  get: procedure
    .meta(operation('GET /images/{id}', 'Show an image', 'image:read'))
    .input(z.strictObject({ id }))
    .output(image)
    .query(async ({ ctx: { call }, input }) => {
      const row = await findImage(call, 'image:read', input.id);
      return showImage(call, row.id);
    }),
  update: procedure
    .meta(operation('PATCH /images/{id}', 'Rename, describe, share or protect an image', 'image:update'))
    .input(imageUpdate.extend({ id }))
    .output(image)
    .mutation(async ({ ctx: { call }, input: { id: imageId, ...change } }) => {
      const row = await findImage(call, 'image:update', imageId);
      await commit(call.core.database, (unit) => updateImage(unit, call, row, change));
      return showImage(call, row.id);
    }),
  delete: procedure
    .meta(operation('DELETE /images/{id}', 'Delete an image', 'image:delete', { answer: 'started' }))
    .input(z.strictObject({ id }))
    .output(image)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findImage(call, 'image:delete', input.id);
      await commit(call.core.database, (unit) => beginImageDelete(unit, call, row));
      return showImage(call, row.id);
    }),
});
