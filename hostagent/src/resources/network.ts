import type { DesiredNetworkSpec } from '@unkai/contracts/host/desired';
import type { HostContext, ResourceContext } from '../context.ts';

/** Makes what this host needs for a network: DHCP, name service, flows to its neighbours. */
export async function ensure(_context: ResourceContext, _spec: DesiredNetworkSpec): Promise<void> {}

/** Removes all of it. Harmless twice. */
export async function purge(_context: ResourceContext, _id: string): Promise<void> {}

/** Ids of the networks that this host has something of. */
export async function list(_host: HostContext): Promise<string[]> {
  return [];
}
