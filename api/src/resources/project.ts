import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { project, projectCreate, projectUpdate } from '@unkai/contracts/resources/project';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Projects');

export const projectRouter = router({
  create: procedure
    .meta(operation('POST /projects', 'Make a project with its default network and security group', 'project:create'))
    .input(projectCreate)
    .output(project)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /projects', 'List the projects you can reach', 'signed-in'))
    .input(pageQuery)
    .output(page(project))
    .query(pending),
  get: procedure
    .meta(operation('GET /projects/{id}', 'Show a project', 'project:read'))
    .input(z.strictObject({ id }))
    .output(project)
    .query(pending),
  update: procedure
    .meta(operation('PATCH /projects/{id}', 'Rename, describe, enable or disable a project', 'project:update'))
    .input(projectUpdate.extend({ id }))
    .output(project)
    .mutation(pending),
  delete: procedure
    .meta(operation('DELETE /projects/{id}', 'Delete an empty project', 'project:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});
