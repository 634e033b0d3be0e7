import type { Duplex } from 'node:stream';
import type { HostFacts } from '@unkai/contracts/host/facts';
import type { DiskFormat } from '@unkai/contracts/resources/image';
import type { ServerPaths } from '../paths.ts';

/** All that QEMU is told about a guest. Made by us alone: no field holds text that a tenant wrote. */
export type Machine = {
  serverId: string;
  vcpus: number;
  memoryMib: number;
  accelerator: HostFacts['accelerator']['kind'];
  paths: ServerPaths;
  base: { path: string; format: DiskFormat };
  interfaces: readonly MachineInterface[];
};

export type MachineInterface = {
  portId: string;
  tapName: string;
  macAddress: string;
  mtu: number;
  /** False where Open vSwitch forwards in user space: nobody there completes checksums that a guest left to its card. */
  canOffload: boolean;
  /** Its place on the guest's bus, from 0: it stays when others come and go. */
  slot: number;
};

/**
 * Taps that a guest has an interface at, and how many interfaces it has beside those: an agent of an earlier release gave
 * them no names.
 */
export type GuestInterfaces = { taps: readonly string[]; unnamed: number };

/** How a guest stands. `off`: it shut itself down. `failed`: it can not go on, for the reason given. */
export type GuestStatus =
  | { kind: 'running' }
  | { kind: 'paused'; reason: string }
  /** Stands still at a write that the host had no room for. */
  | { kind: 'disk-full' }
  | { kind: 'off' }
  | { kind: 'failed'; reason: string };

/** A guest that runs (or stands still) inside its QEMU process. */
export interface RunningGuest {
  readonly serverId: string;
  status(): Promise<GuestStatus>;
  /** Presses the power button; the guest may take its time, or ignore it. */
  pressPowerButton(): Promise<void>;
  /** Restarts the machine at once, also one that has shut itself down. */
  reset(): Promise<void>;
  interfaces(): Promise<GuestInterfaces>;
  /** Gives it an interface while it runs. */
  plug(port: MachineInterface): Promise<void>;
  /** Has it let go of an interface; harmless without. Throws `host_failed` when it does not. */
  unplug(tapName: string): Promise<void>;
  /** Lets a guest go on that was stopped because the disk was full. */
  resume(): Promise<void>;
  /** Ends the process, by force if need be; resolves when it is gone. Harmless when it is gone already. */
  quit(): Promise<void>;
  /** Closes this process's line to the guest, which goes on. */
  letGo(): void;
  /** Calls back whenever the status may have changed, and when the process is gone. A new listener replaces the old one. */
  onChange(listener: () => void): void;
  /** True once the process is gone. */
  isGone(): boolean;
  openSerial(): Promise<Duplex>;
  /** The RFB stream of the screen. Throws UnkaiError where there is none. */
  openScreen(): Promise<Duplex>;
}

export interface QemuTool {
  version(): Promise<string>;
  /** Starts the guest and gives it once it runs. Throws `accelerator_failed` with QEMU's last words. */
  start(machine: Machine): Promise<RunningGuest>;
  /** Finds a guest that an earlier agent started; undefined when none runs. */
  find(serverId: string, paths: ServerPaths): Promise<RunningGuest | undefined>;
  /** Ids of all servers that have a process on this host. */
  list(): Promise<string[]>;
  /** The last line that a guest's QEMU said, for the reason of a failure; empty when it said nothing. */
  lastWords(paths: ServerPaths): Promise<string>;
  /** Lets go of what the machine keeps for a guest that is gone, such as its cgroup. Harmless twice. */
  forget(serverId: string): Promise<void>;
  /** Changes with each boot of the machine, so that a guest lost to it is told from a guest that crashed. */
  bootId(): Promise<string>;
}
