import type { HostNoun } from '@unkai/contracts/host/job';
import type { Logger } from 'pino';
import type { AgentConfig } from './config.ts';
import type { ConsoleLine } from './console/console-line.ts';
import type { Consoles } from './console/consoles.ts';
import type { ControlPlane } from './control-plane.ts';
import type { GuestRegistry } from './guests.ts';
import type { Lease } from './lease.ts';
import type { Paths } from './paths.ts';
import type { StateStore } from './state.ts';
import type { Tools } from './tools/tools.ts';

/** What every part of the agent shares: one per process. */
export type HostContext = {
  config: AgentConfig;
  paths: Paths;
  tools: Tools;
  state: StateStore;
  log: Logger;
  controlPlane: ControlPlane;
  lease: Lease;
  guests: GuestRegistry;
  consoles: Consoles;
  /** Console sessions by id, also those that are over until the control plane forgets them. */
  sessions: Map<string, ConsoleLine>;
  /** Something of this noun changed on the host: it is looked at again soon. Never throws. */
  touch(noun: HostNoun, id: string): void;
  /** The metadata service saw this server's guest: remembered the first time, and reported. Never throws. */
  noteMetadataRequest(serverId: string): void;
};

/** What one ensure or purge works with. */
export type ResourceContext = HostContext & {
  requestId: string;
  /** Of the desired state that is being made so. */
  generation: number;
  /** Says what it does at this moment, in words a tenant reads ("12 of 17 MB"). Cheap; the newest wins. */
  progress(words: string): void;
  /** Fires when newer desired state waits behind this work: a long wait ends early and leaves the rest to the next round. */
  signal: AbortSignal;
};
