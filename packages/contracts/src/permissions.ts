import { z } from 'zod';

/**
 * Who may do what. A permission is `<noun>:<verb>`; each is granted by a role held on the scope that owns the row.
 * Roles are ordered as in Keystone: admin implies manager implies member implies reader.
 */
export const roleNames = ['reader', 'member', 'manager', 'admin'] as const;
export const roleName = z.enum(roleNames);
export type RoleName = z.infer<typeof roleName>;

interface PermissionRule {
  /** Where the role must be held: on the project that owns the row, on the system, or the row is the caller's own. */
  readonly scope: 'project' | 'system' | 'self';
  /** The least role that has the permission; for `self` everyone has it on their own rows. */
  readonly role: RoleName;
}

const project = (role: RoleName) => ({ scope: 'project', role }) as const;
const system = (role: RoleName) => ({ scope: 'system', role }) as const;
const self = { scope: 'self', role: 'reader' } as const;

export const permissions = {
  'project:read': project('reader'),
  'project:create': system('admin'),
  'project:update': system('admin'),
  'project:delete': system('admin'),
  'server:read': project('reader'),
  'server:create': project('member'),
  'server:update': project('member'),
  'server:delete': project('member'),
  'server:start': project('member'),
  'server:stop': project('member'),
  'server:reboot': project('member'),
  'server:console': project('member'),
  'server:log': project('reader'),
  'flavor:read': project('reader'),
  'flavor:create': system('admin'),
  'flavor:delete': system('admin'),
  'availability-zone:read': project('reader'),
  'image:read': project('reader'),
  'image:create': project('member'),
  'image:update': project('member'),
  'image:delete': project('member'),
  'image:publish': system('admin'),
  'key-pair:read': self,
  'key-pair:create': self,
  'key-pair:delete': self,
  'network:read': project('reader'),
  'network:create': project('member'),
  'network:update': project('member'),
  'network:delete': project('member'),
  'subnet:read': project('reader'),
  'subnet:create': project('member'),
  'subnet:delete': project('member'),
  'port:read': project('reader'),
  'security-group:read': project('reader'),
  'security-group:create': project('member'),
  'security-group:update': project('member'),
  'security-group:delete': project('member'),
  'operation:read': project('reader'),
  'audit:read': project('reader'),
  'event:read': project('reader'),
  'limits:read': project('reader'),
  'api-token:read': self,
  'api-token:create': self,
  'api-token:delete': self,
  'session:read': self,
  'session:delete': self,
  'user:read': system('reader'),
  'user:create': system('admin'),
  'user:update': system('admin'),
  'user:delete': system('admin'),
  'domain:read': system('reader'),
  'domain:create': system('admin'),
  'domain:update': system('admin'),
  'domain:delete': system('admin'),
  'role-assignment:read': system('reader'),
  'role-assignment:create': system('admin'),
  'role-assignment:delete': system('admin'),
  'host:read': system('reader'),
  'host:update': system('admin'),
  'host:delete': system('admin'),
  'join-token:create': system('admin'),
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof permissions;
const names = Object.keys(permissions).filter((key): key is Permission => key in permissions);
export const permission = z.enum(names);

/** Whether a role grants what needs at least `needed`. */
export function roleGrants(held: RoleName, needed: RoleName): boolean {
  return roleNames.indexOf(held) >= roleNames.indexOf(needed);
}
