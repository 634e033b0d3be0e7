import { setTimeout as sleep } from 'node:timers/promises';
import { errorCatalog } from '@unkai/contracts/errors';
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import { standsStillFailure } from '@unkai/contracts/host/report';
import type { ResourceContext } from '../context.ts';
import type { MachineInterface, RunningGuest } from '../tools/qemu.ts';
import type { Observed } from './observed.ts';
import { changeRecord, readRecord, type ServerRecord } from './server-record.ts';

const lookEveryMs = 100;
/** A guest that stands still on a full disk goes on with this much: less would be gone with its next writes. */
const roomToGoOnBytes = 32 * 1024 ** 2;
/** When each guest was asked to shut down: its time runs from the first asking, however often the same wish comes. */
const askedAt = new WeakMap<RunningGuest, number>();

/** Brings the guest to the desired power and says how it stands. Throws `accelerator_failed` when it cannot be started. */
export async function ensurePower(
  context: ResourceContext,
  spec: DesiredServerSpec,
  interfaces: readonly MachineInterface[],
): Promise<Observed> {
  return spec.power === 'on' ? powerOn(context, spec, interfaces) : powerOff(context, spec);
}

async function powerOn(
  context: ResourceContext,
  spec: DesiredServerSpec,
  interfaces: readonly MachineInterface[],
): Promise<Observed> {
  const record = await readRecord(context, spec.id);
  const guest = await context.guests.find(spec.id);
  if (guest !== undefined) return observeGuest(context, spec, guest, record);
  const { generation } = context;
  if (record.ended?.generation === generation) return afterEnd(record.ended);
  const bootId = await context.tools.qemu.bootId();
  if (record.ran?.bootId === bootId && record.ran.generation === generation) {
    // It ran, nobody stopped it, and the machine was not restarted: its process died.
    const words = await context.tools.qemu.lastWords(context.paths.server(spec.id));
    const reason = `Its QEMU process ended unexpectedly${words === '' ? '' : `: ${words}`}.`;
    return noteEnd(context, spec.id, 'crashed', reason);
  }
  // Somebody else may have been given it meanwhile; what runs goes on.
  if (!context.lease.isHeld)
    return { state: 'working', power: 'off', progress: 'Its host waits for the control plane' };
  await start(context, spec, interfaces);
  await changeRecord(context, spec.id, { ran: { bootId, generation }, ended: null });
  return { power: 'on' };
}

async function start(context: ResourceContext, spec: DesiredServerSpec, interfaces: readonly MachineInterface[]) {
  context.progress('Starting the virtual machine');
  const guest = await context.tools.qemu.start({
    serverId: spec.id,
    vcpus: spec.vcpus,
    memoryMib: spec.memoryMib,
    accelerator: (await context.tools.accelerator.choose()).kind,
    paths: context.paths.server(spec.id),
    base: { path: context.paths.image(spec.image.id), format: spec.image.diskFormat },
    interfaces,
  });
  context.guests.add(guest);
}

async function observeGuest(
  context: ResourceContext,
  spec: DesiredServerSpec,
  guest: RunningGuest,
  record: ServerRecord,
): Promise<Observed> {
  const status = await guest.status();
  switch (status.kind) {
    case 'off':
      await guest.quit();
      return noteEnd(context, spec.id, 'off', 'The guest shut itself down.');
    case 'failed':
      await guest.quit();
      return noteEnd(context, spec.id, 'crashed', status.reason);
    case 'disk-full':
      return goOnWithRoom(context, guest);
    case 'paused':
      await guest.resume();
      return { power: 'on', progress: status.reason };
    default: {
      const bootId = await context.tools.qemu.bootId();
      const isNoted = record.ran?.bootId === bootId && record.ran.generation === context.generation;
      if (!isNoted) {
        await changeRecord(context, spec.id, { ran: { bootId, generation: context.generation }, ended: null });
      }
      return { power: 'on' };
    }
  }
}

/** Lets a guest go on that met a full disk, once there is room; until then it is told why it stands still. */
async function goOnWithRoom(context: ResourceContext, guest: RunningGuest): Promise<Observed> {
  const free = await context.tools.disk.freeBytes(context.paths.server(guest.serverId).folder);
  if (free < roomToGoOnBytes) return { power: 'on', failure: standsStillFailure };
  // It repeats the very write that failed, and stands still again should the room be gone by then.
  await guest.resume();
  return { power: 'on' };
}

async function noteEnd(context: ResourceContext, serverId: string, power: 'off' | 'crashed', reason: string) {
  const ended = { generation: context.generation, power, reason };
  context.log.warn({ serverId, power, reason }, 'a guest ended by itself');
  await changeRecord(context, serverId, { ran: null, ended });
  return afterEnd(ended);
}

function afterEnd({ power, reason }: NonNullable<ServerRecord['ended']>): Observed {
  if (power === 'off') return { power };
  const { next } = errorCatalog.accelerator_failed;
  return { power, failure: { code: 'accelerator_failed', message: reason, next } };
}

async function powerOff(context: ResourceContext, spec: DesiredServerSpec): Promise<Observed> {
  const guest = await context.guests.find(spec.id);
  if (guest !== undefined) {
    context.progress('Asking the guest to shut down');
    await shutDown(context, guest);
    if (context.signal.aborted) return { power: guest.isGone() ? 'off' : 'on' };
    await guest.quit();
  }
  const record = await readRecord(context, spec.id);
  if (record.ran !== null || record.ended !== null) await changeRecord(context, spec.id, { ran: null, ended: null });
  return { power: 'off' };
}

/**
 * Presses the power button and waits until the guest has shut itself down, at most the configured time. Gives whether it
 * did; the caller decides what follows.
 */
export async function shutDown(context: ResourceContext, guest: RunningGuest): Promise<boolean> {
  const hasEnded = async () => guest.isGone() || (await guest.status()).kind !== 'running';
  if (await hasEnded()) return true;
  const asked = askedAt.get(guest) ?? Date.now();
  if (!askedAt.has(guest)) await guest.pressPowerButton();
  askedAt.set(guest, asked);
  while (Date.now() < asked + context.config.powerOffSeconds * 1000 && !context.signal.aborted) {
    await sleep(lookEveryMs);
    if (await hasEnded()) break;
  }
  if (!context.signal.aborted) askedAt.delete(guest);
  return guest.isGone() || (await guest.status()).kind === 'off';
}
