import { invalidInput, UnkaiError } from '@unkai/contracts/errors';
import { id as idSchema } from '@unkai/contracts/primitives';
import { imageCan, imageState } from '@unkai/contracts/resources/image';
import type { Call, Core } from '@unkai/core/call';
import type { ImageStore } from '@unkai/core/image/image-store';
import { uploadImage } from '@unkai/core/image/image-upload';
import { findImage } from '@unkai/core/store/image';
import { type Context, Hono } from 'hono';
import type { CallOf } from './call-of.ts';
import { bytesOf, imageBytes } from './image-bytes.ts';
import { problemResponse, requestIdOf } from './problem.ts';

export interface FilesDoorOptions {
  readonly images: ImageStore;
  readonly callOf: CallOf;
}

const bytesType = 'application/octet-stream';

/** The bytes of images: they stream through, and so have a door beside the procedures, under the same rules. */
export function filesDoor(core: Core, { images, callOf }: FilesDoorOptions): Hono {
  const door = new Hono();

  door.put('/v1/images/:id/file', async (context) => {
    const call = await callOf(context);
    const { raw } = context.req;
    if (raw.headers.get('content-type')?.toLowerCase() !== bytesType) {
      throw new UnkaiError('unsupported_media_type', 'The bytes of an image are sent as application/octet-stream.', {
        next: `Send "Content-Type: ${bytesType}".`,
      });
    }
    const uploaded = await uploadImage(call, {
      imageId: imageId(context),
      images,
      bytes: bytesOf(raw),
      declaredBytes: declaredLength(raw.headers),
      callAgain: () => callOf(context),
    });
    return context.json(uploaded, 202);
  });

  door.get('/v1/images/:id/file', async (context) => {
    const call = await callOf(context);
    const id = imageId(context);
    await requireReadable(call, id);
    return imageBytes(images, id, context.req.raw.headers.get('range'));
  });

  door.onError((error, context) => {
    const response = problemResponse(error, requestIdOf(context.req.raw.headers), core.log);
    // Of an upload that is given up half-way the rest is still on its way: nothing else can come over this connection.
    if (context.req.method === 'PUT') response.headers.set('connection', 'close');
    return response;
  });
  return door;
}

async function requireReadable(call: Call, id: string): Promise<void> {
  const image = await findImage(call, 'image:read', id);
  const state = imageState.parse(image.state);
  if (!imageCan.boot({ state })) throw new UnkaiError('wrong_state', 'The image has no bytes that can be read yet.');
}

function imageId(context: Context): string {
  const parsed = idSchema.safeParse(context.req.param('id'));
  if (!parsed.success) throw invalidInput(parsed.error, 'id');
  return parsed.data;
}

function declaredLength(headers: Headers): number | null {
  const given = headers.get('content-length');
  return given === null ? null : Number(given);
}
