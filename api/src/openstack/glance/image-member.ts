import { type ImageMember, imageMemberState } from '@unkai/contracts/resources/image-member';
import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { glanceTime } from './image-view.ts';

/** A member as version 2 has them. */
function memberView({ imageId, projectId, state, createdAt, updatedAt }: ImageMember) {
  return {
    image_id: imageId,
    member_id: projectId,
    status: state,
    created_at: glanceTime(createdAt),
    updated_at: glanceTime(updatedAt),
    schema: '/v2/schemas/member',
  };
}

const imageOf = (asked: Asked) => asked.id('image', 'image');
const memberOf = (asked: Asked) => asked.id('member', 'member');

async function list(asked: Asked): Promise<Answer> {
  const { items } = await asked.operations.imageMember.list({ id: imageOf(asked) });
  return { status: 200, body: { members: items.map(memberView), schema: '/v2/schemas/members' } };
}

async function show(asked: Asked): Promise<Answer> {
  const projectId = memberOf(asked);
  const { items } = await asked.operations.imageMember.list({ id: imageOf(asked) });
  const member = items.find((each) => each.projectId === projectId);
  if (member === undefined) throw notFound('member', projectId);
  return { status: 200, body: memberView(member) };
}

async function create(asked: Asked): Promise<Answer> {
  const { member } = await asked.body(z.strictObject({ member: z.string() }));
  const made = await asked.operations.imageMember.create({ id: imageOf(asked), projectId: member });
  return { status: 200, body: memberView(made) };
}

async function update(asked: Asked): Promise<Answer> {
  // Clients say once more whose answer it is; the path decides, as with Glance.
  const { status } = await asked.body(z.strictObject({ status: imageMemberState, member: z.string().optional() }));
  const place = { id: imageOf(asked), projectId: memberOf(asked) };
  return { status: 200, body: memberView(await asked.operations.imageMember.update({ ...place, state: status })) };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.imageMember.delete({ id: imageOf(asked), projectId: memberOf(asked) });
  return { status: 204 };
}

export const imageMemberRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2/images/:image/members', answer: list },
  { method: 'POST', path: '/v2/images/:image/members', answer: create },
  { method: 'GET', path: '/v2/images/:image/members/:member', answer: show },
  { method: 'PUT', path: '/v2/images/:image/members/:member', answer: update },
  { method: 'DELETE', path: '/v2/images/:image/members/:member', answer: remove },
];
