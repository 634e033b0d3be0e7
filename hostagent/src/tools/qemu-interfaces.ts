// Interfaces that come and go while a guest runs, by its monitor. The tap's name is the name of both of its ends in QEMU.
import { setTimeout as sleep } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import { z } from 'zod';
import type { GuestInterfaces, MachineInterface } from './qemu.ts';
import { QmpError } from './qmp.ts';

/** The first interface's slot on the guest's PCI bus: those below are taken by what every guest has. */
const firstSlot = 6;
/** How many interfaces a guest can have. */
export const interfaceSlots = 8;
/** How long a guest may take to let go of an interface: one that runs does so in a fraction of a second. */
const releaseLimitMs = 20_000;
const lookEveryMs = 500;

export const pciAddress = (slot: number) => `0x${(firstSlot + slot).toString(16)}`;

export interface InterfaceMonitor {
  execute(command: string, given?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Resolves when QEMU next says that a device is gone. */
  nextDeletion(): Promise<void>;
}

const qomList = z.array(z.object({ name: z.string(), type: z.string() }));
const interfaceType = 'child<virtio-net-pci>';

/** What the guest has now. */
export async function guestInterfaces({ execute }: InterfaceMonitor): Promise<GuestInterfaces> {
  const interfacesIn = async (path: string) =>
    qomList.parse(await execute('qom-list', { path })).filter(({ type }) => type === interfaceType);
  const named = await interfacesIn('/machine/peripheral');
  const unnamed = await interfacesIn('/machine/peripheral-anon');
  return { taps: named.map(({ name }) => name), unnamed: unnamed.length };
}

/** Gives a guest an interface that it does not have. Throws QmpError, and then leaves nothing of it. */
export async function plugInterface({ execute }: InterfaceMonitor, port: MachineInterface): Promise<void> {
  const { tapName, canOffload, macAddress, mtu, slot } = port;
  const netdev = { id: tapName };
  // Left of an agent that was stopped between the two.
  await execute('netdev_del', netdev).catch(unlessClosed);
  const tap = { type: 'tap', ifname: tapName, script: 'no', downscript: 'no' };
  await execute('netdev_add', { ...netdev, ...tap, ...(canOffload ? {} : { vnet_hdr: false }) });
  const place = { bus: 'pci.0', addr: pciAddress(slot) };
  const device = {
    driver: 'virtio-net-pci',
    id: tapName,
    netdev: tapName,
    mac: macAddress,
    host_mtu: mtu,
    romfile: '',
  };
  try {
    await execute('device_add', { ...device, ...place });
  } catch (error) {
    await execute('netdev_del', netdev).catch(unlessClosed);
    throw error;
  }
}

/**
 * Asks the guest to let go of an interface and takes it away when it has. Harmless when it has none of the name. Throws
 * `host_failed` for a guest that does not let go of it in time; it may do so later.
 */
export async function unplugInterface(monitor: InterfaceMonitor, tapName: string): Promise<void> {
  const isPlugged = async () => (await guestInterfaces(monitor)).taps.includes(tapName);
  // One that was asked before is not asked twice: QEMU refuses that.
  if (await isPlugged()) await monitor.execute('device_del', { id: tapName }).catch(unlessClosed);
  for (const deadline = Date.now() + releaseLimitMs; ; ) {
    const deletion = monitor.nextDeletion();
    if (!(await isPlugged())) break;
    if (Date.now() > deadline) {
      throw new UnkaiError('host_failed', 'The guest does not let go of the interface.', {
        next: 'Wait until it has booted and try again, or stop the server first.',
      });
    }
    await Promise.race([deletion, sleep(lookEveryMs)]);
  }
  await monitor.execute('netdev_del', { id: tapName }).catch(unlessClosed);
}

/** What QEMU refuses here was there already or is gone already; a lost line says neither. */
function unlessClosed(error: unknown): void {
  if (!(error instanceof QmpError) || error.isClosed) throw error;
}
