import { id, page, pageQuery } from '@unkai/contracts/primitives';
import {
  volumeType,
  volumeTypeAccess,
  volumeTypeCreate,
  volumeTypeUpdate,
} from '@unkai/contracts/resources/volume-type';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  allowVolumeType,
  createVolumeType,
  deleteVolumeType,
  findVolumeType,
  forbidVolumeType,
  listVolumeTypes,
  updateVolumeType,
  viewVolumeType,
  viewVolumeTypeAccess,
} from '@unkai/core/store/volume-type';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Volume types');

export const volumeTypeRouter = router({
  create: procedure
    .meta(operation('POST /volume-types', 'Make a volume type', 'volume-type:create'))
    .input(volumeTypeCreate)
    .output(volumeType)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'volume-type:create');
      return commit(call.core.database, (unit) => createVolumeType(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /volume-types', 'List volume types', 'volume-type:read'))
    .input(pageQuery)
    .output(page(volumeType))
    .query(({ ctx: { call }, input }) => listVolumeTypes(call, input)),
  get: procedure
    .meta(operation('GET /volume-types/{id}', 'Show a volume type', 'volume-type:read'))
    .input(z.strictObject({ id }))
    .output(volumeType)
    .query(async ({ ctx: { call }, input }) =>
      viewVolumeType(await findVolumeType(call, 'volume-type:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /volume-types/{id}', 'Change a volume type', 'volume-type:update'))
    .input(volumeTypeUpdate.extend({ id }))
    .output(volumeType)
    .mutation(async ({ ctx: { call }, input: { id: volumeTypeId, ...change } }) => {
      const row = await findVolumeType(call, 'volume-type:update', volumeTypeId);
      return commit(call.core.database, (unit) => updateVolumeType(unit, call, row, change));
    }),
  access: procedure
    .meta(operation('GET /volume-types/{id}/projects', 'List the projects that may use a type', 'volume-type:update'))
    .input(z.strictObject({ id }))
    .output(volumeTypeAccess)
    .query(async ({ ctx: { call }, input }) =>
      viewVolumeTypeAccess(await findVolumeType(call, 'volume-type:update', input.id)),
    ),
  allow: procedure
    .meta(
      operation(
        'POST /volume-types/{id}/projects',
        'Let a project use a type that is not public',
        'volume-type:update',
        {
          answer: 'changed',
        },
      ),
    )
    .input(z.strictObject({ id, projectId: id }))
    .output(volumeTypeAccess)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findVolumeType(call, 'volume-type:update', input.id);
      await commit(call.core.database, (unit) => allowVolumeType(unit, call, row, input.projectId));
      return viewVolumeTypeAccess(await findVolumeType(call, 'volume-type:update', input.id));
    }),
  forbid: procedure
    .meta(operation('DELETE /volume-types/{id}/projects/{projectId}', 'Take a type back', 'volume-type:update'))
    .input(z.strictObject({ id, projectId: id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findVolumeType(call, 'volume-type:update', input.id);
      await commit(call.core.database, (unit) => forbidVolumeType(unit, call, row, input.projectId));
    }),
  delete: procedure
    .meta(operation('DELETE /volume-types/{id}', 'Delete a volume type, and its limits', 'volume-type:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findVolumeType(call, 'volume-type:delete', input.id);
      await commit(call.core.database, (unit) => deleteVolumeType(unit, call, row));
    }),
});
