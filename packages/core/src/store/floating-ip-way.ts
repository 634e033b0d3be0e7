import type { Core } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { addressesOfHost, settleHolders } from './floating-ip-holder.ts';

/**
 * A host that has found or lost a way outside, or whose agent has learned what to do with one: floating IPs of its guests
 * are to pass there, or at their routers. Tells all concerned, after the commit.
 */
export function reconsiderFloatingIps(unit: Unit, core: Core, hostId: string, requestId: string): Promise<void> {
  return settleHolders(unit, core, { concerned: addressesOfHost(hostId), requestId });
}
