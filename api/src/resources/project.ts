import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { project, projectCreate, projectQuery, projectUpdate } from '@unkai/contracts/resources/project';
import { effectiveRole } from '@unkai/contracts/resources/role-assignment';
import { grantedOnDomain } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import { listProjectMembers } from '@unkai/core/store/effective-role';
import {
  createProject,
  deleteProject,
  findProject,
  listProjects,
  updateProject,
  viewProject,
} from '@unkai/core/store/project';
import { untilServersLeft } from '@unkai/core/store/project-delete';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Projects');

export const projectRouter = router({
  create: procedure
    .meta(operation('POST /projects', 'Make a project with its default network and security group', 'project:create'))
    .input(projectCreate)
    .output(project)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedOnDomain(call, 'project:create', input.domainId);
      return commit(call.core.database, (unit) => createProject(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /projects', 'List the projects you can reach', 'project:read'))
    .input(projectQuery)
    .output(page(project))
    .query(({ ctx: { call }, input }) => listProjects(call, input)),
  get: procedure
    .meta(operation('GET /projects/{id}', 'Show a project', 'project:read'))
    .input(z.strictObject({ id }))
    .output(project)
    .query(async ({ ctx: { call }, input }) => viewProject(call, await findProject(call, 'project:read', input.id))),
  members: procedure
    .meta(operation('GET /projects/{id}/members', 'List who has which role in a project', 'project:read'))
    .input(pageQuery.extend({ id, limit: pageQuery.shape.limit.default(1000) }))
    .output(page(effectiveRole))
    .query(async ({ ctx: { call }, input: { id: projectId, ...wanted } }) => {
      const row = await findProject(call, 'project:read', projectId);
      return listProjectMembers(call, row.id, wanted);
    }),
  update: procedure
    .meta(operation('PATCH /projects/{id}', 'Rename, describe, tag, enable or disable a project', 'project:update'))
    .input(projectUpdate.extend({ id }))
    .output(project)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findProject(call, 'project:update', input.id);
      return commit(call.core.database, (unit) => updateProject(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /projects/{id}', 'Delete an empty project', 'project:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findProject(call, 'project:delete', input.id);
      await untilServersLeft(call.core.database, row.id);
      await commit(call.core.database, (unit) => deleteProject(unit, call, row));
    }),
});
