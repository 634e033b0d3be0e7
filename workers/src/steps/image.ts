import { UnkaiError } from '@unkai/contracts/errors';
import { imageCan } from '@unkai/contracts/resources/image';
import { announceImage, readHostImage } from '@unkai/core/store/host-image';
import { readImageLife } from '@unkai/core/store/image-lifecycle';
import { readServerImageId } from '@unkai/core/store/server-lifecycle';
import { nap, type StepContext } from '@unkai/core/workflow/definition';
import { z } from 'zod';
import { placedServer, reported, silentHost } from './host-wait.ts';

/**
 * Waits until the host has the image in its cache. It has no undo: the cache is the host's, other servers may stand on
 * the image by now, and it goes with the image.
 */
export async function ensureImage(context: StepContext) {
  const { host } = await placedServer(context);
  return ensureImageOn(context, host);
}

/** The same for a host that the server is not on yet. */
export async function ensureImageOn(context: StepContext, host: { readonly id: string; readonly isUp: boolean }) {
  const { core, run } = context;
  const imageId = await readServerImageId(core.database, run.resourceId);
  const image = imageId === null ? null : await readImageLife(core.database, imageId);
  if (image === null || !imageCan.boot(image)) {
    throw new UnkaiError('image_missing', `The image ${image?.name ?? ''} is not there any more.`);
  }
  const look = () => readHostImage(core.database, host.id, image.id);
  if ((await look())?.state === 'present') return undefined;
  await context.once(z.object({ imageId: z.string() }), async (unit) => {
    await announceImage(unit, core, { imageId: image.id, hostId: host.id, requestId: run.requestId });
    return { imageId: image.id };
  });
  const cached = await look();
  if (cached?.state === 'present') return undefined;
  if (cached?.state === 'failed') throw reported(cached.failure);
  const until = { noun: 'image', id: image.id, generation: 0 } as const;
  return nap({ progress: host.isUp ? (cached?.progress ?? null) : silentHost, until });
}
