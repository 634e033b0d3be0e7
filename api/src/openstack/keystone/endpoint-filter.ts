import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  findShown,
  hideFromProject,
  listProjectEndpointGroups,
  listProjectEndpoints,
  listShownProjects,
  type Shown,
  showToProject,
} from '@unkai/core/store/endpoint-filter';
import {
  createEndpointGroup,
  deleteEndpointGroup,
  type EndpointGroup,
  findEndpointGroup,
  listEndpointGroups,
  listGroupEndpoints,
  updateEndpointGroup,
  viewEndpointGroup,
} from '@unkai/core/store/endpoint-group';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { audience, endpoints } from './catalog.ts';
import { type Collection, collectionRoutes, listAnswer } from './collection.ts';
import { description, name, someId, textOf } from './fields.ts';
import { projects } from './project.ts';

const groups: Collection<EndpointGroup> = {
  below: 'OS-EP-FILTER/',
  plural: 'endpoint_groups',
  singular: 'endpoint_group',
  idOf: ({ id }) => id,
  view: ({ id, name, description, filters: { serviceId, regionId, interface: audience } }) => ({
    id,
    name,
    description,
    // A filter that is not set is not told.
    filters: {
      ...(serviceId !== null && { service_id: serviceId }),
      ...(regionId !== null && { region_id: regionId }),
      ...(audience !== null && { interface: audience }),
    },
  }),
};

/** A filter by anything else would be passed over, and find more than was meant. */
const filters = z
  .strictObject({
    service_id: someId.nullish(),
    region_id: z.string().max(255).nullish(),
    interface: audience.nullish(),
  })
  .transform(({ service_id, region_id, interface: audience }) => ({
    serviceId: service_id ?? null,
    regionId: region_id ?? null,
    interface: audience ?? null,
  }));
const newGroup = z.object({ endpoint_group: z.object({ name, description, filters }) });
const changedGroup = z.object({
  endpoint_group: z.object({ name: name.nullish(), description, filters: filters.nullish() }),
});

const find = (asked: Asked, wanted: 'read' | 'update' | 'delete') =>
  findEndpointGroup(asked.call, `endpoint-group:${wanted}`, asked.id('id', 'endpoint-group'));

const groupRoutes = collectionRoutes(groups, {
  list: (asked) => listEndpointGroups(asked.call, textOf(asked, 'name')),
  get: async (asked) => viewEndpointGroup(await find(asked, 'read')),
  async create(asked) {
    const { call } = asked;
    await grantedGlobally(call, 'endpoint-group:create');
    const { name, description = '', filters } = (await asked.body(newGroup)).endpoint_group;
    return commit(call.core.database, (unit) => createEndpointGroup(unit, call, { name, description, filters }));
  },
  async update(asked) {
    const { call } = asked;
    const row = await find(asked, 'update');
    const { name, description, filters } = (await asked.body(changedGroup)).endpoint_group;
    const change = { name: name ?? undefined, description, filters: filters ?? undefined };
    return commit(call.core.database, (unit) => updateEndpointGroup(unit, call, row, change));
  },
  async remove(asked) {
    const row = await find(asked, 'delete');
    await commit(asked.call.core.database, (unit) => deleteEndpointGroup(unit, asked.call, row));
  },
});

async function endpointsOfGroup(asked: Asked): Promise<Answer> {
  return listAnswer(endpoints, await listGroupEndpoints(asked.call, await find(asked, 'read')), asked);
}

async function endpointsOfProject(asked: Asked): Promise<Answer> {
  return listAnswer(endpoints, await listProjectEndpoints(asked.call, asked.id('project', 'project')), asked);
}

async function groupsOfProject(asked: Asked): Promise<Answer> {
  return listAnswer(groups, await listProjectEndpointGroups(asked.call, asked.id('project', 'project')), asked);
}

type Noun = Shown['noun'];

async function projectsOf(asked: Asked, noun: Noun): Promise<Answer> {
  return listAnswer(projects, await listShownProjects(asked.call, { noun, id: asked.id('id', noun) }), asked);
}

/** What a path of both names. */
function shownOf(asked: Asked, noun: Noun): Shown {
  return { noun, id: asked.id('id', noun), projectId: asked.id('project', 'project') };
}

async function check(asked: Asked): Promise<Answer> {
  await findShown(asked.call, shownOf(asked, 'endpoint'));
  return { status: 204 };
}

/** Of a group Keystone tells what was asked for. */
async function checkGroup(asked: Asked): Promise<Answer> {
  const shown = shownOf(asked, 'endpoint-group');
  await findShown(asked.call, shown);
  const { id, projectId } = shown;
  const self = `${asked.endpoint}/v3/OS-EP-FILTER/endpoint_groups/${id}/projects/${projectId}`;
  const told = { endpoint_group_id: id, project_id: projectId, links: { self } };
  return { status: 200, body: { project_endpoint_group: told } };
}

async function give(asked: Asked, noun: Noun): Promise<Answer> {
  const { call } = asked;
  await grantedGlobally(call, 'endpoint-filter:create');
  await commit(call.core.database, (unit) => showToProject(unit, call, shownOf(asked, noun)));
  return { status: 204 };
}

async function take(asked: Asked, noun: Noun): Promise<Answer> {
  const { call } = asked;
  await grantedGlobally(call, 'endpoint-filter:delete');
  await commit(call.core.database, (unit) => hideFromProject(unit, call, shownOf(asked, noun)));
  return { status: 204 };
}

const all = '/v3/OS-EP-FILTER';
const endpoint = `${all}/projects/:project/endpoints/:id`;
const group = `${all}/endpoint_groups/:id`;

/** Which endpoints the catalog of a project shows. `HEAD` is answered as `GET` is, without the body. */
export const endpointFilterRoutes: readonly Route[] = [
  ...groupRoutes,
  { method: 'GET', path: `${group}/endpoints`, answer: endpointsOfGroup },
  { method: 'GET', path: `${group}/projects`, answer: (asked) => projectsOf(asked, 'endpoint-group') },
  { method: 'GET', path: `${group}/projects/:project`, answer: checkGroup },
  { method: 'PUT', path: `${group}/projects/:project`, answer: (asked) => give(asked, 'endpoint-group') },
  { method: 'DELETE', path: `${group}/projects/:project`, answer: (asked) => take(asked, 'endpoint-group') },
  { method: 'GET', path: `${all}/endpoints/:id/projects`, answer: (asked) => projectsOf(asked, 'endpoint') },
  { method: 'GET', path: `${all}/projects/:project/endpoints`, answer: endpointsOfProject },
  { method: 'GET', path: `${all}/projects/:project/endpoint_groups`, answer: groupsOfProject },
  { method: 'GET', path: endpoint, answer: check },
  { method: 'PUT', path: endpoint, answer: (asked) => give(asked, 'endpoint') },
  { method: 'DELETE', path: endpoint, answer: (asked) => take(asked, 'endpoint') },
];
