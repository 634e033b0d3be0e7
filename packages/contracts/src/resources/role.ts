import { type RoleName, roleNames } from '../permissions.ts';

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
