import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import type { ResourceContext } from '../context.ts';
import { tapName } from '../tools/device-names.ts';
import type { GuestInterfaces, MachineInterface, RunningGuest } from '../tools/qemu.ts';
import { interfaceSlots } from '../tools/qemu-interfaces.ts';
import { ensurePort, listPorts, purgePort } from './port.ts';
import { changeRecord, readRecord } from './server-record.ts';

/**
 * Makes the server's ports what they should be, and takes away those it should not have: a guest that runs lets go of an
 * interface before its tap goes, and is given one when its tap is there. Gives what it is to be started with.
 */
export async function ensureInterfaces(context: ResourceContext, spec: DesiredServerSpec): Promise<MachineInterface[]> {
  // One that is to be off need not be asked.
  const guest = spec.power === 'on' ? await runningGuest(context, spec.id) : undefined;
  const plugged = await guest?.interfaces();
  if (plugged !== undefined && plugged.unnamed > 0) await requireUnchanged(context, spec, plugged.unnamed);
  const kept = await purgeOthers(context, spec, guest);
  const slots = await placeOf(context, spec, kept);
  const interfaces: MachineInterface[] = [];
  for (const port of spec.ports) {
    const { tapName: tap, canOffload } = await ensurePort(context, spec.id, port);
    const slot = slots[port.id] ?? 0;
    interfaces.push({ portId: port.id, tapName: tap, canOffload, macAddress: port.macAddress, mtu: port.mtu, slot });
  }
  if (guest !== undefined && plugged !== undefined) await plugMissing(context, guest, { interfaces, plugged });
  const [failure] = kept.values();
  if (failure !== undefined) throw failure;
  return interfaces;
}

/**
 * A guest that an earlier release started cannot be told which of its interfaces is which: before anything of a port is made
 * or taken away, a change of them is refused.
 */
async function requireUnchanged(context: ResourceContext, spec: DesiredServerSpec, has: number): Promise<void> {
  const wanted = new Set(spec.ports.map(({ id }) => id));
  const isSame = wanted.size === has && (await listPorts(context, spec.id)).every((id) => wanted.has(id));
  if (isSame) return;
  const message = 'An earlier release started this guest; its interfaces cannot change while it runs.';
  throw new UnkaiError('host_failed', message, { next: 'Stop the server and start it again.' });
}

async function runningGuest(context: ResourceContext, serverId: string): Promise<RunningGuest | undefined> {
  const guest = await context.guests.find(serverId);
  return (await guest?.status())?.kind === 'running' ? guest : undefined;
}

/** Gives the ports that a guest did not let go of, and why: those stay whole. */
async function purgeOthers(context: ResourceContext, spec: DesiredServerSpec, guest: RunningGuest | undefined) {
  const wanted = new Set(spec.ports.map(({ id }) => id));
  const kept = new Map<string, unknown>();
  for (const portId of await listPorts(context, spec.id)) {
    if (wanted.has(portId)) continue;
    try {
      await guest?.unplug(tapName(portId));
      await purgePort(context, spec.id, portId);
    } catch (error) {
      kept.set(portId, error);
    }
  }
  return kept;
}

/** Each interface keeps its place on the guest's bus as long as the server has it, whatever comes and goes beside it. */
async function placeOf(context: ResourceContext, spec: DesiredServerSpec, kept: ReadonlyMap<string, unknown>) {
  const { slots: before } = await readRecord(context, spec.id);
  const slots = assignSlots(before, [...kept.keys(), ...spec.ports.map(({ id }) => id)]);
  if (JSON.stringify(slots) !== JSON.stringify(before)) await changeRecord(context, spec.id, { slots });
  return slots;
}

/** Whoever has a slot keeps it; others get the lowest free one, in their order. Throws `host_failed` when all are taken. */
export function assignSlots(before: Readonly<Record<string, number>>, ids: readonly string[]): Record<string, number> {
  const slots = Object.fromEntries(Object.entries(before).filter(([id]) => ids.includes(id)));
  for (const id of ids) {
    if (slots[id] !== undefined) continue;
    const taken = new Set(Object.values(slots));
    const free = Array.from({ length: interfaceSlots }, (_, slot) => slot).find((slot) => !taken.has(slot));
    if (free === undefined) throw new UnkaiError('host_failed', `A server has at most ${interfaceSlots} interfaces.`);
    slots[id] = free;
  }
  return slots;
}

async function plugMissing(
  context: ResourceContext,
  guest: RunningGuest,
  { interfaces, plugged }: { readonly interfaces: readonly MachineInterface[]; readonly plugged: GuestInterfaces },
): Promise<void> {
  // Of one that an earlier release started it is known already that it has them all.
  if (plugged.unnamed > 0) return;
  for (const each of interfaces) {
    if (plugged.taps.includes(each.tapName)) continue;
    context.progress('Giving the guest an interface');
    context.log.info({ serverId: guest.serverId, portId: each.portId }, 'a guest that runs gets an interface');
    await guest.plug(each);
  }
}
