import type { HostFacts } from '@unkai/contracts/host/facts';
import type { HostContext } from './context.ts';

export type NetworkFacts = Pick<HostFacts, 'openVswitch' | 'underlayAddress' | 'underlayMtu' | 'warnings'>;

/** The network half while the agent runs: bridge and metadata service. */
export type Networking = {
  facts(): Promise<NetworkFacts>;
  /** Lets go of sockets and children of this process; bridge, flows and guests' DHCP stay. */
  stop(): Promise<void>;
};

/**
 * Makes the bridge, programs what local state says, starts the metadata service. Called once, before anything is ensured
 * and before the control plane has been reached. What fails becomes a warning in the facts and is tried again.
 */
export async function startNetworking(_host: HostContext): Promise<Networking> {
  return {
    facts: async () => ({
      openVswitch: { version: 'none', datapath: 'simulated', why: 'There is no network on this host yet.' },
      underlayAddress: '127.0.0.1',
      underlayMtu: 1500,
      warnings: [],
    }),
    stop: async () => undefined,
  };
}
