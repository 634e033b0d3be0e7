import { allows } from '@unkai/core/access';
import type { Call } from '@unkai/core/call';
import { findEverywhere, findPlace } from '@unkai/core/store/project';
import { projectOf } from './call.ts';

export type Listed =
  | 'image:read'
  | 'router:read'
  | 'floating-ip:read'
  | 'network:read'
  | 'subnet:read'
  | 'port:read'
  | 'security-group:read'
  | 'qos-policy:read'
  | 'subnet-pool:read'
  | 'address-scope:read'
  | 'rbac-policy:read';

/**
 * The project whose things a list shows: the token's own, or null for those of all, which operators get of Neutron and
 * Glance without asking for it.
 */
export async function listPlace(call: Call, wanted: Listed): Promise<string | null> {
  if (allows(call.actor, wanted, null)) {
    await findEverywhere(call, wanted);
    return null;
  }
  const projectId = projectOf(call);
  await findPlace(call, wanted, projectId);
  return projectId;
}
