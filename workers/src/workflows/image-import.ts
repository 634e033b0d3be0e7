import { createHash } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import { sha256 } from '@unkai/contracts/primitives';
import { inspectImage, type ReadAt } from '@unkai/core/image/image-format';
import type { ImageStore } from '@unkai/core/image/image-store';
import { readImageLife, settleImage } from '@unkai/core/store/image-lifecycle';
import { defineWorkflow, giving, type StepContext, step, type Workflow } from '@unkai/core/workflow/definition';
import { z } from 'zod';

const inspected = z.object({ sizeBytes: z.number().int(), virtualSizeBytes: z.number().int() });
const digested = z.object({ sha256 });
/** What the upload counted while the bytes came. */
const uploaded = z.object({ sha256: sha256.optional() });

/** Judges the bytes that lie in the image store, and makes the image one that servers can be made from. */
export function imageImport(images: ImageStore): Workflow {
  const inspect = step('image.inspect', 'Look at its format', giving(inspected, inspectBytes), removeBytes);
  const digest = step('image.digest', 'Check that every byte arrived', giving(digested, digestBytes));

  async function inspectBytes({ core, run }: StepContext) {
    const image = await requireImage({ core, run });
    const sizeBytes = await images.size(image.id);
    const readAt = readerOf(images, image.id, sizeBytes);
    return { sizeBytes, ...(await inspectImage({ declared: image.diskFormat, sizeBytes, readAt })) };
  }

  async function digestBytes(context: StepContext) {
    const { core, run, resultOf } = context;
    const image = await requireImage({ core, run });
    const found = await readDigest(images, context, resultOf(inspect).sizeBytes);
    for (const expected of [image.sha256, uploaded.parse(run.input).sha256]) {
      if (expected == null || expected === found) continue;
      throw new UnkaiError('image_corrupt', `The bytes have the SHA-256 ${found}, but ${expected} was expected.`);
    }
    return { sha256: found };
  }

  async function activate({ commit, run, resultOf }: StepContext): Promise<void> {
    const bytes = { ...resultOf(inspect), ...resultOf(digest) };
    const { resourceId: imageId, projectId } = run;
    await commit((unit) =>
      settleImage(unit, { imageId, projectId, from: ['importing', 'queued'], to: 'active', bytes }),
    );
  }

  // By now the image shows its failure, or is being deleted. Bytes of one that became active, or is being sent anew,
  // are not this run's to remove.
  async function removeBytes({ core, run }: StepContext): Promise<void> {
    const image = await readImageLife(core.database, run.resourceId);
    if (image?.state === 'active' || image?.state === 'importing') return;
    await images.remove(run.resourceId);
  }

  return defineWorkflow('image.import', {
    steps: [inspect, digest, step('image.activate', 'Make it usable', activate)],
    onFailure: async (unit, { resourceId: imageId, projectId }, failure) => {
      await settleImage(unit, { imageId, projectId, from: ['importing', 'queued'], to: 'error', failure });
    },
  });
}

async function requireImage({ core, run }: Pick<StepContext, 'core' | 'run'>) {
  const image = await readImageLife(core.database, run.resourceId);
  if (image === null) throw new UnkaiError('not_found', `The image ${run.resourceName} is gone.`);
  return image;
}

function readerOf(images: ImageStore, id: string, sizeBytes: number): ReadAt {
  return async (offset, length) => {
    const last = Math.min(offset + length, sizeBytes) - 1;
    if (last < offset) return Buffer.alloc(0);
    const parts: Uint8Array[] = [];
    for await (const part of await images.read(id, { first: offset, last }))
      parts.push(z.instanceof(Uint8Array).parse(part));
    return Buffer.concat(parts);
  };
}

const mebibyte = 1024 ** 2;
const showEveryMs = 1_000;

async function readDigest(images: ImageStore, context: StepContext, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256');
  let read = 0;
  let shownAt = Date.now();
  for await (const part of await images.read(context.run.resourceId)) {
    context.signal.throwIfAborted();
    const bytes = z.instanceof(Uint8Array).parse(part);
    hash.update(bytes);
    read += bytes.length;
    if (Date.now() - shownAt < showEveryMs) continue;
    shownAt = Date.now();
    await context.progress(`${Math.floor(read / mebibyte)} of ${Math.ceil(sizeBytes / mebibyte)} MiB`);
  }
  return hash.digest('hex');
}
