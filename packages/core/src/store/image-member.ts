import { UnkaiError } from '@unkai/contracts/errors';
import {
  type ImageMember,
  imageMemberLimit,
  imageMemberState,
  type imageMemberUpdate,
} from '@unkai/contracts/resources/image-member';
import type { Image as ImageRow, ImageMember as MemberRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { emit } from '../events.ts';
import { isImageShown } from './image-shown.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';

/** Looks an image up for what its project does with its members. */
export async function findSharedImage(
  call: Call,
  wanted: `image-member:${'read' | 'create' | 'delete'}`,
  id: string,
): Promise<ImageRow> {
  const row = await call.core.database.prisma.image.findUnique({ where: { id } });
  const isShared = row !== null && (await isImageShown(call, row));
  const name = row && { name: row.name };
  return granted(call, wanted, row, { noun: 'image', id, projectId: row?.projectId ?? null, isShared, ...name });
}

/** The members of an image: all for those who are in its project, and for others what concerns projects of theirs. */
export async function listMembers(call: Call, { id, projectId }: ImageRow): Promise<ImageMember[]> {
  const { actor, core } = call;
  const seesAll = allows(actor, 'image-member:read', projectId);
  const own = [...actor.projectRoles.keys()].filter((each) => allows(actor, 'image-member:read', each));
  const rows = await core.database.prisma.imageMember.findMany({
    where: { imageId: id, ...(!seesAll && { projectId: { in: own } }) },
    orderBy: [{ createdAt: 'asc' }, { projectId: 'asc' }],
  });
  return rows.map(viewMember);
}

/** Throws `wrong_state` unless the image is shared, and `conflict` when the project is a member already. */
export async function createMember(unit: Unit, call: Call, row: ImageRow, projectId: string): Promise<ImageMember> {
  if (projectId === row.projectId)
    throw refuseField(
      'projectId',
      'is the project that the image belongs to',
      'Choose another project; this one has the image already.',
    );
  // Locks the image: who counts next counts this one too, and nobody makes it private meanwhile.
  const { count } = await unit.tx.image.updateMany({
    where: { id: row.id, visibility: 'shared' },
    data: { updatedAt: row.updatedAt },
  });
  if (count === 0) {
    throw new UnkaiError('wrong_state', `Only shared images have members. It is ${row.visibility}.`, {
      next: 'Set its visibility to "shared" first.',
    });
  }
  if ((await unit.tx.imageMember.count({ where: { imageId: row.id } })) >= imageMemberLimit) {
    throw new UnkaiError('quota_exceeded', `An image can be shared with ${imageMemberLimit} projects.`, {
      next: 'Take it from a project first, or ask an operator to make it public.',
    });
  }
  const made = unit.tx.imageMember.create({ data: { imageId: row.id, projectId } });
  const member = await refuseDuplicate(made, {
    field: 'projectId',
    message: 'The image is shared with this project already.',
    fix: 'Nothing is left to do.',
  });
  await record(unit, call, { verb: 'create', row, projectId, detail: `shared with project ${projectId}` });
  return viewMember(member);
}

/** Throws `not_found` when the project is no member. */
export async function deleteMember(unit: Unit, call: Call, row: ImageRow, projectId: string): Promise<void> {
  const { count } = await unit.tx.imageMember.deleteMany({ where: { imageId: row.id, projectId } });
  if (count === 0) throw notFound('member', projectId);
  await record(unit, call, { verb: 'delete', row, projectId, detail: `taken from project ${projectId}` });
}

type Membership = MemberRow & { readonly image: ImageRow };

/** Looks up what a project may answer to: that an image is shared with it. Whose image it is sees it and cannot answer. */
export async function findMembership(call: Call, id: string, projectId: string): Promise<Membership> {
  const where = { imageId_projectId: { imageId: id, projectId }, image: { visibility: 'shared' } };
  const row = await call.core.database.prisma.imageMember.findUnique({ where, include: { image: true } });
  const isShared = row !== null && allows(call.actor, 'image-member:read', row.image.projectId);
  const name = row && { name: row.image.name };
  return granted(call, 'image-member:update', row, { noun: 'image', id, projectId, isShared, ...name });
}

export async function updateMember(
  unit: Unit,
  call: Call,
  { imageId, projectId, image }: Membership,
  { state }: z.output<typeof imageMemberUpdate>,
): Promise<ImageMember> {
  const where = { imageId_projectId: { imageId, projectId } };
  const row = await unit.tx.imageMember.update({ where, data: { state } });
  await record(unit, call, { verb: 'update', row: image, projectId, detail: `project ${projectId}: ${state}` });
  return viewMember(row);
}

interface Change {
  readonly verb: 'create' | 'update' | 'delete';
  readonly row: ImageRow;
  readonly projectId: string;
  readonly detail: string;
}

/** Both projects hear of it: the image appears in the lists of the one, and the other is shown who has it. */
async function record(unit: Unit, call: Call, { verb, row, projectId, detail }: Change): Promise<void> {
  const { id, name } = row;
  const place = verb === 'update' ? projectId : row.projectId;
  await recordChange(unit, call, {
    action: `image-member:${verb}`,
    kind: 'changed',
    id,
    name,
    detail,
    projectId: place,
  });
  for (const each of [row.projectId, projectId]) {
    await emit(unit.tx, { projectId: each, noun: 'image', resourceId: id, kind: 'changed' });
  }
}

function viewMember({ imageId, projectId, state, createdAt, updatedAt }: MemberRow): ImageMember {
  return {
    imageId,
    projectId,
    state: imageMemberState.parse(state),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
