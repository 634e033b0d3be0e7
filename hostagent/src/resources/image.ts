import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredImageSpec } from '@unkai/contracts/host/desired-image';
import type { HostContext, ResourceContext } from '../context.ts';
import type { ControlPlaneError } from '../control-plane.ts';
import { exclusively } from '../exclusive.ts';
import { hasErrorCode, namesIn } from '../files.ts';
import { requireFreeSpace } from './free-space.ts';
import type { Observed } from './observed.ts';
import { fetchToFile, megabytes, patiently } from './transfer.ts';

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

function downloadPatiently(fetching: Fetching): Promise<void> {
  const { context, spec, signal } = fetching;
  const failed = `The image "${spec.name}" could not be fetched`;
  const refused = (error: ControlPlaneError) => missing(spec, error);
  return patiently({ failed, log: context.log, signal, refused }, () => download(fetching));
}

function missing(spec: DesiredImageSpec, cause: unknown): UnkaiError {
  return new UnkaiError('image_missing', `The file of the image "${spec.name}" is not in the image store.`, { cause });
}

function download({ context, spec, path, signal, tell }: Fetching): Promise<void> {
  return fetchToFile({
    ...{ path, expected: spec, signal },
    body: (ending) => context.controlPlane.imageBody(spec.id, context.requestId, ending),
    tell: (bytes) => tell(`Fetching the image: ${megabytes(bytes)} of ${megabytes(spec.sizeBytes)} MB`),
    corrupt: (reason) => corrupt(spec, reason),
  });
}

function corrupt(spec: DesiredImageSpec, reason: string): UnkaiError {
  return new UnkaiError('image_corrupt', `The image "${spec.name}" is not what was stored: ${reason}.`);
}

const unfinished = (host: HostContext, id: string) => `${host.paths.image(id)}.new`;

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
