import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { UnkaiError } from '@unkai/contracts/errors';
import { id as idSchema } from '@unkai/contracts/primitives';

/** First and last byte of a part, both counted from 0 and both included, as in HTTP's Range. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface WriteLimits {
  readonly limitBytes: number;
  /** Stops the writing; nothing of it is kept. */
  readonly signal?: AbortSignal;
}

/** Bytes that have come, whole, and are nobody's yet. */
export interface ReceivedBytes {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Makes them the bytes of the image; harmless twice. Throws when others have been received for it since. */
  keep(): Promise<void>;
  /** Harmless when they are kept, or gone. */
  discard(): Promise<void>;
}

/** Where the bytes of images are: a folder, or an object store behind the same few verbs. Names are ids, never given. */
export interface ImageStore {
  /**
   * Takes a stream that may become the bytes of an image, whole or not at all; what came for it before and was not kept
   * goes. Throws `too_large` past the limit, `disk_full`, the signal's reason, and whatever the stream throws.
   */
  receive(id: string, bytes: AsyncIterable<Uint8Array>, limits: WriteLimits): Promise<ReceivedBytes>;
  /** Receives and keeps. Throws what `receive` throws. */
  write(
    id: string,
    bytes: AsyncIterable<Uint8Array>,
    limits: WriteLimits,
  ): Promise<Omit<ReceivedBytes, 'keep' | 'discard'>>;
  /** Size in bytes. Throws `image_missing`. */
  size(id: string): Promise<number>;
  /** Reads all or a part. Throws `image_missing`. The caller reads to the end or destroys the stream. */
  read(id: string, range?: ByteRange): Promise<Readable>;
  /** Harmless when there is nothing. */
  remove(id: string): Promise<void>;
  /** Ids of all that have bytes, also of what is still being written. */
  list(): Promise<string[]>;
}

const partSuffix = '.part';

/** An image store in a folder that only this user can read. What a crash left half-written goes at the next write. */
export function folderImageStore(folder: string): ImageStore {
  const file = (id: string) => join(folder, idSchema.parse(id));
  const receive: ImageStore['receive'] = async (id, bytes, limits) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await removeParts(folder, id);
    return receiveAs(file(id), bytes, limits);
  };
  return {
    receive,
    async write(id, bytes, limits) {
      const { sizeBytes, sha256, keep, discard } = await receive(id, bytes, limits);
      await keep().finally(discard);
      return { sizeBytes, sha256 };
    },
    async size(id) {
      return (await statOrMissing(file(id), id)).size;
    },
    async read(id, range) {
      await statOrMissing(file(id), id);
      return createReadStream(file(id), range ? { start: range.first, end: range.last } : {});
    },
    async remove(id) {
      await rm(file(id), { force: true });
      await removeParts(folder, id);
    },
    async list() {
      const names = await readdir(folder).catch(() => []);
      const ids = names.map((name) => (name.endsWith(partSuffix) ? name.slice(0, name.indexOf('.')) : name));
      return [...new Set(ids.filter((id) => idSchema.safeParse(id).success))];
    },
  };
}

async function removeParts(folder: string, id: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const parts = names.filter((name) => name.startsWith(`${idSchema.parse(id)}.`) && name.endsWith(partSuffix));
  for (const name of parts) await rm(join(folder, name), { force: true });
}

/** Under a name of its own until it is kept: a writer of before that still runs writes into nothing. */
async function receiveAs(file: string, bytes: AsyncIterable<Uint8Array>, limits: WriteLimits): Promise<ReceivedBytes> {
  const part = `${file}.${randomUUID()}${partSuffix}`;
  const discard = () => rm(part, { force: true });
  try {
    const written = await writePart(part, bytes, limits);
    let isKept = false;
    const keep = async () => {
      if (!isKept) await rename(part, file);
      isKept = true;
      await syncFolder(dirname(file));
    };
    return { ...written, keep, discard };
  } catch (error) {
    await discard();
    throw isDiskFull(error) ? new UnkaiError('disk_full', 'The image store is full.', { cause: error }) : error;
  }
}

/** Writes through to the disk: once the database says an image is there, a power cut must not take it away. */
async function writePart(part: string, bytes: AsyncIterable<Uint8Array>, { limitBytes, signal }: WriteLimits) {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const handle = await open(part, 'w', 0o600);
  try {
    for await (const chunk of bytes) {
      signal?.throwIfAborted();
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) throw new UnkaiError('too_large', `The image is larger than ${limitBytes} bytes.`);
      hash.update(chunk);
      await handle.appendFile(chunk);
    }
    signal?.throwIfAborted();
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function statOrMissing(path: string, id: string) {
  try {
    return await stat(path);
  } catch (cause) {
    throw new UnkaiError('image_missing', `The file of the image ${id} is not in the image store.`, { cause });
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
