import type { Tools } from '../tools/tools.ts';
import { SimulatedDisks } from './disk.ts';
import type { Faults } from './faults.ts';
import { simulatedNetworkTools } from './network-tools.ts';
import { SimulatedQemu } from './qemu.ts';

/** A whole host in memory, without root and without QEMU, that fails where `faults` says. */
export function createSimulatedTools(faults: Faults) {
  return {
    ...simulatedNetworkTools((operation) => void faults.strike(operation)),
    isSimulated: true,
    accelerator: { choose: async () => ({ kind: 'tcg', why: 'Guests of this host are simulated.' }) },
    disk: new SimulatedDisks(faults),
    machine: {
      facts: async () => ({
        kernel: 'simulated',
        bootedAt: '2026-01-01T00:00:00.000Z',
        architecture: 'x86_64',
        cpuModel: 'simulated',
        vcpus: 64,
        memoryMib: 256 * 1024,
        diskGib: 4096,
        diskFreeGib: 4000,
      }),
    },
    qemu: new SimulatedQemu(faults),
    storage: {
      facts: async () => ({
        pool: { kind: 'lvm', name: 'unkai-volumes', totalGib: 4096, freeGib: 4096, isThin: true },
        why: 'The volume group of this host is simulated.',
        target: { isPresent: true, why: 'The iSCSI target of this host is simulated.' },
      }),
    },
  } satisfies Tools;
}
