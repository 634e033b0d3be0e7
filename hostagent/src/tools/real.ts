import { join } from 'node:path';
import type { AgentConfig } from '../config.ts';
import type { Paths } from '../paths.ts';
import { createAcceleratorTool } from './accelerator-real.ts';
import { realDiskTool } from './disk-real.ts';
import { createMachineTool } from './machine.ts';
import { openNetworkTools } from './network-tools.ts';
import { createQemuTool } from './qemu-real.ts';
import { createStorageTool } from './storage-real.ts';
import type { Tools } from './tools.ts';

/** The tools of this machine. Starts nothing yet. */
export async function createRealTools(config: AgentConfig, paths: Paths): Promise<Tools> {
  return {
    ...createComputeTools(config, paths),
    ...(await openNetworkTools({
      home: join(paths.network, 'openvswitch'),
      systemRunDirectory: config.openVswitchRunFolder,
      ...(config.networkNamespace === undefined ? {} : { namespace: config.networkNamespace }),
    })),
  };
}

/** Those of the compute half: they touch QEMU and files, and no network. */
export function createComputeTools(config: AgentConfig, paths: Paths) {
  const qemu = createQemuTool(paths.sockets, config.networkNamespace);
  const accelerator = createAcceleratorTool(config.acceleratorChoice, {
    file: join(paths.home, 'accelerator.json'),
    key: async () => `${await qemu.bootId()} ${await qemu.version()}`,
  });
  return {
    isSimulated: false,
    accelerator,
    disk: realDiskTool,
    machine: createMachineTool(paths.home),
    qemu,
    storage: createStorageTool(config),
  };
}
