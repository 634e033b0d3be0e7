import { statfs } from 'node:fs/promises';
import { arch, cpus, release, totalmem, uptime } from 'node:os';
import type { HostFacts } from '@unkai/contracts/host/facts';

type MachineFacts = Pick<
  HostFacts,
  'kernel' | 'bootedAt' | 'architecture' | 'cpuModel' | 'vcpus' | 'memoryMib' | 'diskGib' | 'diskFreeGib'
>;

export interface MachineTool {
  facts(): Promise<MachineFacts>;
}

/** This machine, its disk being the one that `folder` lies on. */
export function createMachineTool(folder: string): MachineTool {
  const bootedAt = new Date(Date.now() - uptime() * 1000).toISOString();
  return {
    facts: async () => {
      const { blocks, bavail, bsize } = await statfs(folder);
      const processors = cpus();
      return {
        kernel: release(),
        bootedAt,
        architecture: arch() === 'x64' ? 'x86_64' : arch(),
        cpuModel: processors[0]?.model.trim() ?? 'unknown',
        vcpus: Math.max(processors.length, 1),
        memoryMib: Math.floor(totalmem() / 1024 ** 2),
        diskGib: Math.floor((blocks * bsize) / 1024 ** 3),
        diskFreeGib: Math.floor((bavail * bsize) / 1024 ** 3),
      };
    },
  };
}
