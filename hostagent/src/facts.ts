import type { HostFacts } from '@unkai/contracts/host/facts';
import { hostNoun } from '@unkai/contracts/host/job';
import type { HostContext } from './context.ts';
import type { Networking } from './networking.ts';

const agentVersion = '0.1.0';

/** Measures the host. What does not change (accelerator, QEMU) was measured once; disk and network are looked at each time. */
export async function readFacts({ config, tools }: HostContext, networking: Networking): Promise<HostFacts> {
  const [machine, accelerator, qemuVersion, network, storage] = await Promise.all([
    tools.machine.facts(),
    tools.accelerator.choose(),
    tools.qemu.version(),
    networking.facts(),
    tools.storage.facts(),
  ]);
  return {
    hostName: config.hostName,
    agentVersion,
    ...machine,
    accelerator,
    qemuVersion,
    ...network,
    storage,
    nouns: [...hostNoun.options],
    isSimulated: tools.isSimulated,
  };
}
