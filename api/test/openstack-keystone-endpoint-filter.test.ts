import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, userPassword } from './cloud.ts';
import { askOpenstack, openstackToken } from './openstack-ask.ts';

let cloud: Cloud;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown, token = operator) =>
  askOpenstack(cloud, method, `/identity/v3${path}`, { token, body });
const filter = (method: string, path: string, body?: unknown) => ask(method, `/OS-EP-FILTER${path}`, body);
const listed = z.record(z.string(), z.unknown());

/** The ids in a list, which is under `key`. */
async function idsAt(path: string, key: string): Promise<string[]> {
  const told = await filter('GET', path);
  expect(told.status, told.text).toBe(200);
  const items = z.array(z.looseObject({ id: z.string() })).parse(listed.parse(told.body)[key]);
  return items.map(({ id }) => id).toSorted();
}

/** A service with an endpoint for everyone and one for operators. */
async function makeService() {
  const { prisma } = cloud.core.database;
  const service = await prisma.service.create({ data: { type: `type-${randomUUID()}`, name: 'weather' } });
  const make = (audience: string) =>
    prisma.endpoint.create({ data: { serviceId: service.id, interface: audience, url: 'http://127.0.0.1:1' } });
  return { service, shown: await make('public'), admin: await make('admin') };
}

/** A project, with a token of a member of it, and what its catalog shows. */
async function makeMember() {
  const project = await makeTenant(cloud);
  const { id: user } = await makePerson(cloud, { project: { id: project.id, role: 'member' } });
  const token = await openstackToken(cloud, { user, password: userPassword, project: project.id });
  const catalogShape = z.array(z.object({ endpoints: z.array(z.object({ id: z.string() })) }));
  const endpointsIn = (catalog: unknown) =>
    catalogShape.parse(catalog).map(({ endpoints }) => endpoints.map(({ id }) => id).toSorted());
  const inCatalog = async () => {
    const own = await ask('GET', '/auth/catalog', undefined, token);
    return endpointsIn(listed.parse(own.body)['catalog']);
  };
  const inToken = async () => {
    const told = await askOpenstack(cloud, 'GET', '/identity/v3/auth/tokens', {
      token,
      headers: { 'x-subject-token': token },
    });
    return endpointsIn(z.object({ token: z.looseObject({ catalog: z.unknown() }) }).parse(told.body).token.catalog);
  };
  return { project, inCatalog, inToken };
}

async function makeGroup(filters: object) {
  const told = await filter('POST', '/endpoint_groups', { endpoint_group: { name: `group-${randomUUID()}`, filters } });
  expect(told.status, told.text).toBe(201);
  return z.object({ endpoint_group: z.looseObject({ id: z.string(), name: z.string() }) }).parse(told.body)
    .endpoint_group;
}

test('a project to which an endpoint is given is shown that one alone, and all again without it', async () => {
  const { shown, admin } = await makeService();
  const { project, inCatalog, inToken } = await makeMember();
  const other = await makeMember();
  const path = `/projects/${project.id}/endpoints/${shown.id}`;
  expect((await inCatalog()).flat()).toEqual(expect.arrayContaining([shown.id, admin.id]));
  expect((await filter('HEAD', path)).status).toBe(404);
  expect((await filter('PUT', path)).status).toBe(204);
  expect((await filter('HEAD', path)).status).toBe(204);
  expect((await filter('GET', path)).status).toBe(204);
  expect((await filter('PUT', path)).status).toBe(409);
  expect(await idsAt(`/projects/${project.id}/endpoints`, 'endpoints')).toEqual([shown.id]);
  expect(await idsAt(`/endpoints/${shown.id}/projects`, 'projects')).toEqual([project.id]);
  // Services of which nothing is shown are not there either.
  expect(await inCatalog()).toEqual([[shown.id]]);
  expect(await inToken()).toEqual([[shown.id]]);
  expect((await other.inCatalog()).flat()).toEqual(expect.arrayContaining([shown.id, admin.id]));
  expect((await filter('DELETE', path)).status).toBe(204);
  expect((await filter('DELETE', path)).status).toBe(404);
  expect((await inToken()).flat()).toEqual(expect.arrayContaining([shown.id, admin.id]));
});

test('an endpoint that is switched off is given, and not shown', async () => {
  const { shown } = await makeService();
  const { project, inCatalog } = await makeMember();
  expect((await filter('PUT', `/projects/${project.id}/endpoints/${shown.id}`)).status).toBe(204);
  expect((await ask('PATCH', `/endpoints/${shown.id}`, { endpoint: { enabled: false } })).status).toBe(200);
  expect(await inCatalog()).toEqual([]);
  expect((await ask('DELETE', `/endpoints/${shown.id}`)).status).toBe(204);
  expect((await inCatalog()).length).toBeGreaterThan(0);
});

test('a group is what its filters find, and is made, found by name, changed and deleted', async () => {
  const { service, shown, admin } = await makeService();
  const { id, name } = await makeGroup({ service_id: service.id });
  const self = `http://127.0.0.1:7080/identity/v3/OS-EP-FILTER/endpoint_groups/${id}`;
  const told = await filter('GET', `/endpoint_groups/${id}`);
  expect(told.body).toEqual({
    endpoint_group: { id, name, description: '', filters: { service_id: service.id }, links: { self } },
  });
  expect((await filter('HEAD', `/endpoint_groups/${id}`)).status).toBe(200);
  expect(await idsAt(`/endpoint_groups?name=${name}`, 'endpoint_groups')).toEqual([id]);
  expect(await idsAt(`/endpoint_groups/${id}/endpoints`, 'endpoints')).toEqual([shown.id, admin.id].toSorted());
  const change = { endpoint_group: { description: 'words', filters: { service_id: service.id, interface: 'admin' } } };
  expect((await filter('PATCH', `/endpoint_groups/${id}`, change)).body).toMatchObject({
    endpoint_group: { name, ...change.endpoint_group },
  });
  expect(await idsAt(`/endpoint_groups/${id}/endpoints`, 'endpoints')).toEqual([admin.id]);
  expect((await filter('DELETE', `/endpoint_groups/${id}`)).status).toBe(204);
  expect((await filter('GET', `/endpoint_groups/${id}`)).status).toBe(404);
});

test('filters by what is not there, or by anything else, are refused', async () => {
  const make = (filters: object) => filter('POST', '/endpoint_groups', { endpoint_group: { name: 'x', filters } });
  expect((await make({ service_id: randomUUID() })).status).toBe(400);
  expect((await make({ region_id: 'nowhere' })).status).toBe(400);
  expect((await make({ interface: 'secret' })).status).toBe(400);
  expect((await make({ url: 'http://127.0.0.1' })).status).toBe(400);
});

test('a project is shown what the groups given to it find, beside what was given by itself', async () => {
  const { service, shown, admin } = await makeService();
  const { shown: single } = await makeService();
  const { project, inCatalog } = await makeMember();
  const { id } = await makeGroup({ service_id: service.id, interface: 'public' });
  const path = `/endpoint_groups/${id}/projects/${project.id}`;
  expect((await filter('GET', path)).status).toBe(404);
  expect((await filter('PUT', path)).status).toBe(204);
  expect((await filter('PUT', path)).status).toBe(409);
  expect((await filter('GET', path)).body).toMatchObject({
    project_endpoint_group: { endpoint_group_id: id, project_id: project.id },
  });
  expect(await idsAt(`/endpoint_groups/${id}/projects`, 'projects')).toEqual([project.id]);
  expect(await idsAt(`/projects/${project.id}/endpoint_groups`, 'endpoint_groups')).toEqual([id]);
  expect(await inCatalog()).toEqual([[shown.id]]);
  expect((await filter('PUT', `/projects/${project.id}/endpoints/${single.id}`)).status).toBe(204);
  const both = [shown.id, single.id].toSorted();
  expect((await inCatalog()).flat().toSorted()).toEqual(both);
  expect(await idsAt(`/projects/${project.id}/endpoints`, 'endpoints')).toEqual(both);
  const wider = { endpoint_group: { filters: { service_id: service.id } } };
  expect((await filter('PATCH', `/endpoint_groups/${id}`, wider)).status).toBe(200);
  expect((await inCatalog()).flat().toSorted()).toEqual([...both, admin.id].toSorted());
  expect((await filter('DELETE', path)).status).toBe(204);
  expect((await filter('DELETE', path)).status).toBe(404);
  expect(await inCatalog()).toEqual([[single.id]]);
});

test('a group outlives the service and the region that it filters by, and finds nothing then', async () => {
  const { prisma } = cloud.core.database;
  const { service, shown } = await makeService();
  const region = await prisma.region.create({ data: { id: `region-${randomUUID()}` } });
  await prisma.endpoint.update({ where: { id: shown.id }, data: { regionId: region.id } });
  const { id } = await makeGroup({ service_id: service.id, region_id: region.id });
  expect(await idsAt(`/endpoint_groups/${id}/endpoints`, 'endpoints')).toEqual([shown.id]);
  expect((await ask('DELETE', `/services/${service.id}`)).status).toBe(204);
  expect((await ask('DELETE', `/regions/${region.id}`)).status).toBe(204);
  expect(await idsAt(`/endpoint_groups/${id}/endpoints`, 'endpoints')).toEqual([]);
  const renamed = await filter('PATCH', `/endpoint_groups/${id}`, { endpoint_group: { name: 'other' } });
  expect(renamed.body).toMatchObject({ endpoint_group: { name: 'other', filters: { service_id: service.id } } });
  expect((await filter('DELETE', `/endpoint_groups/${id}`)).status).toBe(204);
});

test('what is not there is given to nobody, and each change is in the audit log', async () => {
  const { shown } = await makeService();
  const { project } = await makeMember();
  const { id: group } = await makeGroup({ interface: 'public' });
  expect((await filter('PUT', `/projects/${randomUUID()}/endpoints/${shown.id}`)).status).toBe(404);
  expect((await filter('PUT', `/projects/${project.id}/endpoints/${randomUUID()}`)).status).toBe(404);
  expect((await filter('PUT', `/endpoint_groups/${randomUUID()}/projects/${project.id}`)).status).toBe(404);
  expect((await filter('GET', `/projects/${randomUUID()}/endpoints`)).status).toBe(404);
  expect((await filter('GET', `/endpoints/${randomUUID()}/projects`)).status).toBe(404);
  expect((await filter('PUT', `/projects/${project.id}/endpoints/${shown.id}`)).status).toBe(204);
  expect((await filter('PUT', `/endpoint_groups/${group}/projects/${project.id}`)).status).toBe(204);
  const where = { resourceId: { in: [shown.id, group] }, outcome: 'done' };
  const lines = await cloud.core.database.prisma.auditLine.findMany({ where });
  const detail = `in the catalog of the project ${project.name}`;
  const told = lines.map(({ action, resourceId, detail }) => ({ action, resourceId, detail }));
  expect(told).toHaveLength(3);
  expect(told).toEqual(
    expect.arrayContaining([
      { action: 'endpoint-group:create', resourceId: group, detail: null },
      { action: 'endpoint-filter:create', resourceId: shown.id, detail },
      { action: 'endpoint-filter:create', resourceId: group, detail },
    ]),
  );
});
