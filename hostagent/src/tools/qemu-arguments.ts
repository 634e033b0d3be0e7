// The start line of a guest, as pure data. Every value is an id, a number or a path of ours; nothing a tenant named gets
// here (names reach the guest through metadata only).
import type { Machine, MachineInterface } from './qemu.ts';
import { pciAddress } from './qemu-interfaces.ts';

/** Whom QEMU becomes once it has opened disks, taps and sockets; undefined when we are not root and it runs as us. */
export type GuestUser = { uid: number; gid: number };

/** Memory of TCG's translation cache per guest: boots as fast as the default of a quarter of the guest's memory or more. */
const translationCacheMib = 64;

/** Arguments for qemu-system, without the program itself. */
export function qemuArguments(machine: Machine, user: GuestUser | undefined): string[] {
  const accelerator = machine.accelerator === 'kvm' ? 'kvm' : `tcg,thread=multi,tb-size=${translationCacheMib}`;
  return [
    ...['-name', `guest=unkai-${machine.serverId}`, '-uuid', machine.serverId],
    ...['-nodefaults', '-no-user-config', '-display', 'none'],
    ...['-M', 'pc', '-accel', accelerator, '-cpu', machine.accelerator === 'kvm' ? 'host' : 'max'],
    ...['-smp', String(machine.vcpus), '-m', `${machine.memoryMib}M`],
    // A guest that shuts down or panics stays, standing still, until the agent has seen how it ended: also when the agent
    // was away at that moment.
    ...['-action', 'shutdown=pause,panic=pause', '-device', 'pvpanic'],
    ...confinement(user),
    ...consoles(machine),
    ...['-smbios', 'type=1,manufacturer=OpenStack Foundation,product=OpenStack Nova'],
    ...['-device', 'virtio-rng-pci'],
    ...disks(machine),
    ...machine.interfaces.flatMap(interfaceArguments),
  ];
}

/**
 * QEMU starts as root, opens what it needs (taps, /dev/kvm and their like belong to root on many machines) and becomes a
 * user with no rights of its own before the guest's first instruction. -sandbox would forbid that very step
 * (elevateprivileges=deny kills QEMU in setgid), but a process without capabilities, with no_new_privs set and no exec,
 * has nothing to elevate to. -daemonize is left out because spawn=deny forbids its fork.
 */
function confinement(user: GuestUser | undefined): string[] {
  const sandbox = (elevation: string) =>
    `on,obsolete=deny,elevateprivileges=${elevation},spawn=deny,resourcecontrol=deny`;
  if (user === undefined) return ['-sandbox', sandbox('deny')];
  return ['-sandbox', sandbox('allow'), '-runas', `${user.uid}:${user.gid}`];
}

function consoles({ paths }: Machine): string[] {
  const listen = (id: string, path: string, more = '') => `socket,id=${id},path=${path},server=on,wait=off${more}`;
  return [
    ...['-chardev', listen('qmp', paths.qmp), '-mon', 'chardev=qmp,mode=control'],
    // QEMU writes the log itself, so that nothing is missing from it when the agent was away; see console/serial-log.ts.
    ...['-chardev', listen('serial', paths.serial, `,logfile=${paths.serialLog},logappend=on`)],
    ...['-serial', 'chardev:serial'],
    ...['-vga', 'std', '-vnc', `unix:${paths.screen},share=force-shared`],
    ...['-device', 'virtio-serial-pci', '-chardev', listen('qga', paths.guestAgent)],
    ...['-device', 'virtserialport,chardev=qga,name=org.qemu.guest_agent.0'],
  ];
}

/** Each layer with its format spelled out: nothing is probed, and no header decides what file lies below (A15-A17). */
function disks({ base, paths, serverId }: Machine): string[] {
  const node = (options: Readonly<Record<string, unknown>>) => ['-blockdev', JSON.stringify(options)];
  const file = (name: string, path: string) => ({ driver: 'file', 'node-name': name, filename: path });
  const lowest = base.format === 'qcow2' ? { backing: null } : {};
  return [
    ...node({ ...file('base-file', base.path), 'read-only': true }),
    ...node({ driver: base.format, 'node-name': 'base', file: 'base-file', 'read-only': true, ...lowest }),
    ...node({ ...file('root-file', paths.disk), discard: 'unmap' }),
    ...node({ driver: 'qcow2', 'node-name': 'root', file: 'root-file', backing: 'base', discard: 'unmap' }),
    // virtio-blk takes 20 bytes of serial: enough of the id to find the disk by in the guest.
    ...['-device', `virtio-blk-pci,drive=root,bootindex=1,serial=${serverId.replaceAll('-', '').slice(0, 20)}`],
  ];
}

function interfaceArguments(port: MachineInterface): string[] {
  const offload = port.canOffload ? '' : ',vnet_hdr=off';
  const device = `addr=${pciAddress(port.slot)},mac=${port.macAddress},host_mtu=${port.mtu},romfile=`;
  return [
    ...['-netdev', `tap,id=${port.tapName},ifname=${port.tapName},script=no,downscript=no${offload}`],
    ...['-device', `virtio-net-pci,id=${port.tapName},netdev=${port.tapName},${device}`],
  ];
}
