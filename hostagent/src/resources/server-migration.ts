// A server that moves to another host takes its disk along: the host of before sends it to the control plane, the next one
// fetches it from there, since no host takes connections. What travels is the overlay as it lies, which has the clusters that
// the guest wrote and no others; its base is an image, which the next host has of its own.
import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredServerMigrationSpec } from '@unkai/contracts/host/desired-server-migration';
import type { HostContext, ResourceContext } from '../context.ts';
import { ControlPlaneError } from '../control-plane.ts';
import { hasErrorCode, namesIn } from '../files.ts';
import type { Overlay } from '../tools/disk.ts';
import { requireFreeSpace } from './free-space.ts';
import * as image from './image.ts';
import type { Observed } from './observed.ts';
import { readRecord } from './server-record.ts';

const attempts = 4;
const silenceLimitMs = 30_000;

type Spec = DesiredServerMigrationSpec;
type Of<Role extends Spec['role']> = Extract<Spec, { role: Role }>;

/**
 * Does this host's part in the move of a server. Harmless again: what was sent or fetched stays so. Throws `wrong_state` while
 * the guest runs, `image_refused`, `image_corrupt`, `disk_full`, `unavailable`, and the signal's reason when that fires.
 */
export async function ensure(context: ResourceContext, spec: Spec): Promise<Observed> {
  context.signal.throwIfAborted();
  if (spec.role === 'source') await send(context, spec);
  else await fetchDisk(context, spec);
  return {};
}

/** Removes what came of a disk for a server that is not to be here. Harmless twice. */
export async function purge(context: ResourceContext, id: string): Promise<void> {
  const { folder, disk } = context.paths.migration(id);
  await context.tools.disk.removeOverlay(disk);
  await rm(folder, { recursive: true, force: true });
}

/** Ids of the migrations that this host has a part of a disk of. */
export function list(host: HostContext): Promise<string[]> {
  return namesIn(host.paths.migrations);
}

async function send(context: ResourceContext, spec: Of<'source'>): Promise<void> {
  if (spec.isSent) return;
  if ((await context.guests.find(spec.serverId)) !== undefined) {
    throw new UnkaiError('wrong_state', 'The server runs: its disk is sent when it is off.');
  }
  const overlay = overlayAt(context, spec, context.paths.server(spec.serverId).disk);
  await patiently(context, 'sent', async () => {
    // The answer of before may be lost, and what is known here may be older than what was sent.
    const now = await context.controlPlane.desired('server-migration', spec.id, context.requestId);
    const isWanted = now.presence === 'present' && now.spec.role === 'source' && !now.spec.isSent;
    if (isWanted) await sendOnce(context, spec, overlay);
  });
}

async function sendOnce(context: ResourceContext, { id, serverId }: Spec, overlay: Overlay): Promise<void> {
  const { sizeBytes, bytes } = await context.tools.disk.readOverlay(overlay);
  const silence = watchdog();
  const hash = createHash('sha256');
  const passing = counted(bytes, { hash, heard: silence.heard, tell: telling(context, 'Sending its disk', sizeBytes) });
  try {
    const signal = AbortSignal.any([silence.signal, context.signal]);
    const { slots } = await readRecord(context, serverId);
    const body = Readable.from(passing, { objectMode: false });
    const received = await context.controlPlane.sendDisk(id, { sizeBytes, slots, body }, context.requestId, signal);
    const sha256 = hash.digest('hex');
    if (received.sizeBytes === sizeBytes && received.sha256 === sha256) return;
    throw new UnkaiError('image_corrupt', 'The disk did not arrive at the control plane as it was sent.');
  } finally {
    silence.stop();
    bytes.destroy();
  }
}

async function fetchDisk(context: ResourceContext, spec: Of<'target'>): Promise<void> {
  const { folder, received, disk } = context.paths.migration(spec.id);
  if (await context.tools.disk.hasOverlay(disk)) return;
  if (spec.hasSwitched) {
    if (await context.tools.disk.hasOverlay(context.paths.server(spec.serverId).disk)) return;
    throw new UnkaiError('host_failed', 'The disk that was sent to this host with the server is not there.');
  }
  await image.ensure(context, spec.image);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await requireFreeSpace(context, folder, spec.sizeBytes, 'the disk of the server that comes');
  try {
    await patiently(context, 'fetched', () => fetchOnce(context, spec, received));
    await context.tools.disk.takeOverlay(received, overlayAt(context, spec, disk));
  } catch (error) {
    await rm(received, { force: true });
    if (!hasErrorCode(error, 'ENOSPC')) throw error;
    throw new UnkaiError('disk_full', 'The host has no space left for the disk of the server.', { cause: error });
  }
}

async function fetchOnce(context: ResourceContext, spec: Of<'target'>, path: string): Promise<void> {
  const silence = watchdog();
  const hash = createHash('sha256');
  const file = await open(path, 'w', 0o600);
  let received = 0;
  try {
    const signal = AbortSignal.any([silence.signal, context.signal]);
    const body = await context.controlPlane.diskBody(spec.id, context.requestId, signal);
    const tell = telling(context, 'Fetching its disk', spec.sizeBytes);
    for await (const chunk of counted(body, { hash, heard: silence.heard, tell })) {
      received += chunk.length;
      if (received > spec.sizeBytes) throw corrupt(`it has more than its ${spec.sizeBytes} bytes`);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    silence.stop();
    await file.close();
  }
  if (received < spec.sizeBytes) throw new Error(`the connection ended after ${received} of ${spec.sizeBytes} bytes`);
  if (hash.digest('hex') !== spec.sha256) throw corrupt('its bytes have another SHA-256 digest');
}

/** Tries again where the control plane was away or the line broke; what is refused is refused. */
async function patiently(context: ResourceContext, done: 'sent' | 'fetched', once: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      context.signal.throwIfAborted();
      if (error instanceof UnkaiError || hasErrorCode(error, 'ENOSPC')) throw error;
      const status = error instanceof ControlPlaneError ? error.status : null;
      if (attempt === attempts || (status !== null && status >= 400 && status < 500)) {
        const words = `The disk could not be ${done}: ${error instanceof Error ? error.message : error}`;
        throw new UnkaiError('unavailable', words.slice(0, 300), { cause: error });
      }
      context.log.warn({ err: error, attempt }, `a disk was not ${done}; it is tried again`);
      await sleep(500 * 2 ** attempt, undefined, { signal: context.signal });
    }
  }
}

type Passing = { hash: Hash; heard(): void; tell(bytes: number): void };

/** The same bytes, counted and hashed as they pass; none is kept. */
async function* counted(bytes: AsyncIterable<Buffer>, { hash, heard, tell }: Passing): AsyncGenerator<Buffer> {
  let passed = 0;
  for await (const chunk of bytes) {
    heard();
    passed += chunk.length;
    hash.update(chunk);
    tell(passed);
    yield chunk;
  }
}

function watchdog() {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error('no byte passed for 30 seconds')), silenceLimitMs);
  return { signal: silence.signal, heard: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}

function overlayAt({ paths }: HostContext, { image: base, rootDiskBytes }: Spec, path: string): Overlay {
  return { path, base: { path: paths.image(base.id), format: base.diskFormat }, sizeBytes: rootDiskBytes };
}

function telling({ progress }: ResourceContext, what: string, sizeBytes: number) {
  return (bytes: number) => progress(`${what}: ${megabytes(bytes)} of ${megabytes(sizeBytes)} MB`);
}

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);

function corrupt(reason: string): UnkaiError {
  return new UnkaiError('image_corrupt', `The disk is not what was sent: ${reason}.`);
}
