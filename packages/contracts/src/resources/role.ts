import { z } from 'zod';
import { type RoleName, roleNames } from '../permissions.ts';
import { description, displayName, id, isoTime, options, pageQuery } from '../primitives.ts';

/** The built-in roles have the same ids in every installation; the migration that makes them says so too. */
export const builtInRoleIds = {
  reader: '00000000-0000-4000-8000-000000000001',
  member: '00000000-0000-4000-8000-000000000002',
  manager: '00000000-0000-4000-8000-000000000003',
  admin: '00000000-0000-4000-8000-000000000004',
} as const satisfies Record<RoleName, string>;

/** The name of the built-in role with this id; null for every other role. */
export function builtInRole(id: string): RoleName | null {
  return roleNames.find((name) => builtInRoleIds[name] === id) ?? null;
}

export const roleCreate = z.strictObject({
  name: displayName,
  description: description.default(''),
  /** A role of one domain: it is given only there. */
  domainId: id.optional(),
  options: options.default({}),
});
export const roleUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  options: options.optional(),
});
export const roleQuery = pageQuery.extend({ name: displayName.optional(), domainId: id.optional() });
/** Whoever has the role `id` has `impliedRoleId` as well. */
export const roleImplication = z.strictObject({ id, impliedRoleId: id });

export const role = z.object({
  id,
  name: z.string(),
  domainId: id.nullable(),
  description: z.string(),
  isBuiltIn: z.boolean(),
  options,
  /** Ids of the roles that it implies by itself. */
  implies: z.array(id),
  createdAt: isoTime,
});
export type Role = z.infer<typeof role>;
