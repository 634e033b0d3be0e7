import type { AgentConfig } from './config.ts';
import type { HostContext } from './context.ts';
import type { NetworkTools } from './tools/network-tools.ts';

/** What the network half needs of the agent; a HostContext is one. */
export type NetworkHost = Pick<HostContext, 'paths' | 'state' | 'log' | 'lease' | 'noteMetadataRequest'> & {
  config: Pick<AgentConfig, 'networkNamespace' | 'underlayDevice' | 'physicalNetworks'>;
  tools: NetworkTools;
};
