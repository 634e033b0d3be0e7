import { sql } from 'kysely';
import { identity, some, text, truth, whole } from './field.ts';
import type { ListTable } from './search.ts';
import { openBy, own, sharedBy, standard } from './tables.ts';

// What is shared besides networks, and the policies that share it.

export const qosPolicyList = {
  table: 'qos_policy',
  fields: { ...standard, name: text('name'), isDefault: truth('is_default'), isShared: sharedBy('qos_policy_id') },
  seenBy: openBy('qos_policy_id'),
} as const satisfies ListTable<string>;

export const subnetPoolList = {
  table: 'subnet_pool',
  fields: {
    ...standard,
    name: text('name'),
    family: whole('family'),
    prefix: some(
      (of, values) => sql`EXISTS (
        SELECT 1 FROM subnet_pool_prefix held
        WHERE held.subnet_pool_id = ${sql.ref(`${of}.id`)} AND held.prefix = ANY(${values}::text[]))`,
    ),
    minPrefixLength: whole('min_prefix_length'),
    maxPrefixLength: whole('max_prefix_length'),
    defaultPrefixLength: whole('default_prefix_length'),
    quota: whole('quota'),
    addressScopeId: identity('address_scope_id'),
    isDefault: truth('is_default'),
    isShared: sharedBy('subnet_pool_id'),
  },
  seenBy: openBy('subnet_pool_id'),
} as const satisfies ListTable<string>;

export const addressScopeList = {
  table: 'address_scope',
  fields: {
    id: identity('id'),
    projectId: identity('project_id'),
    name: text('name'),
    family: whole('family'),
    isShared: sharedBy('address_scope_id'),
  },
  seenBy: openBy('address_scope_id'),
} as const satisfies ListTable<string>;

const column = (of: string, name: string) => sql.ref(`${of}.${name}`);

export const rbacPolicyList = {
  table: 'rbac_policy',
  fields: {
    id: identity('id'),
    projectId: identity('project_id'),
    action: text('action'),
    objectType: text(
      (of) => sql`CASE
        WHEN ${column(of, 'network_id')} IS NOT NULL THEN 'network'
        WHEN ${column(of, 'qos_policy_id')} IS NOT NULL THEN 'qos-policy'
        WHEN ${column(of, 'subnet_pool_id')} IS NOT NULL THEN 'subnet-pool'
        WHEN ${column(of, 'security_group_id')} IS NOT NULL THEN 'security-group'
        ELSE 'address-scope' END`,
    ),
    objectId: identity(
      (of) => sql`coalesce(${column(of, 'network_id')}, ${column(of, 'qos_policy_id')},
        ${column(of, 'subnet_pool_id')}, ${column(of, 'address_scope_id')}, ${column(of, 'security_group_id')})`,
    ),
    /** Null: all, found by the empty text. */
    targetProjectId: identity('target_project_id'),
  },
  seenBy: own,
} as const satisfies ListTable<string>;
