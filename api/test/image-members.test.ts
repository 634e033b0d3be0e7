import { randomUUID } from 'node:crypto';
import { imageMemberLimit } from '@unkai/contracts/resources/image-member';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { makeImage } from './installation.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let owner: Tenant;
let friend: Tenant;
let stranger: Tenant;
const tokens: Record<'owner' | 'friend' | 'reader' | 'stranger', string> = {
  owner: '',
  friend: '',
  reader: '',
  stranger: '',
};

beforeAll(async () => {
  cloud = await openCloud();
  [owner, friend, stranger] = [await makeTenant(cloud), await makeTenant(cloud), await makeTenant(cloud)];
  const tokenOn = async ({ id }: Tenant, role: 'reader' | 'member') =>
    makeToken(cloud.core, (await makePerson(cloud, { project: { id, role } })).id, {});
  tokens.owner = await tokenOn(owner, 'member');
  tokens.friend = await tokenOn(friend, 'member');
  tokens.reader = await tokenOn(friend, 'reader');
  tokens.stranger = await tokenOn(stranger, 'member');
});
afterAll(() => cloud[Symbol.asyncDispose]());

type Who = keyof typeof tokens;
const ask = (who: Who, method: string, path: string, body?: object) =>
  cloud.ask(method, `/v1${path}`, { token: tokens[who], ...(body && { body }) });
const statusOf = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status;
const glanceOf = (who: Who): Ask => openstackOf(cloud, '/image', tokens[who]);

const listed = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
async function idsSeenBy(who: Who, { id }: Tenant): Promise<string[]> {
  return listed.parse((await ask(who, 'GET', `/projects/${id}/images`)).body).items.map((each) => each.id);
}

async function makeShared(visibility = 'shared'): Promise<string> {
  const body = { name: 'golden', diskFormat: 'raw', visibility };
  const made = await ask('owner', 'POST', `/projects/${owner.id}/images`, body);
  expect(made.status, made.text).toBe(201);
  return z.looseObject({ id: z.string() }).parse(made.body).id;
}

describe('A24: an image that is shared', () => {
  test('is seen by the projects that it is shared with and by no other, and listed where it was accepted', async () => {
    const id = await makeShared();
    expect(await statusOf('friend', 'GET', `/images/${id}`)).toBe(404);
    const made = await ask('owner', 'POST', `/images/${id}/members`, { projectId: friend.id });
    expect(made).toMatchObject({ status: 201, body: { imageId: id, projectId: friend.id, state: 'pending' } });
    expect(await statusOf('friend', 'GET', `/images/${id}`)).toBe(200);
    expect(await statusOf('stranger', 'GET', `/images/${id}`)).toBe(404);
    expect(await idsSeenBy('friend', friend)).not.toContain(id);

    // What it was offered, without its own images and the public ones.
    const own = await ask('friend', 'POST', `/projects/${friend.id}/images`, { name: 'own', diskFormat: 'raw' });
    const ofState = async (state: string) =>
      listed
        .parse((await ask('friend', 'GET', `/projects/${friend.id}/images?memberState=${state}`)).body)
        .items.map((each) => each.id);
    expect(own.status).toBe(201);
    expect(await ofState('pending')).toEqual([id]);
    expect(await ofState('accepted')).toEqual([]);

    const answer = (who: Who, state: string) => statusOf(who, 'PATCH', `/images/${id}/members/${friend.id}`, { state });
    expect(await answer('reader', 'accepted')).toBe(403);
    expect(await answer('owner', 'accepted')).toBe(403);
    expect(await answer('stranger', 'accepted')).toBe(404);
    expect(await answer('friend', 'accepted')).toBe(200);
    expect(await idsSeenBy('friend', friend)).toContain(id);
    expect(await ofState('accepted')).toEqual([id]);
    expect(await idsSeenBy('stranger', stranger)).not.toContain(id);
    expect(await answer('friend', 'rejected')).toBe(200);
    expect(await idsSeenBy('friend', friend)).not.toContain(id);
  });

  test('is changed, shared on and deleted by its own project alone', async () => {
    const id = await makeShared();
    await ask('owner', 'POST', `/images/${id}/members`, { projectId: friend.id });
    expect(await statusOf('friend', 'PATCH', `/images/${id}`, { name: 'mine' })).toBe(403);
    expect(await statusOf('friend', 'DELETE', `/images/${id}`)).toBe(403);
    expect(await statusOf('friend', 'POST', `/images/${id}/members`, { projectId: stranger.id })).toBe(403);
    expect(await statusOf('friend', 'DELETE', `/images/${id}/members/${friend.id}`)).toBe(403);
    expect(await statusOf('stranger', 'POST', `/images/${id}/members`, { projectId: stranger.id })).toBe(404);
  });

  test('tells a member nothing of the others', async () => {
    const id = await makeShared();
    for (const { id: projectId } of [friend, stranger]) {
      await ask('owner', 'POST', `/images/${id}/members`, { projectId });
    }
    const membersFor = async (who: Who) =>
      z
        .object({ items: z.array(z.looseObject({ projectId: z.string() })) })
        .parse((await ask(who, 'GET', `/images/${id}/members`)).body)
        .items.map(({ projectId }) => projectId);
    expect(await membersFor('owner')).toEqual([friend.id, stranger.id]);
    expect(await membersFor('friend')).toEqual([friend.id]);
  });

  test('is gone for a member the moment it is taken away, or made private', async () => {
    const id = await makeShared();
    const share = () => statusOf('owner', 'POST', `/images/${id}/members`, { projectId: friend.id });
    expect(await share()).toBe(201);
    expect(await share()).toBe(409);
    expect(await statusOf('owner', 'DELETE', `/images/${id}/members/${friend.id}`)).toBe(204);
    expect(await statusOf('friend', 'GET', `/images/${id}`)).toBe(404);
    expect(await statusOf('owner', 'DELETE', `/images/${id}/members/${friend.id}`)).toBe(404);
    expect(await share()).toBe(201);
    await ask('owner', 'PATCH', `/images/${id}`, { visibility: 'private' });
    expect(await statusOf('friend', 'GET', `/images/${id}`)).toBe(404);
    expect(await statusOf('friend', 'PATCH', `/images/${id}/members/${friend.id}`, { state: 'accepted' })).toBe(404);
  });

  test('makes servers in a project that it is shared with, and in no other', async () => {
    const { flavor } = await makeParts(cloud);
    const { prisma } = cloud.core.database;
    const image = await makeImage(cloud.core, owner.id);
    await prisma.image.update({ where: { id: image.id }, data: { visibility: 'shared' } });
    await ask('owner', 'POST', `/images/${image.id}/members`, { projectId: friend.id });
    const create = (who: Who, { id }: Tenant) =>
      ask(who, 'POST', `/projects/${id}/servers`, { name: 'web', imageId: image.id, flavorId: flavor.id });
    expect((await create('friend', friend)).status).toBe(201);
    expect(await create('stranger', stranger)).toMatchObject({ status: 400, body: { errors: [{ field: 'imageId' }] } });
    // Who has roles in both makes it in that project all the same.
    const both = await makePerson(cloud, { project: { id: friend.id, role: 'member' } });
    await prisma.roleAssignment.create({
      data: { userId: both.id, projectId: stranger.id, roleId: (await memberRole()).id },
    });
    const body = { name: 'web', imageId: image.id, flavorId: flavor.id };
    const token = await makeToken(cloud.core, both.id, {});
    expect((await cloud.ask('POST', `/v1/projects/${stranger.id}/servers`, { token, body })).status).toBe(400);
  });
});

const memberRole = () => cloud.core.database.prisma.role.findFirstOrThrow({ where: { name: 'member' } });

describe('what is refused', () => {
  test('members of an image that is not shared, its own project, and what is no project’s id', async () => {
    const id = await makeShared('private');
    const share = (projectId: string) => ask('owner', 'POST', `/images/${id}/members`, { projectId });
    expect(await share(friend.id)).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    expect(await share(owner.id)).toMatchObject({ status: 400, body: { errors: [{ field: 'projectId' }] } });
    expect(await share('everybody')).toMatchObject({ status: 400, body: { errors: [{ field: 'projectId' }] } });
  });

  test('A60: whether there is such a project is not told', async () => {
    const id = await makeShared();
    const share = (projectId: string) => statusOf('owner', 'POST', `/images/${id}/members`, { projectId });
    expect([await share(stranger.id), await share(randomUUID())]).toEqual([201, 201]);
  });

  test('more members than an image may have, however many come at once', async () => {
    const id = await makeShared();
    const rows = Array.from({ length: imageMemberLimit - 1 }, () => ({ imageId: id, projectId: randomUUID() }));
    await cloud.core.database.prisma.imageMember.createMany({ data: rows });
    const share = () => statusOf('owner', 'POST', `/images/${id}/members`, { projectId: randomUUID() });
    const statuses = await Promise.all(Array.from({ length: 8 }, share));
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(await cloud.core.database.prisma.imageMember.count({ where: { imageId: id } })).toBe(imageMemberLimit);
  });
});

test('Glance’s clients share, accept, list and take back', async () => {
  const [own, theirs] = [glanceOf('owner'), glanceOf('friend')];
  const bare = { name: 'golden', disk_format: 'raw', container_format: 'bare', visibility: 'shared' };
  const made = await own('POST', '/v2/images', { body: bare });
  expect(made).toMatchObject({ status: 201, body: { visibility: 'shared' } });
  const { id } = z.looseObject({ id: z.string() }).parse(made.body);
  const members = `/v2/images/${id}/members`;
  const shared = await own('POST', members, { body: { member: friend.id } });
  expect(shared).toMatchObject({ status: 200, body: { image_id: id, member_id: friend.id, status: 'pending' } });
  expect((await own('POST', members, { body: { member: friend.id } })).status).toBe(409);
  const named = async (query: string) => (await theirs('GET', `/v2/images?visibility=shared${query}`)).text;
  expect(await named('')).not.toContain(id);
  expect(await named('&member_status=pending')).toContain(id);
  const accepted = await theirs('PUT', `${members}/${friend.id}`, { body: { status: 'accepted' } });
  expect(accepted).toMatchObject({ status: 200, body: { status: 'accepted', schema: '/v2/schemas/member' } });
  expect(await named('')).toContain(id);
  expect(await named('&member_status=all')).toContain(id);
  expect((await theirs('GET', '/v2/images?member_status=perhaps')).status).toBe(400);
  expect((await theirs('GET', `${members}/${friend.id}`)).body).toMatchObject({ member_id: friend.id });
  expect((await theirs('GET', `${members}/${randomUUID()}`)).status).toBe(404);
  expect((await own('GET', members)).body).toMatchObject({ members: [{ member_id: friend.id }] });
  expect((await theirs('GET', '/v2/schemas/members')).body).toMatchObject({ name: 'members' });
  expect((await own('DELETE', `${members}/${friend.id}`)).status).toBe(204);
  expect((await theirs('GET', `/v2/images/${id}`)).status).toBe(404);
});
