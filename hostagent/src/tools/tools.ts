// What a host can do to the machine below it. Resources know these types only: real tools (tools/*.ts) and simulated ones
// (sim/*.ts) `satisfy` the same ones, so the logic of ensure and purge exists once and runs on both.
import type { AcceleratorTool } from './accelerator.ts';
import type { DiskTool } from './disk.ts';
import type { MachineTool } from './machine.ts';
import type { NetworkTools } from './network-tools.ts';
import type { QemuTool } from './qemu.ts';
import type { StorageTool } from './storage.ts';

export type Tools = NetworkTools & {
  isSimulated: boolean;
  accelerator: AcceleratorTool;
  disk: DiskTool;
  machine: MachineTool;
  qemu: QemuTool;
  storage: StorageTool;
};
