import { createHash } from 'node:crypto';
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredImageSpec } from '@unkai/contracts/host/desired-image';
import type { HostContext, ResourceContext } from '../context.ts';
import { ControlPlaneError } from '../control-plane.ts';
import { exclusively } from '../exclusive.ts';
import { hasErrorCode, namesIn } from '../files.ts';
import { requireFreeSpace } from './free-space.ts';
import type { Observed } from './observed.ts';

const attempts = 4;
const silenceLimitMs = 30_000;

/** Downloads under way, with all who wait for each, so that ten servers of one image fetch it once. */
type Download = {
  done: Promise<void>;
  watchers: Set<(words: string) => void>;
  /** Ends it when nobody waits for it any more. */
  unwanted: AbortController;
};
const downloads = new WeakMap<object, Map<string, Download>>();

/**
 * Brings an image into the host's cache: downloaded, its digest and header checked, and closed to writing. What is there
 * already is believed by its size; its digest was checked when it came. Throws `image_missing`, `image_corrupt`,
 * `image_refused`, `disk_full` or `unavailable`, and the signal's reason when that fires: a delete waits for no download.
 */
export async function ensure(context: ResourceContext, spec: DesiredImageSpec): Promise<Observed> {
  if ((await sizeOf(context.paths.image(spec.id))) === spec.sizeBytes) return {};
  const underWay = downloads.get(context.state) ?? new Map<string, Download>();
  downloads.set(context.state, underWay);
  context.signal.throwIfAborted();
  const download = underWay.get(spec.id) ?? begin(context, spec, underWay);
  download.watchers.add(context.progress);
  try {
    await unlessAborted(context.signal, download.done);
    return {};
  } finally {
    download.watchers.delete(context.progress);
    if (download.watchers.size === 0) {
      // Whoever wants it from now on begins anew, after this one has gone.
      if (underWay.get(spec.id) === download) underWay.delete(spec.id);
      download.unwanted.abort(new Error(`nobody waits for the image "${spec.name}" any more`));
    }
  }
}

/** What `work` gives or throws, or the signal's reason if that comes first. */
async function unlessAborted<Made>(signal: AbortSignal, work: Promise<Made>): Promise<Made> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Removes an image from the cache, unless a disk on this host lies on it. Harmless twice. */
export async function purge(context: ResourceContext, id: string): Promise<void> {
  const standing = [...context.state.list('server'), ...context.state.list('server-migration')];
  const isUsed = standing.some(({ spec }) => spec.image.id === id);
  if (isUsed) return;
  await rm(context.paths.image(id), { force: true });
  await rm(unfinished(context, id), { force: true });
}

/** Ids of the images in the cache. */
export async function list(host: HostContext): Promise<string[]> {
  const names = await namesIn(host.paths.images);
  return [...new Set(names.map((name) => name.replace(/\.new$/, '')))];
}

function begin(context: ResourceContext, spec: DesiredImageSpec, underWay: Map<string, Download>): Download {
  const watchers: Download['watchers'] = new Set();
  const unwanted = new AbortController();
  const fetching: Fetching = {
    // Its requests are the download's, which may outlive who began it.
    context,
    spec,
    path: unfinished(context, spec.id),
    signal: unwanted.signal,
    tell: (words) => {
      for (const watcher of watchers) watcher(words);
    },
  };
  // One that was given up and the next write the same file.
  const done = exclusively(context.state, `image/${spec.id}`, () => fetchImage(fetching)).finally(() => {
    if (underWay.get(spec.id) === download) underWay.delete(spec.id);
  });
  const download = { done, watchers, unwanted };
  underWay.set(spec.id, download);
  return download;
}

type Fetching = {
  context: HostContext & Pick<ResourceContext, 'requestId'>;
  spec: DesiredImageSpec;
  path: string;
  signal: AbortSignal;
  tell(words: string): void;
};

async function fetchImage(fetching: Fetching): Promise<void> {
  const { context, spec, path } = fetching;
  await mkdir(context.paths.images, { recursive: true, mode: 0o711 });
  await requireFreeSpace(context, context.paths.images, spec.sizeBytes, `the image "${spec.name}"`);
  try {
    await downloadPatiently(fetching);
    await context.tools.disk.inspectImage(path, { format: spec.diskFormat, virtualSizeBytes: spec.virtualSizeBytes });
    // Nobody may change it from here on: disks of many servers lie on these bytes.
    await chmod(path, 0o444);
    await rename(path, context.paths.image(spec.id));
  } catch (error) {
    await rm(path, { force: true });
    if (!hasErrorCode(error, 'ENOSPC')) throw error;
    throw new UnkaiError('disk_full', `The host has no space left for the image "${spec.name}".`, { cause: error });
  }
}

/** A control plane that restarts in the middle is no reason to fail a server; a plain "no" is. */
async function downloadPatiently(fetching: Fetching): Promise<void> {
  const { context, spec, signal } = fetching;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await download(fetching);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UnkaiError || hasErrorCode(error, 'ENOSPC')) throw error;
      const status = error instanceof ControlPlaneError ? error.status : null;
      if (status !== null && status >= 400 && status < 500) throw missing(spec, error);
      if (attempt === attempts) {
        const words = `The image "${spec.name}" could not be fetched: ${error instanceof Error ? error.message : error}`;
        throw new UnkaiError('unavailable', words, { cause: error });
      }
      context.log.warn({ err: error, imageId: spec.id, attempt }, 'an image download broke off; it is tried again');
      await sleep(500 * 2 ** attempt, undefined, { signal });
    }
  }
}

function missing(spec: DesiredImageSpec, cause: unknown): UnkaiError {
  return new UnkaiError('image_missing', `The file of the image "${spec.name}" is not in the image store.`, { cause });
}

async function download({ context, spec, path, signal, tell }: Fetching): Promise<void> {
  const silence = new AbortController();
  const watchdog = setTimeout(() => silence.abort(new Error('no byte came for 30 seconds')), silenceLimitMs);
  const file = await open(path, 'w', 0o600);
  const hash = createHash('sha256');
  let received = 0;
  try {
    const ending = AbortSignal.any([silence.signal, signal]);
    const body = await context.controlPlane.imageBody(spec.id, context.requestId, ending);
    for await (const chunk of body) {
      watchdog.refresh();
      received += chunk.length;
      if (received > spec.sizeBytes) throw corrupt(spec, `it has more than its ${spec.sizeBytes} bytes`);
      hash.update(chunk);
      await file.writeFile(chunk);
      tell(`Fetching the image: ${megabytes(received)} of ${megabytes(spec.sizeBytes)} MB`);
    }
    await file.sync();
  } finally {
    clearTimeout(watchdog);
    await file.close();
  }
  if (received < spec.sizeBytes) throw new Error(`the connection ended after ${received} of ${spec.sizeBytes} bytes`);
  if (hash.digest('hex') !== spec.sha256) throw corrupt(spec, 'its bytes have another SHA-256 digest');
}

function corrupt(spec: DesiredImageSpec, reason: string): UnkaiError {
  return new UnkaiError('image_corrupt', `The image "${spec.name}" is not what was stored: ${reason}.`);
}

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
const unfinished = (host: HostContext, id: string) => `${host.paths.image(id)}.new`;

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
