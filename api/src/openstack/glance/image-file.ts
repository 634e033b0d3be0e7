import { setTimeout as pause } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import { imageCan } from '@unkai/contracts/resources/image';
import type { Call } from '@unkai/core/call';
import type { ImageStore } from '@unkai/core/image/image-store';
import { uploadImage } from '@unkai/core/image/image-upload';
import type { Context as HttpContext } from 'hono';
import { imageBytes } from '../../doors/image-bytes.ts';
import type { Answer, Asked, Route } from '../service.ts';

const bytesType = 'application/octet-stream';
const lookEveryMs = 100;
/** Clients of Glance expect the image to be ready when its bytes are taken; longer than this nobody waits. */
const patienceMs = 60_000;

export interface ImageFiles {
  readonly images: ImageStore;
  readonly callOf: (context: HttpContext) => Promise<Call>;
}

/** The bytes of images: taken and given by the same rules as on /v1. */
export function imageFileRoutes({ images, callOf }: ImageFiles): readonly Route[] {
  const upload = async (asked: Asked): Promise<Answer> => {
    const { request, call, context } = asked;
    const { headers } = request;
    if (headers.get('content-type')?.toLowerCase() !== bytesType) {
      throw new UnkaiError('unsupported_media_type', `The bytes of an image are sent as ${bytesType}.`);
    }
    const imageId = asked.id('image', 'image');
    const length = headers.get('content-length');
    const sent = { bytes: bytesOf(request), declaredBytes: length === null ? null : Number(length) };
    await uploadImage(call, { imageId, images, ...sent, callAgain: () => callOf(context) });
    await settled(asked, imageId);
    return { status: 204 };
  };
  const download = async (asked: Asked): Promise<Answer | Response> => {
    const image = await asked.operations.image.get({ id: asked.id('image', 'image') });
    if (!imageCan.boot(image)) return { status: 204 };
    return imageBytes(images, image.id, asked.request.headers.get('range'));
  };
  return [
    { method: 'PUT', path: '/v2/images/:image/file', answer: upload },
    { method: 'GET', path: '/v2/images/:image/file', answer: download },
  ];
}

/** Waits for the import that checks the bytes. Throws what it found wrong with them. */
async function settled({ operations }: Asked, id: string): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (Date.now() < giveUpAt) {
    const { state, failure } = await operations.image.get({ id });
    if (state === 'error' && failure !== null) {
      throw new UnkaiError(failure.code, failure.message, { next: failure.next });
    }
    if (state !== 'importing') return;
    await pause(lookEveryMs);
  }
}

/** Touches the body only when it is read: one that is refused unread is then drained. */
async function* bytesOf(request: Request): AsyncGenerator<Uint8Array> {
  yield* request.body ?? [];
}
