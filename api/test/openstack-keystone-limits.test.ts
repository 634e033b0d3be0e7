import { randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';
import { askOpenstack } from './openstack-ask.ts';

let cloud: Cloud;
let tenant: Tenant;
let operator: string;
let serviceId: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  operator = (await makePerson(cloud, { system: 'admin' })).token;
  serviceId = (await cloud.core.database.prisma.service.create({ data: { type: 'queue', name: 'queue' } })).id;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown, token = operator) =>
  askOpenstack(cloud, method, `/identity/v3${path}`, { token, body });
const ids = (key: string, body: unknown) =>
  z.record(z.string(), z.unknown()).parse(body)[key] === undefined
    ? []
    : z.array(z.looseObject({ id: z.string() })).parse(z.record(z.string(), z.unknown()).parse(body)[key]);

async function register(resourceName = `things-${randomUUID()}`) {
  const wanted = { service_id: serviceId, resource_name: resourceName, default_limit: 10 };
  const told = await ask('POST', '/registered_limits', { registered_limits: [wanted] });
  expect(told.status, told.text).toBe(201);
  return { resourceName, id: ids('registered_limits', told.body)[0]?.id ?? '' };
}

const limitOf = (resourceName: string, more: object = {}) => ({
  limits: [{ service_id: serviceId, resource_name: resourceName, project_id: tenant.id, resource_limit: 5, ...more }],
});

test('the model is flat, and everyone may know', async () => {
  const { token } = await makePerson(cloud, {});
  expect((await ask('GET', '/limits/model', undefined, token)).body).toMatchObject({ model: { name: 'flat' } });
});

test('a limit is registered once for a service, shown to everyone, changed and removed', async () => {
  const { id, resourceName } = await register();
  const again = { service_id: serviceId, resource_name: resourceName, default_limit: 1 };
  expect((await ask('POST', '/registered_limits', { registered_limits: [again] })).status).toBe(409);
  const { token } = await makePerson(cloud, {});
  const shown = await ask('GET', `/registered_limits/${id}`, undefined, token);
  expect(shown.body).toMatchObject({
    registered_limit: { service_id: serviceId, region_id: null, resource_name: resourceName, default_limit: 10 },
  });
  const listed = await ask('GET', `/registered_limits?resource_name=${resourceName}`, undefined, token);
  expect(ids('registered_limits', listed.body)).toHaveLength(1);
  const changed = await ask('PATCH', `/registered_limits/${id}`, { registered_limit: { default_limit: 20 } });
  expect(changed.body).toMatchObject({ registered_limit: { default_limit: 20, resource_name: resourceName } });
  expect((await ask('DELETE', `/registered_limits/${id}`)).status).toBe(204);
  expect((await ask('GET', `/registered_limits/${id}`)).status).toBe(404);
});

test('a project has a limit of its own only of what is registered, once, and it keeps that registered', async () => {
  expect((await ask('POST', '/limits', limitOf('never'))).status).toBe(403);
  const { id: registered, resourceName } = await register();
  const made = await ask('POST', '/limits', limitOf(resourceName));
  expect(made.status, made.text).toBe(201);
  const id = ids('limits', made.body)[0]?.id ?? '';
  expect((await ask('POST', '/limits', limitOf(resourceName))).status).toBe(409);
  expect((await ask('DELETE', `/registered_limits/${registered}`)).status).toBe(403);
  const changed = await ask('PATCH', `/limits/${id}`, { limit: { resource_limit: -1 } });
  expect(changed.body).toMatchObject({ limit: { project_id: tenant.id, domain_id: null, resource_limit: -1 } });
  expect((await ask('DELETE', `/limits/${id}`)).status).toBe(204);
  expect((await ask('DELETE', `/registered_limits/${registered}`)).status).toBe(204);
});

test('A11: limits are seen by those who see their project or domain, and by nobody else', async () => {
  const { resourceName } = await register();
  const ofProject = ids('limits', (await ask('POST', '/limits', limitOf(resourceName))).body)[0]?.id ?? '';
  const other = { project_id: undefined, domain_id: 'default' };
  const ofDomain = ids('limits', (await ask('POST', '/limits', limitOf(resourceName, other))).body)[0]?.id ?? '';
  const seen = async (token: string) => {
    const told = await ask('GET', `/limits?resource_name=${resourceName}`, undefined, token);
    return ids('limits', told.body).map(({ id }) => id);
  };
  const inside = await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } });
  expect(await seen(inside.token)).toEqual([ofProject]);
  const reader = await makePerson(cloud, {});
  const roleId = builtInRoleIds.reader;
  await cloud.core.database.prisma.roleAssignment.create({
    data: { userId: reader.id, roleId, domainId: cloud.domainId },
  });
  expect((await seen(reader.token)).toSorted()).toEqual([ofProject, ofDomain].toSorted());
  const { token } = await makePerson(cloud, {});
  expect(await seen(token)).toEqual([]);
  expect((await ask('GET', `/limits/${ofProject}`, undefined, token)).status).toBe(404);
});

test('a domain reader reads their own domain, and no other', async () => {
  const reader = await makePerson(cloud, {});
  const roleId = builtInRoleIds.reader;
  const elsewhere = await cloud.core.database.prisma.domain.create({ data: { name: `domain-${randomUUID()}` } });
  await cloud.core.database.prisma.roleAssignment.create({
    data: { userId: reader.id, roleId, domainId: cloud.domainId },
  });
  expect((await ask('GET', '/domains/default', undefined, reader.token)).body).toMatchObject({
    domain: { id: 'default' },
  });
  expect(ids('domains', (await ask('GET', '/domains', undefined, reader.token)).body)).toHaveLength(1);
  expect((await ask('GET', `/domains/${elsewhere.id}`, undefined, reader.token)).status).toBe(404);
});

test('a project that acts as a domain is refused with a reason', async () => {
  const told = await ask('POST', '/projects', { project: { name: randomUUID(), is_domain: true } });
  expect(told.status).toBe(400);
  expect(told.text).toContain('is_domain');
});

test('what is registered goes with its service, and keeps its region', async () => {
  const { prisma } = cloud.core.database;
  const service = await prisma.service.create({ data: { type: 'dns', name: 'dns' } });
  const region = await prisma.region.create({ data: { id: `region-${randomUUID()}` } });
  const wanted = { service_id: service.id, region_id: region.id, resource_name: 'zones', default_limit: 1 };
  expect((await ask('POST', '/registered_limits', { registered_limits: [wanted] })).status).toBe(201);
  const limit = { ...limitOf('zones').limits[0], service_id: service.id, region_id: region.id };
  expect((await ask('POST', '/limits', { limits: [limit] })).status).toBe(201);
  expect((await ask('DELETE', `/regions/${region.id}`)).status).toBe(403);
  expect((await ask('DELETE', `/services/${service.id}`)).status).toBe(204);
  expect((await ask('DELETE', `/regions/${region.id}`)).status).toBe(204);
});
