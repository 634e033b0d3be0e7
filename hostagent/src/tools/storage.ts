import type { HostFacts } from '@unkai/contracts/host/facts';

export type Storage = NonNullable<HostFacts['storage']>;

export interface StorageTool {
  /** What there is to keep volumes in, and to hand them to other hosts with; what is missing is said in `why`. Never throws. */
  facts(): Promise<Storage>;
}
