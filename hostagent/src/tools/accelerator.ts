import type { HostFacts } from '@unkai/contracts/host/facts';

export type Accelerator = HostFacts['accelerator'];

export interface AcceleratorTool {
  /** Chooses once per process, by really starting a guest; later calls give the same answer. */
  choose(): Promise<Accelerator>;
}
