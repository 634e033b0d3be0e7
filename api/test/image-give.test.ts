import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';
import { openstackOf } from './openstack.ts';

let cloud: Cloud;
let giver: Tenant;
let taker: Tenant;
let operator: string;
let member: string;
beforeAll(async () => {
  cloud = await openCloud();
  [giver, taker] = [await makeTenant(cloud), await makeTenant(cloud)];
  operator = (await makePerson(cloud, { system: 'admin' })).token;
  member = (await makePerson(cloud, { project: { id: giver.id, role: 'member' } })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const sizeBytes = 4096;

function makeActive(projectId: string | null, state = 'active') {
  const bytes = { sha256: 'a'.repeat(64), sizeBytes, virtualSizeBytes: sizeBytes };
  const data = { projectId, name: 'golden', diskFormat: 'raw', state, visibility: 'shared', ...bytes };
  return cloud.core.database.prisma.image.create({ data });
}

/** What `openstack image set --project … --accept` sends, one after the other. */
async function setAccepted(token: string, image: string, { id }: Tenant) {
  const glance = openstackOf(cloud, '/image', token);
  const path = `/v2/images/${image}`;
  const accepted = await glance('PUT', `${path}/members/${id}`, { body: { status: 'accepted', member: id } });
  const body = [{ op: 'replace', path: '/owner', value: id }];
  const headers = { 'content-type': 'application/openstack-images-v2.1-json-patch' };
  return { accepted, given: await glance('PATCH', path, { body, headers }) };
}

const usage = (imageId: string) =>
  cloud.core.database.prisma.usage.findMany({ where: { resourceId: imageId }, orderBy: { startedAt: 'asc' } });
const limit = z.object({ items: z.array(z.object({ name: z.string(), used: z.number() })) });
async function used(token: string, { id }: Tenant, name: string): Promise<number | undefined> {
  const told = await cloud.ask('GET', `/v1/limits?projectId=${id}`, { token });
  return limit.parse(told.body).items.find((each) => each.name === name)?.used;
}

test('an operator who accepts for another project gives it the image, as at Glance: it counts there from then on', async () => {
  const { id } = await makeActive(giver.id);
  await cloud.core.database.prisma.imageMember.create({ data: { imageId: id, projectId: taker.id } });
  const { accepted, given } = await setAccepted(operator, id, taker);
  expect(accepted.status, accepted.text).toBe(200);
  expect(given).toMatchObject({ status: 200, body: { id, owner: taker.id } });
  expect([await used(operator, giver, 'imageBytes'), await used(operator, taker, 'imageBytes')]).toEqual([
    0,
    sizeBytes,
  ]);
  const [before, since, ...more] = await usage(id);
  expect([before?.projectId, since?.projectId, more]).toEqual([giver.id, taker.id, []]);
  expect(before?.endedAt).toEqual(since?.startedAt);
  expect(since?.endedAt).toBeNull();
  expect((await cloud.ask('GET', `/v1/images/${id}`, { token: member })).status).toBe(404);
  const [line] = await cloud.core.database.prisma.auditLine.findMany({
    where: { resourceId: id, action: 'image:update' },
  });
  expect(line).toMatchObject({ projectId: giver.id, detail: `given to project ${taker.id}` });
});

test('nobody else gives one away, and nothing beyond the quota, of the installation or without bytes is given', async () => {
  const give = (image: string, token = operator, to = taker.id) =>
    cloud.ask('PATCH', `/v1/images/${image}`, { token, body: { projectId: to } });
  const { id } = await makeActive(giver.id);
  expect((await give(id, member)).status).toBe(403);
  expect(await give(id, member, giver.id)).toMatchObject({ status: 200, body: { projectId: giver.id } });
  expect((await give(id, operator, crypto.randomUUID())).status).toBe(404);
  const own = await makeActive(null);
  expect(await give(own.id)).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
  const { id: announced } = await cloud.core.database.prisma.image.create({
    data: { projectId: giver.id, name: 'announced', diskFormat: 'raw', state: 'queued' },
  });
  expect(await give(announced)).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
  const limits = { token: operator, body: { limits: { imageBytes: sizeBytes } } };
  expect((await cloud.ask('PATCH', `/v1/projects/${taker.id}/limits`, limits)).status).toBe(200);
  expect(await give(id)).toMatchObject({ body: { code: 'quota_exceeded', errors: [{ field: 'imageBytes' }] } });
  expect((await cloud.core.database.prisma.image.findUniqueOrThrow({ where: { id } })).projectId).toBe(giver.id);
  const unsaid = cloud.core.database.prisma.image.update({ where: { id }, data: { projectId: taker.id } });
  await expect(unsaid).rejects.toThrow(/never changes/);
});
