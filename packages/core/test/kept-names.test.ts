import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Core } from '../src/call.ts';
import { openDatabase } from '../src/database/database.ts';
import { ActorCache } from '../src/identity/actor-cache.ts';
import { authenticate } from '../src/identity/authenticate.ts';
import { newAuditId, type TokenFacts } from '../src/identity/token.ts';
import { describeToken, readCatalog } from '../src/store/token-description.ts';
import { identityRows } from './identity-rows.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

// `here` is a process that keeps names; `there` is another process of the installation, which changes them.
let opened: TestCore;
let here: Core & { actors: ActorCache };
let there: Core;
beforeAll(async () => {
  opened = await openTestCore();
  there = opened.core;
  const database = openDatabase(opened.services.databaseUrl);
  here = { ...there, database, actors: new ActorCache(database, there.log) };
});
afterAll(async () => {
  await here.actors.close();
  await here.database.close();
  await opened.close();
});

const within = { timeout: 900, interval: 10 };

async function foundToken() {
  const make = identityRows(there);
  const domain = await make.domain();
  const project = await make.project(domain.id);
  const user = await make.user(domain.id);
  await make.give('member', { userId: user.id }, { projectId: project.id });
  const { secret } = await make.session(user.id);
  const facts: TokenFacts = {
    userId: user.id,
    scope: { kind: 'project', projectId: project.id },
    methods: ['password'],
    issuedAt: Date.now(),
    expiresAt: Date.now() + 60_000,
    generation: 1,
    scopeGeneration: 0,
    credential: null,
    auditIds: [newAuditId()],
  };
  return { domain, project, user, found: { facts, actor: await authenticate(here, secret) } };
}

/** Whether two looks find the very same thing, which was therefore read once. */
async function isKept(look: () => Promise<unknown>): Promise<boolean> {
  const first = await look();
  return first === (await look());
}

test('what a token says of names is read once, and anew when one of them changes', async () => {
  const { domain, project, user, found } = await foundToken();
  const told = () => describeToken(here, found);
  await expect.poll(() => isKept(told)).toBe(true);
  expect(await told()).toMatchObject({ user: { name: user.name }, project: { name: project.name } });
  const name = randomUUID();
  await there.database.prisma.user.update({ where: { id: user.id }, data: { name } });
  await expect.poll(async () => (await told()).user.name, within).toBe(name);
  await there.database.prisma.project.update({ where: { id: project.id }, data: { name } });
  await expect.poll(async () => (await told()).project?.name, within).toBe(name);
  await there.database.prisma.domain.update({ where: { id: domain.id }, data: { name } });
  await expect.poll(async () => (await told()).project?.domain.name, within).toBe(name);
});

test('the catalog is read once, and anew when a service or an endpoint changes', async () => {
  const look = () => readCatalog(here, null);
  const urls = async () => (await look()).flatMap(({ endpoints }) => endpoints.map(({ url }) => url));
  const { prisma } = there.database;
  const service = await prisma.service.create({ data: { type: 'weather', name: 'Weather' } });
  await expect.poll(async () => (await look()).some(({ id }) => id === service.id), within).toBe(true);
  await expect.poll(() => isKept(look)).toBe(true);
  const [region] = await prisma.region.findMany({ take: 1 });
  const url = 'https://weather.example.org';
  const data = { serviceId: service.id, regionId: region?.id ?? null, interface: 'public', url };
  const endpoint = await prisma.endpoint.create({ data });
  await expect.poll(urls, within).toContain(url);
  await prisma.endpoint.delete({ where: { id: endpoint.id } });
  await expect.poll(urls, within).not.toContain(url);
  await prisma.service.delete({ where: { id: service.id } });
  await expect.poll(async () => (await look()).some(({ id }) => id === service.id), within).toBe(false);
});

test('what a project is shown is read once, and anew when something is given to it or taken away', async () => {
  const { prisma } = there.database;
  const { id: projectId } = (await foundToken()).project;
  const service = await prisma.service.create({ data: { type: 'tides', name: 'Tides' } });
  const place = { serviceId: service.id, interface: 'public', url: 'https://tides.example.org' };
  const [own, other] = [await prisma.endpoint.create({ data: place }), await prisma.endpoint.create({ data: place })];
  const shown = async () => {
    const endpoints = (await readCatalog(here, projectId)).flatMap((each) => each.endpoints);
    return endpoints.map(({ id }) => id).toSorted();
  };
  const both = [own.id, other.id].toSorted();
  await expect.poll(shown, within).toEqual(expect.arrayContaining(both));
  const given = await prisma.endpointProject.create({ data: { projectId, endpointId: own.id } });
  await expect.poll(shown, within).toEqual([own.id]);
  const group = await prisma.endpointGroup.create({ data: { name: 'tides', serviceId: service.id } });
  await prisma.endpointGroupProject.create({ data: { projectId, endpointGroupId: group.id } });
  await expect.poll(shown, within).toEqual(both);
  await prisma.endpointGroup.update({ where: { id: group.id }, data: { interface: 'admin' } });
  await expect.poll(shown, within).toEqual([own.id]);
  await prisma.endpointProject.delete({ where: { endpointId_projectId: given } });
  await expect.poll(shown, within).toEqual(expect.arrayContaining(both));
  await prisma.service.delete({ where: { id: service.id } });
  await expect.poll(shown, within).not.toContain(own.id);
});
