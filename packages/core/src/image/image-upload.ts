import { type Failure, publicFailure, UnkaiError } from '@unkai/contracts/errors';
import { type ImageState, imageCan, imageState } from '@unkai/contracts/resources/image';
import { notFound } from '../access.ts';
import type { Call, Core } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Unit } from '../database/database.ts';
import { emit } from '../events.ts';
import { limits, spend } from '../quota/quota.ts';
import { findImage } from '../store/image.ts';
import { startRun } from '../workflow/start.ts';
import type { ImageStore } from './image-store.ts';

export interface ImageUpload {
  readonly imageId: string;
  readonly images: ImageStore;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** From Content-Length; null when the sender does not know. */
  readonly declaredBytes: number | null;
  /** Who sends, as their credential shows now: it may be revoked while the bytes come. */
  readonly callAgain: () => Promise<Call>;
}

export interface UploadedImage {
  readonly operationId: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

interface Claim {
  readonly id: string;
  readonly name: string;
  readonly projectId: string | null;
  readonly sha256: string | null;
  readonly reservedBytes: number;
}

/** The largest image of the installation itself, which no project's quota bounds: 1 TiB. */
const largestBytes = 1_099_511_627_776;
const lookAgainMs = 5_000;
const uploading: ImageState = 'importing';

/**
 * Takes the bytes of an announced image and starts its import, which checks them. The bytes are paid for before the first
 * one comes, and given back when the upload fails (A23); while they come, the image may be deleted and the sender lose
 * the right to send, and either ends the upload. Throws what a lookup throws, `wrong_state` once there are bytes,
 * `quota_exceeded`, `too_large`, `image_refused` for another digest than declared, `disk_full`.
 */
export async function uploadImage(call: Call, upload: ImageUpload): Promise<UploadedImage> {
  const claim = await claimImage(call, upload);
  const watch = watchUpload(upload);
  try {
    const limit = { limitBytes: claim.reservedBytes, signal: watch.signal };
    const written = await upload.images.write(claim.id, upload.bytes, limit);
    checkDigest(claim, written.sha256);
    return { ...written, operationId: await finishUpload(call, claim, written) };
  } catch (thrown) {
    const error = isPastReservation(thrown, upload) ? pastQuota(thrown) : thrown;
    await failUpload(call.core, claim, publicFailure(brokenOff(error)));
    await upload.images.remove(claim.id);
    throw brokenOff(error);
  } finally {
    watch.stop();
  }
}

/** Of two uploads at once one gets the image; the reservation is the image's own size, where quota counts it. */
async function claimImage(call: Call, { imageId, declaredBytes }: ImageUpload): Promise<Claim> {
  const { id, name, projectId, sha256, state } = await findImage(call, 'image:update', imageId);
  const reservedBytes = declaredBytes ?? (await remainingBytes(call.core, projectId));
  await commit(call.core.database, async (unit) => {
    const { count } = await unit.tx.image.updateMany({
      where: { id, state: { in: [...imageCan.upload.states] } },
      data: { state: uploading, sizeBytes: null, virtualSizeBytes: null },
    });
    if (count === 0) {
      const reason = imageCan.upload.reason({ state: imageState.parse(state) });
      throw new UnkaiError('wrong_state', reason ?? 'The bytes of this image are being sent already.');
    }
    if (projectId !== null) await spend(unit.tx, projectId, { imageBytes: Math.max(reservedBytes, 1) });
    if (reservedBytes > largestBytes) {
      throw new UnkaiError('too_large', `An image may have at most ${largestBytes} bytes.`);
    }
    await unit.tx.image.update({ where: { id }, data: { sizeBytes: reservedBytes }, select: { id: true } });
    await unit.tx.$executeRaw`UPDATE image SET failure = NULL WHERE id = ${id}::uuid`;
    await emit(unit.tx, { projectId, noun: 'image', resourceId: id, kind: 'changed' });
  });
  return { id, name, projectId, sha256, reservedBytes };
}

/** All that the project has left, for a sender that does not say how much comes. `spend` checks it again under a lock. */
async function remainingBytes({ database }: Core, projectId: string | null): Promise<number> {
  if (projectId === null) return largestBytes;
  const quota = (await limits(database, { projectId, userId: null })).find(({ name }) => name === 'imageBytes');
  return Math.min(largestBytes, Math.max(0, (quota?.limit ?? 0) - (quota?.used ?? 0)));
}

/** Looks every few seconds whether the image still waits for bytes and the sender may still send; keeps the claim alive. */
function watchUpload({ imageId, callAgain }: ImageUpload): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const look = async () => {
    const call = await callAgain();
    await findImage(call, 'image:update', imageId);
    const { count } = await call.core.database.prisma.image.updateMany({
      where: { id: imageId, state: uploading },
      data: { updatedAt: new Date() },
    });
    if (count === 0) throw notFound('image', imageId);
  };
  const timer = setInterval(() => look().catch((reason: unknown) => controller.abort(reason)), lookAgainMs);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}

function checkDigest({ sha256 }: Claim, found: string): void {
  if (sha256 === null || sha256 === found) return;
  throw new UnkaiError('image_refused', `The bytes have the SHA-256 ${found}, but ${sha256} was declared.`, {
    next: 'Send the bytes again; if the digest stays the same, announce the image with the right one.',
  });
}

async function finishUpload(call: Call, claim: Claim, written: { sizeBytes: number; sha256: string }): Promise<string> {
  const { id, name, projectId } = claim;
  return commit(call.core.database, async (unit) => {
    const { count } = await unit.tx.image.updateMany({
      where: { id, state: uploading },
      data: { sizeBytes: written.sizeBytes },
    });
    if (count === 0) throw notFound('image', id);
    await recordChange(unit, call, {
      action: 'image:upload',
      kind: 'changed',
      id,
      name,
      projectId,
      detail: `${written.sizeBytes} bytes, SHA-256 ${written.sha256}`,
    });
    const { requestId } = call;
    return startRun(unit, call.core, 'image.import', {
      resourceId: id,
      resourceName: name,
      projectId,
      requestId,
      input: { ...written },
    });
  });
}

async function failUpload(core: Core, { id, projectId }: Pick<Claim, 'id' | 'projectId'>, failure: Failure) {
  await commit(core.database, (unit) => giveUp(unit, id, projectId, failure));
}

async function giveUp({ tx }: Unit, id: string, projectId: string | null, failure: Failure): Promise<void> {
  const { count } = await tx.image.updateMany({
    where: { id, state: uploading },
    data: { state: 'error', failure, sizeBytes: null },
  });
  if (count > 0) await emit(tx, { projectId, noun: 'image', resourceId: id, kind: 'changed' });
}

function isPastReservation(thrown: unknown, { declaredBytes }: ImageUpload): boolean {
  return declaredBytes === null && thrown instanceof UnkaiError && thrown.code === 'too_large';
}

function pastQuota(cause: unknown): UnkaiError {
  return new UnkaiError('quota_exceeded', 'The image is larger than the image bytes that the project has left.', {
    cause,
  });
}

/** A connection that breaks is no fault of ours and not worth more than a word. */
function brokenOff(thrown: unknown): unknown {
  if (thrown instanceof UnkaiError) return thrown;
  const isBroken = thrown instanceof Error && ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(codeOf(thrown));
  const isAborted = thrown instanceof Error && (thrown.name === 'AbortError' || /abort/i.test(thrown.message));
  if (!isBroken && !isAborted) return thrown;
  return new UnkaiError('cancelled', 'The upload broke off before its end.', {
    next: 'Send the bytes again.',
    cause: thrown,
  });
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const abandonedAfterMs = 60_000;

/**
 * Gives up the uploads whose process died: nobody keeps their claim alive, and no import follows them. For a reconciler.
 * Gives how many there were.
 */
export async function failAbandonedUploads(core: Core): Promise<number> {
  const abandoned = await core.database.kysely
    .selectFrom('image')
    .select(['id', 'project_id as projectId'])
    .where('state', '=', uploading)
    .where('updated_at', '<', new Date(Date.now() - abandonedAfterMs))
    .where((image) =>
      image.not(
        image.exists(
          image
            .selectFrom('workflow_run')
            .select('workflow_run.id')
            .whereRef('workflow_run.resource_id', '=', 'image.id')
            .where('workflow_run.ended_at', 'is', null),
        ),
      ),
    )
    .execute();
  const failure = publicFailure(
    new UnkaiError('cancelled', 'The upload broke off before its end.', { next: 'Send the bytes again.' }),
  );
  for (const image of abandoned) await failUpload(core, image, failure);
  return abandoned.length;
}
