import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Failure, publicFailure, UnkaiError } from '@unkai/contracts/errors';
import { type ImageState, imageCan, imageState } from '@unkai/contracts/resources/image';
import { z } from 'zod';
import { notFound } from '../access.ts';
import type { Call, Core } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit } from '../database/database.ts';
import { isDatabaseAway } from '../database/database-away.ts';
import { emit } from '../events.ts';
import { limits, spend } from '../quota/quota.ts';
import { findImage } from '../store/image.ts';
import { startRun } from '../workflow/start.ts';
import type { ImageStore, ReceivedBytes } from './image-store.ts';

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
  /** Of this upload alone: once it is given up, nothing of it changes the image. */
  readonly token: string;
  readonly name: string;
  readonly projectId: string | null;
  readonly sha256: string | null;
  readonly reservedBytes: number;
}

/** The largest image of the installation itself, which no project's quota bounds: 1 TiB. */
const largestBytes = 1_099_511_627_776;
const lookAgainMs = 5_000;
/** Without a look for so long an upload is given up; so long it waits for a database that is away. */
const abandonedAfterMs = 60_000;
const uploading: ImageState = 'importing';
const givenUp = { state: 'error', uploadToken: null, sizeBytes: null };

/**
 * Takes the bytes of an announced image and starts its import, which checks them. The bytes are paid for before the first
 * one comes, and given back when the upload fails (A23); while they come, the image may be deleted and the sender lose
 * the right to send, and either ends the upload; a database that is away for less than a minute does not. Throws what a
 * lookup throws, `wrong_state` once there are bytes, `quota_exceeded`, `too_large`, `image_refused` for another digest
 * than declared, `disk_full`.
 */
export async function uploadImage(call: Call, upload: ImageUpload): Promise<UploadedImage> {
  const claim = await claimImage(call, upload);
  const watch = watchUpload(upload, claim);
  let received: ReceivedBytes | undefined;
  try {
    const limit = { limitBytes: claim.reservedBytes, signal: watch.signal };
    received = await upload.images.receive(claim.id, upload.bytes, limit);
    const { sizeBytes, sha256 } = received;
    checkDigest(claim, sha256);
    const operationId = await finishPatiently(call, claim, received);
    return { sizeBytes, sha256, operationId };
  } catch (thrown) {
    const error = brokenOff(isPastReservation(thrown, upload) ? pastQuota(thrown) : thrown);
    await failUpload(call.core, claim, publicFailure(error)).catch((cause: unknown) => {
      // Found by its silence later.
      call.core.log.warn({ err: cause, imageId: claim.id }, 'an upload that failed could not be given up');
    });
    throw error;
  } finally {
    watch.stop();
    await received?.discard();
  }
}

/** Of two uploads at once one gets the image; the reservation is the image's own size, where quota counts it. */
async function claimImage(call: Call, { imageId, declaredBytes }: ImageUpload): Promise<Claim> {
  const { id, name, projectId, sha256, state } = await findImage(call, 'image:update', imageId);
  const reservedBytes = declaredBytes ?? (await remainingBytes(call.core, projectId));
  const token = randomUUID();
  await commit(call.core.database, async (unit) => {
    const { count } = await unit.tx.image.updateMany({
      where: { id, state: { in: [...imageCan.upload.states] } },
      data: { state: uploading, uploadToken: token, sizeBytes: null, virtualSizeBytes: null },
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
    await unit.tx.$executeRaw`UPDATE image SET failure = NULL, updated_at = now() WHERE id = ${id}::uuid`;
    await emit(unit.tx, { projectId, noun: 'image', resourceId: id, kind: 'changed' });
  });
  return { id, token, name, projectId, sha256, reservedBytes };
}

/** All that the project has left, for a sender that does not say how much comes. `spend` checks it again under a lock. */
async function remainingBytes({ database }: Core, projectId: string | null): Promise<number> {
  if (projectId === null) return largestBytes;
  const quota = (await limits(database, { projectId, userId: null })).find(({ name }) => name === 'imageBytes');
  return Math.min(largestBytes, Math.max(0, (quota?.limit ?? 0) - (quota?.used ?? 0)));
}

/** Looks every few seconds whether the image still waits for these bytes and the sender may still send; keeps the claim alive. */
function watchUpload({ callAgain }: ImageUpload, { id, token }: Claim): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const look = async () => {
    const call = await callAgain();
    await findImage(call, 'image:update', id);
    // By the database's clock, by which it is given up.
    const kept = await call.core.database.prisma.$executeRaw`
      UPDATE image SET updated_at = now() WHERE id = ${id}::uuid AND upload_token = ${token}::uuid`;
    if (kept === 0) throw notFound('image', id);
  };
  const end = (reason: unknown) => {
    // Who cannot be asked has taken nothing away; the next look asks again, and nothing is finished unasked.
    if (!isDatabaseAway(reason)) controller.abort(reason);
  };
  const timer = setInterval(() => look().catch(end), lookAgainMs);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}

function checkDigest({ sha256 }: Claim, found: string): void {
  if (sha256 === null || sha256 === found) return;
  throw new UnkaiError('image_refused', `The bytes have the SHA-256 ${found}, but ${sha256} was declared.`, {
    next: 'Send the bytes again; if the digest stays the same, announce the image with the right one.',
  });
}

/** What took hours to come is not lost because the database restarts in the moment of its end. */
async function finishPatiently(call: Call, claim: Claim, received: ReceivedBytes): Promise<string> {
  const giveUpAt = performance.now() + abandonedAfterMs;
  for (;;) {
    try {
      return await finishUpload(call, claim, received);
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > giveUpAt) throw error;
      await sleep(1_000);
    }
  }
}

/** The bytes become the image's while its row is held: who had it before, or gets it after, writes none of them. */
async function finishUpload(call: Call, claim: Claim, received: ReceivedBytes): Promise<string> {
  const { id, token, name, projectId } = claim;
  const { sizeBytes, sha256 } = received;
  return commit(call.core.database, async (unit) => {
    const begun = await unit.tx.workflowRun.findFirst({
      where: { resourceId: id, name: 'image.import', input: { path: ['upload'], equals: token } },
      select: { id: true },
    });
    // A commit of before of which nothing was heard.
    if (begun !== null) return begun.id;
    const { count } = await unit.tx.image.updateMany({
      where: { id, uploadToken: token },
      data: { sizeBytes, uploadToken: null },
    });
    if (count === 0) throw notFound('image', id);
    await received.keep();
    await recordChange(unit, call, {
      action: 'image:upload',
      kind: 'changed',
      id,
      name,
      projectId,
      detail: `${sizeBytes} bytes, SHA-256 ${sha256}`,
    });
    const { requestId } = call;
    const input = { sizeBytes, sha256, upload: token };
    const about = { resourceId: id, resourceName: name, projectId };
    return startRun(unit, call.core, 'image.import', { ...about, requestId, input });
  });
}

async function failUpload({ database }: Core, { id, token, projectId }: Claim, failure: Failure): Promise<void> {
  await commit(database, async ({ tx }) => {
    const { count } = await tx.image.updateMany({ where: { id, uploadToken: token }, data: { ...givenUp, failure } });
    if (count > 0) await emit(tx, { projectId, noun: 'image', resourceId: id, kind: 'changed' });
  });
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

const left = z.array(z.object({ id: z.string(), projectId: z.string().nullable() }));

/**
 * Gives up the uploads whose process died: nobody keeps their claim alive, and no import follows them. For a reconciler.
 * Gives how many there were.
 */
export async function failAbandonedUploads({ database }: Core): Promise<number> {
  const failure = publicFailure(
    new UnkaiError('cancelled', 'The upload broke off before its end.', { next: 'Send the bytes again.' }),
  );
  return commit(database, async ({ tx }) => {
    const images = left.parse(
      await tx.$queryRaw`
        UPDATE image SET state = ${givenUp.state}, upload_token = NULL, size_bytes = NULL, updated_at = now(),
          failure = ${JSON.stringify(failure)}::jsonb
        WHERE state = ${uploading} AND updated_at < now() - ${abandonedAfterMs} * interval '1 millisecond'
          AND NOT EXISTS (SELECT FROM workflow_run WHERE resource_id = image.id AND ended_at IS NULL)
        RETURNING id, project_id AS "projectId"`,
    );
    for (const { id, projectId } of images) {
      await emit(tx, { projectId, noun: 'image', resourceId: id, kind: 'changed' });
    }
    return images.length;
  });
}
