import { z } from 'zod';
import { refusing } from '../field-rule.ts';
import { id, isoTime } from '../primitives.ts';

/** What can be shared. */
export const rbacObjectType = z.enum(['network', 'qos-policy', 'subnet-pool', 'address-scope', 'security-group']);
export type RbacObjectType = z.infer<typeof rbacObjectType>;

/** What a policy lets others do. */
export const rbacActions = {
  access_as_shared:
    'Use it: have ports on the network, the QoS policy or the security group on their ports, subnets from the pool.',
  access_as_external: 'Of networks: lead routers out through it and take floating IPs from it.',
} as const satisfies Record<string, string>;
export const rbacAction = z.enum(['access_as_shared', 'access_as_external']);
export type RbacAction = z.infer<typeof rbacAction>;

/** Lets another project use something of one's own. */
export const rbacPolicyCreate = z
  .strictObject({
    objectType: rbacObjectType,
    objectId: id,
    /** By operators: `access_as_external`. */
    action: rbacAction.default('access_as_shared'),
    /** Who may use it. By operators: null, for all. */
    targetProjectId: id.nullable(),
  })
  .superRefine(({ objectType, action }, context) => {
    if (action === 'access_as_shared' || objectType === 'network') return;
    refusing(context)('action', 'goes with networks alone', 'Choose access_as_shared, or share a network.');
  });
export type RbacPolicyCreate = z.infer<typeof rbacPolicyCreate>;

export const rbacPolicyUpdate = z.strictObject({ targetProjectId: id.nullable() });

export const rbacPolicy = z.object({
  id,
  /** The project of what is shared. */
  projectId: id,
  objectType: rbacObjectType,
  objectId: id,
  action: rbacAction,
  /** Null: all. */
  targetProjectId: id.nullable(),
  createdAt: isoTime,
});
export type RbacPolicy = z.infer<typeof rbacPolicy>;
