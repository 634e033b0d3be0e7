// A server that moves to another host takes its disk along: the host of before sends it to the control plane, the next one
// fetches it from there, since no host takes connections. What travels is the overlay as it lies, which has the clusters that
// the guest wrote and no others; its base is an image, which the next host has of its own.
import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredServerMigrationSpec } from '@unkai/contracts/host/desired-server-migration';
import type { HostContext, ResourceContext } from '../context.ts';
import { hasErrorCode, namesIn } from '../files.ts';
import type { Overlay } from '../tools/disk.ts';
import { requireFreeSpace } from './free-space.ts';
import * as image from './image.ts';
import type { Observed } from './observed.ts';
import { readRecord } from './server-record.ts';
import { counted, fetchToFile, megabytes, patiently, watchdog } from './transfer.ts';

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
  await patiently(patience(context, 'sent'), async () => {
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
    await patiently(patience(context, 'fetched'), () => fetchOnce(context, spec, received));
    await context.tools.disk.takeOverlay(received, overlayAt(context, spec, disk));
  } catch (error) {
    await rm(received, { force: true });
    if (!hasErrorCode(error, 'ENOSPC')) throw error;
    throw new UnkaiError('disk_full', 'The host has no space left for the disk of the server.', { cause: error });
  }
}

function fetchOnce(context: ResourceContext, spec: Of<'target'>, path: string): Promise<void> {
  return fetchToFile({
    ...{ path, expected: spec, signal: context.signal, corrupt },
    body: (signal) => context.controlPlane.diskBody(spec.id, context.requestId, signal),
    tell: telling(context, 'Fetching its disk', spec.sizeBytes),
  });
}

const patience = ({ log, signal }: ResourceContext, done: 'sent' | 'fetched') => ({
  failed: `The disk could not be ${done}`,
  log,
  signal,
});

function overlayAt({ paths }: HostContext, { image: base, rootDiskBytes }: Spec, path: string): Overlay {
  return { path, base: { path: paths.image(base.id), format: base.diskFormat }, sizeBytes: rootDiskBytes };
}

function telling({ progress }: ResourceContext, what: string, sizeBytes: number) {
  return (bytes: number) => progress(`${what}: ${megabytes(bytes)} of ${megabytes(sizeBytes)} MB`);
}

function corrupt(reason: string): UnkaiError {
  return new UnkaiError('image_corrupt', `The disk is not what was sent: ${reason}.`);
}
