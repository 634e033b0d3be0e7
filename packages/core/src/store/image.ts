import { failure, UnkaiError } from '@unkai/contracts/errors';
import { notes, type PageQuery } from '@unkai/contracts/primitives';
import {
  diskFormat,
  type Image,
  imageCan,
  type imageCreate,
  imageState,
  imageTransitioning,
  type imageUpdate,
  imageVisibility,
} from '@unkai/contracts/resources/image';
import type { imageMemberState } from '@unkai/contracts/resources/image-member';
import { type Image as ImageRow, Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { spend } from '../quota/quota.ts';
import { startRun } from '../workflow/start.ts';
import { allowToGive } from './image-give.ts';
import { isImageShown } from './image-shown.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseInUse } from './refusal.ts';

export type ImageAction = `image:${'read' | 'update' | 'delete'}`;

/**
 * Looks an image up for an action; public ones are seen by everyone, and shared ones by the projects that they are
 * shared with (A24: on every way to them, this one).
 */
export async function findImage(call: Call, wanted: ImageAction, id: string): Promise<ImageRow> {
  const row = await call.core.database.prisma.image.findUnique({ where: { id } });
  return granted(call, wanted, row, {
    noun: 'image',
    id,
    projectId: row?.projectId ?? null,
    isShared: row !== null && (await isImageShown(call, row)),
    ...(row && { name: row.name }),
  });
}

/** What a project has said to images that are shared with it, for a list of these. */
export type MemberState = z.infer<typeof imageMemberState>;

type ImageQuery = PageQuery & {
  readonly projectId: string | null;
  readonly memberStates?: readonly MemberState[];
  /** Only those that others share with the project. */
  readonly isSharedOnly?: boolean;
};

/**
 * The images of a project that the caller was let into by `findPlace`, the public ones, and those shared with it that it
 * has accepted, or that it has said one of `memberStates` to; with null those of all projects, by `findEverywhere`.
 */
export async function listImages(call: Call, query: ImageQuery): Promise<Page<Image>> {
  const { after, orderBy, take } = pageRows(query);
  const { projectId, memberStates = ['accepted'], isSharedOnly = false } = query;
  const members = { some: { projectId: projectId ?? '', state: { in: [...memberStates] } } };
  const shared = { visibility: 'shared', members };
  const own = isSharedOnly ? [] : [{ projectId }, { visibility: 'public' }];
  const seen = projectId === null ? {} : { OR: [...own, shared] };
  const rows = await call.core.database.prisma.image.findMany({ where: { AND: [seen, after] }, orderBy, take });
  const operations = await operationsOf(call, rows);
  return pageOf(rows, query, (row) => viewImage(row, operations.get(row.id) ?? null));
}

/** Announces an image whose bytes will follow. Throws `quota_exceeded`, and `forbidden` for a public one of a tenant. */
export async function createImage(
  unit: Unit,
  call: Call,
  { sha256, loginUser, ...input }: z.infer<typeof imageCreate> & { readonly projectId: string },
): Promise<Image> {
  if (input.visibility === 'public') await grantedGlobally(call, 'image:publish');
  await spend(unit.tx, input.projectId, { images: 1 });
  const row = await unit.tx.image.create({
    data: { ...input, sha256: sha256 ?? null, loginUser: loginUser ?? null, state: 'queued' },
  });
  await record(unit, call, 'created', { row });
  return viewImage(row, null);
}

export async function updateImage(
  unit: Unit,
  call: Call,
  row: ImageRow,
  input: z.infer<typeof imageUpdate>,
): Promise<void> {
  const { name, description, minDiskGib, minMemoryMib, visibility, isProtected, tags, properties, projectId } = input;
  if (visibility === 'public' && row.visibility !== 'public') await grantedGlobally(call, 'image:publish');
  if (projectId !== undefined && projectId !== row.projectId) await allowToGive(unit, call, row, projectId);
  const data = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(minDiskGib !== undefined && { minDiskGib }),
    ...(minMemoryMib !== undefined && { minMemoryMib }),
    ...(visibility !== undefined && { visibility }),
    ...(isProtected !== undefined && { isProtected }),
    ...(projectId !== undefined && { projectId }),
    ...(tags !== undefined && { tags }),
    ...(properties !== undefined && { properties }),
  };
  const { count } = await unit.tx.image.updateMany({
    where: { id: row.id, projectId: row.projectId, state: { in: [...imageCan.update.states] } },
    data,
  });
  if (count === 0) throw notFound('image', row.id);
  await record(unit, call, 'changed', { row: { ...row, ...data }, was: row });
}

const mostUsersNamed = 20;

/** Begins to remove an image. Throws `in_use` while servers stand on it: their disks are layers over its bytes. */
export async function beginImageDelete(unit: Unit, call: Call, row: ImageRow): Promise<void> {
  const { tx } = unit;
  const { count } = await tx.image.updateMany({
    where: { id: row.id, isProtected: false },
    data: { state: 'deleting', failure: Prisma.DbNull },
  });
  if (count === 0) throw await protectedOrGone(unit, row.id);
  const servers = await tx.server.findMany({
    where: { imageId: row.id },
    select: { id: true, name: true, projectId: true },
    take: mostUsersNamed,
  });
  // Servers of other projects are nobody's business but theirs.
  const namable = servers.map(({ id, name, projectId }) =>
    projectId === row.projectId
      ? { field: id, message: `the server ${name} was made from it` }
      : { field: 'servers', message: 'a server of another project was made from it' },
  );
  refuseInUse('The image', namable);
  const isUnderWay = await tx.workflowRun.count({ where: { resourceId: row.id, name: 'image.delete', endedAt: null } });
  if (isUnderWay > 0) return;
  const { id, name, projectId } = row;
  const { core, requestId, actor } = call;
  const asked = { requestId, userId: actor.userId };
  const start = { resourceId: id, resourceName: name, projectId, ...asked, cancelsOthers: true };
  await startRun(unit, core, 'image.delete', start);
  await recordChange(unit, call, { action: 'image:delete', kind: 'changed', id, name, projectId, before: row });
}

async function protectedOrGone({ tx }: Unit, id: string): Promise<UnkaiError> {
  if ((await tx.image.count({ where: { id } })) === 0) return notFound('image', id);
  return new UnkaiError('forbidden', 'The image is protected against being deleted.', {
    next: 'Take the protection away first.',
  });
}

/** Reads an image again after a change that the caller was let do. */
export async function showImage(call: Call, id: string): Promise<Image> {
  const row = await call.core.database.prisma.image.findUnique({ where: { id } });
  if (row === null) throw notFound('image', id);
  return viewImage(row, (await operationsOf(call, [row])).get(id) ?? null);
}

/** The runs under way for images; most lists have no image in transition and ask nothing. */
async function operationsOf({ core }: Call, rows: readonly ImageRow[]): Promise<Map<string, string>> {
  const changing = rows.filter(({ state }) => imageTransitioning.includes(imageState.parse(state))).map(({ id }) => id);
  if (changing.length === 0) return new Map();
  const runs = await core.database.prisma.workflowRun.findMany({
    where: { resourceId: { in: changing }, endedAt: null },
    select: { id: true, resourceId: true },
    orderBy: { sequence: 'desc' },
  });
  return new Map(runs.map(({ id, resourceId }) => [resourceId, id]));
}

type Recorded = Pick<ImageRow, 'id' | 'name' | 'projectId'>;

interface Change {
  readonly row: Recorded;
  readonly was?: ImageRow | undefined;
}

const actions = { created: 'image:create', changed: 'image:update' } as const;

function record(unit: Unit, call: Call, kind: keyof typeof actions, { row, was }: Change) {
  const { id, name } = row;
  // Of one that is given away it is the project that had it which is told in its log.
  const { projectId } = was ?? row;
  const detail = projectId === row.projectId ? '' : `given to project ${row.projectId}`;
  const about = { id, name, projectId, detail, ...rowsOf(kind, row, was) };
  return recordChange(unit, call, { action: actions[kind], kind, ...about });
}

function viewImage(row: ImageRow, operationId: string | null): Image {
  const { id, projectId, name, description, architecture, minDiskGib, minMemoryMib, sha256, loginUser } = row;
  return {
    id,
    projectId,
    name,
    description,
    state: imageState.parse(row.state),
    failure: row.failure === null ? null : failure.parse(row.failure),
    visibility: imageVisibility.parse(row.visibility),
    diskFormat: diskFormat.parse(row.diskFormat),
    architecture,
    minDiskGib,
    minMemoryMib,
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    virtualSizeBytes: row.virtualSizeBytes === null ? null : Number(row.virtualSizeBytes),
    sha256,
    loginUser,
    tags: row.tags,
    properties: notes.parse(row.properties),
    isProtected: row.isProtected,
    operationId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
