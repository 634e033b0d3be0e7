import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { image, imageCreate, imageUpdate } from '@unkai/contracts/resources/image';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

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
    .mutation(pending),
  list: procedure
    .meta(
      operation('GET /projects/{projectId}/images', 'List the images of a project and the public ones', 'image:read'),
    )
    .input(pageQuery.extend({ projectId: id }))
    .output(page(image))
    .query(pending),
  get: procedure
    .meta(operation('GET /images/{id}', 'Show an image', 'image:read'))
    .input(z.strictObject({ id }))
    .output(image)
    .query(pending),
  update: procedure
    .meta(operation('PATCH /images/{id}', 'Rename or describe an image', 'image:update'))
    .input(imageUpdate.extend({ id }))
    .output(image)
    .mutation(pending),
  delete: procedure
    .meta(operation('DELETE /images/{id}', 'Delete an image', 'image:delete', { answer: 'started' }))
    .input(z.strictObject({ id }))
    .output(image)
    .mutation(pending),
});
