import type { Failure } from '@unkai/contracts/errors';
import { type DiskFormat, diskFormat, type ImageState, imageState } from '@unkai/contracts/resources/image';
import type { Database, Unit } from '../database/database.ts';
import { emit } from '../events.ts';

/** An image as its workflows see it. */
export interface ImageLife {
  readonly id: string;
  readonly name: string;
  readonly projectId: string | null;
  readonly state: ImageState;
  readonly diskFormat: DiskFormat;
  /** What its owner said that the bytes' digest is. */
  readonly sha256: string | null;
}

/** Reads an image for a step; null when it is gone. */
export async function readImageLife({ kysely }: Database, id: string): Promise<ImageLife | null> {
  const row = await kysely
    .selectFrom('image')
    .select(['id', 'name', 'project_id as projectId', 'state', 'disk_format as diskFormat', 'sha256'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return { ...row, state: imageState.parse(row.state), diskFormat: diskFormat.parse(row.diskFormat) };
}

export interface ImageSettling {
  readonly imageId: string;
  readonly projectId: string | null;
  readonly from: readonly ImageState[];
  readonly to: ImageState;
  readonly failure?: Failure;
  readonly bytes?: { readonly sha256: string; readonly sizeBytes: number; readonly virtualSizeBytes: number };
}

/**
 * Moves an image to the state that an operation has led to, and tells live pages. Says whether it did. One that failed
 * holds no bytes, so its project pays for none.
 */
export async function settleImage({ tx }: Unit, settling: ImageSettling): Promise<boolean> {
  const { imageId, projectId, from, to, bytes } = settling;
  const reason = settling.failure === undefined ? null : JSON.stringify(settling.failure);
  const changed = await tx.$executeRaw`
    UPDATE image SET state = ${to}, failure = ${reason}::jsonb, updated_at = now(),
      sha256 = coalesce(${bytes?.sha256 ?? null}, sha256),
      size_bytes = CASE WHEN ${to} = 'error' THEN NULL ELSE coalesce(${bytes?.sizeBytes ?? null}::bigint, size_bytes) END,
      virtual_size_bytes = coalesce(${bytes?.virtualSizeBytes ?? null}::bigint, virtual_size_bytes)
    WHERE id = ${imageId}::uuid AND state = ANY(${[...from]})`;
  if (changed === 0) return false;
  await emit(tx, { projectId, noun: 'image', resourceId: imageId, kind: 'changed' });
  return true;
}

/** How many servers were made from an image and still stand on it. */
export function countServersOfImage({ prisma }: Database, imageId: string): Promise<number> {
  return prisma.server.count({ where: { imageId } });
}

/** Removes the row of an image. Harmless twice. */
export async function removeImage({ tx }: Unit, imageId: string, projectId: string | null): Promise<void> {
  const { count } = await tx.image.deleteMany({ where: { id: imageId } });
  if (count > 0) await emit(tx, { projectId, noun: 'image', resourceId: imageId, kind: 'deleted' });
}

/**
 * An image whose removal failed: one that servers stand on is usable again, which it never ceased to be for them; any
 * other shows why, and can be deleted again.
 */
export async function restoreImage(
  unit: Unit,
  imageId: string,
  projectId: string | null,
  reason: Failure,
): Promise<void> {
  const servers = await unit.tx.server.count({ where: { imageId } });
  const to = servers > 0 ? 'active' : 'error';
  await settleImage(unit, { imageId, projectId, from: ['deleting'], to, failure: reason });
}
