import { mkdir, rm } from 'node:fs/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import type { HostContext, ResourceContext } from '../context.ts';
import { namesIn } from '../files.ts';
import type { RunningGuest } from '../tools/qemu.ts';
import { endSessionsOf } from './console-session.ts';
import { requireFreeSpace } from './free-space.ts';
import * as image from './image.ts';
import type { Observed } from './observed.ts';
import { listPorts, purgePort } from './port.ts';
import { ensureActions } from './server-action.ts';
import { ensureInterfaces } from './server-interfaces.ts';
import { ensurePower } from './server-power.ts';
import { changeRecord, readRecord, type ServerRecord } from './server-record.ts';

/** What a new disk takes before its guest has written anything: headers and the first clusters. */
const emptyDiskBytes = 1024 ** 2;

/** Makes a server what it should be: disk, ports, power, then the acts that are asked for. Each part is harmless again. */
export async function ensure(context: ResourceContext, spec: DesiredServerSpec): Promise<Observed> {
  await mkdir(context.paths.server(spec.id).folder, { recursive: true, mode: 0o700 });
  await ensureDisk(context, spec);
  const interfaces = await ensureInterfaces(context, spec);
  const observed = await ensurePower(context, spec, interfaces);
  const guest = context.guests.held(spec.id);
  if (guest !== undefined) await watchGuest(context, guest);
  const actionsDone = await ensureActions(context, spec);
  const { firstMetadataAt } = await readRecord(context, spec.id);
  return { ...observed, actionsDone, ...(firstMetadataAt === null ? {} : { firstMetadataAt }) };
}

/** Removes a server and all that this host has of it. Works from any half-made state; harmless twice. */
export async function purge(context: ResourceContext, id: string): Promise<void> {
  const guest = await context.guests.find(id);
  await guest?.quit();
  context.consoles.detach(id);
  endSessionsOf(context, id, 'serverGone');
  for (const portId of await portsOf(context, id)) await purgePort(context, id, portId);
  const paths = context.paths.server(id);
  await context.tools.qemu.forget(id);
  await context.tools.disk.removeOverlay(paths.disk);
  await rm(paths.run, { recursive: true, force: true });
  await rm(paths.folder, { recursive: true, force: true });
}

/** Ids of all servers that this host has a folder, a socket or a process of. */
export async function list(host: HostContext): Promise<string[]> {
  const { paths, tools } = host;
  const ids = await Promise.all([namesIn(paths.servers), namesIn(paths.sockets), tools.qemu.list()]);
  return [...new Set(ids.flat())];
}

async function ensureDisk(context: ResourceContext, spec: DesiredServerSpec): Promise<void> {
  if (spec.rootDiskBytes < spec.image.virtualSizeBytes) {
    throw new UnkaiError('host_failed', 'The disk of this server would be smaller than its image.');
  }
  await image.ensure(context, spec.image);
  const paths = context.paths.server(spec.id);
  if (spec.arrival !== null) return takeArrived(context, spec, spec.arrival);
  // A disk that is there takes no more room by being looked after: its server can be stopped on a full host, too.
  if (await context.tools.disk.hasOverlay(paths.disk)) return;
  await requireFreeSpace(context, paths.folder, emptyDiskBytes, 'the disk of this server');
  await context.tools.disk.ensureOverlay({
    path: paths.disk,
    base: { path: context.paths.image(spec.image.id), format: spec.image.diskFormat },
    sizeBytes: spec.rootDiskBytes,
  });
}

/** The disk that came from another host becomes the server's. It is never made anew: what the guest wrote is on that one. */
async function takeArrived(context: ResourceContext, { id }: DesiredServerSpec, migrationId: string): Promise<void> {
  const { paths, tools } = context;
  const { disk } = paths.server(id);
  const arrived = paths.migration(migrationId).disk;
  // Once: by now the guest may have written to it.
  const hasTaken = (await readRecord(context, id)).arrival === migrationId;
  if (!hasTaken && (await tools.disk.hasOverlay(arrived))) await tools.disk.moveOverlay(arrived, disk);
  const slots = slotsFrom(context, migrationId);
  if (!hasTaken && (await tools.disk.hasOverlay(disk)))
    await changeRecord(context, id, { arrival: migrationId, ...slots });
  if (await tools.disk.hasOverlay(disk)) return;
  throw new UnkaiError('host_failed', 'The disk that was sent to this host with the server is not there.');
}

/** Its interfaces are where they were on the host of before. */
function slotsFrom({ state }: ResourceContext, migrationId: string): Partial<ServerRecord> {
  const moving = state.get('server-migration', migrationId)?.spec;
  return moving?.role === 'target' ? { slots: moving.slots } : {};
}

/** Reads its console, keeps its logs short, and looks again whenever something of it changes. */
export async function watchGuest(host: HostContext, guest: RunningGuest): Promise<void> {
  guest.onChange(() => host.touch('server', guest.serverId));
  await host.consoles.attach(guest);
  await host.consoles.trim(guest.serverId);
}

/** From what is on the host and from what was last wanted: a port may have been made half. */
async function portsOf(context: ResourceContext, id: string): Promise<string[]> {
  const wanted = context.state.get('server', id)?.spec.ports.map((port) => port.id) ?? [];
  return [...new Set([...(await listPorts(context, id)), ...wanted])];
}
