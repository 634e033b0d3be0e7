import { Readable } from 'node:stream';
import type { ByteRange, ImageStore } from '@unkai/core/image/image-store';

const oneRange = /^bytes=(\d*)-(\d*)$/;

/**
 * The part that a Range header asks for (RFC 9110 §14.2): null for the whole, `unsatisfiable` for a part beyond the end.
 * Several parts at once, and forms we do not know, are answered with the whole, as the RFC allows.
 */
function requestedRange(header: string | null, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const [, from = '', to = ''] = oneRange.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  const last = to === '' || from === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  const first = from === '' ? Math.max(sizeBytes - Number(to), 0) : Number(from);
  if (from !== '' && to !== '' && Number(to) < first) return null;
  return first > last ? 'unsatisfiable' : { first, last };
}

/** Sends an image's bytes, all or the part asked for, as they come from the store. Throws `image_missing`. */
export async function imageBytes(images: ImageStore, id: string, rangeHeader: string | null): Promise<Response> {
  const sizeBytes = await images.size(id);
  const range = requestedRange(rangeHeader, sizeBytes);
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${id}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${sizeBytes}` } });
  }
  const stream = await images.read(id, range ?? undefined);
  const body = new Response(Readable.toWeb(stream)).body;
  if (range === null) return new Response(body, { headers: { ...headers, 'content-length': String(sizeBytes) } });
  return new Response(body, {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(range.last - range.first + 1),
      'content-range': `bytes ${range.first}-${range.last}/${sizeBytes}`,
    },
  });
}

/** Touches the body only when it is read: one that is refused unread is then drained, and its connection stays good. */
export async function* bytesOf(request: Request): AsyncGenerator<Uint8Array> {
  yield* request.body ?? [];
}
