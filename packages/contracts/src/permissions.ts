import { z } from 'zod';

/**
 * Who may do what. A permission is `<noun>:<verb>`; each is granted by a role held on the scope that owns the row.
 * Roles are ordered as in Keystone: admin implies manager implies member implies reader.
 */
export const roleNames = ['reader', 'member', 'manager', 'admin'] as const;
export const roleName = z.enum(roleNames);
export type RoleName = z.infer<typeof roleName>;

interface PermissionRule {
  /**
   * Where the role must be held: on the project or the domain that owns the row, or on the system, which counts
   * everywhere. `self`: the row is the caller's own; `anyone`: everyone who is signed in.
   */
  readonly scope: 'project' | 'domain' | 'system' | 'self' | 'anyone';
  /** The least role that has the permission; for `self` and `anyone` none is asked for. */
  readonly role: RoleName;
  /** A role on the project's domain does as well. */
  readonly orOnDomain?: true;
  /** It makes or removes a credential, which a restricted one may not (A02, A05). */
  readonly isCredential?: true;
}

const project = (role: RoleName) => ({ scope: 'project', role }) as const;
/** Who manages the project, or its domain. */
const managing = { ...project('manager'), orOnDomain: true } as const;
const domain = (role: RoleName) => ({ scope: 'domain', role }) as const;
const system = (role: RoleName) => ({ scope: 'system', role }) as const;
const self = { scope: 'self', role: 'reader' } as const;
const credential = { ...self, isCredential: true } as const;
const anyone = { scope: 'anyone', role: 'reader' } as const;

export const permissions = {
  'project:read': { ...project('reader'), orOnDomain: true },
  'project:create': domain('manager'),
  'project:update': domain('manager'),
  'project:delete': domain('manager'),
  'server:read': project('reader'),
  'server:create': project('member'),
  'server:update': project('member'),
  'server:delete': project('member'),
  'server:start': project('member'),
  'server:stop': project('member'),
  'server:reboot': project('member'),
  'server:console': project('member'),
  'server:log': project('reader'),
  'server:place': system('admin'),
  'server-group:read': project('reader'),
  'server-group:create': project('member'),
  'server-group:delete': project('member'),
  'flavor:read': project('reader'),
  'flavor:create': system('admin'),
  'flavor:update': system('admin'),
  'flavor:delete': system('admin'),
  'availability-zone:read': project('reader'),
  'image:read': project('reader'),
  'image:create': project('member'),
  'image:update': project('member'),
  'image:delete': project('member'),
  'image:publish': system('admin'),
  'image-member:read': project('reader'),
  'image-member:create': project('member'),
  'image-member:update': project('member'),
  'image-member:delete': project('member'),
  'key-pair:read': self,
  'key-pair:create': self,
  'key-pair:delete': self,
  'network:read': project('reader'),
  'network:create': project('member'),
  'network:update': project('member'),
  'network:delete': project('member'),
  'network:provide': system('admin'),
  'subnet:read': project('reader'),
  'subnet:create': project('member'),
  'subnet:update': project('member'),
  'subnet:delete': project('member'),
  'port:read': project('reader'),
  'port:create': project('member'),
  'port:update': project('member'),
  'port:delete': project('member'),
  'security-group:read': project('reader'),
  'security-group:create': project('member'),
  'security-group:update': project('member'),
  'security-group:delete': project('member'),
  'webhook:read': project('reader'),
  'webhook:create': project('manager'),
  'webhook:update': project('manager'),
  'webhook:delete': project('manager'),
  'operation:read': project('reader'),
  'operation:retry': project('member'),
  'audit:read': project('reader'),
  'domain-audit:read': domain('manager'),
  'system-audit:read': system('reader'),
  'event:read': project('reader'),
  'path-check:read': project('reader'),
  'limits:read': project('reader'),
  'limits:update': system('admin'),
  'quota-default:read': domain('reader'),
  'quota-default:update': system('admin'),
  'usage:read': { ...project('reader'), orOnDomain: true },
  'domain-usage:read': domain('reader'),
  'cloud-usage:read': system('reader'),
  'budget:read': { ...project('reader'), orOnDomain: true },
  'budget:create': managing,
  'budget:update': managing,
  'budget:delete': managing,
  'price-list:read': anyone,
  'price-list:create': system('admin'),
  'price-list:delete': system('admin'),
  'quota-request:read': project('reader'),
  'quota-request:create': project('member'),
  'quota-request:withdraw': project('member'),
  'quota-request:decide': system('admin'),
  'api-token:read': self,
  'api-token:create': credential,
  'api-token:delete': credential,
  'application-credential:read': self,
  'application-credential:create': credential,
  'application-credential:delete': credential,
  'access-rule:read': self,
  'access-rule:delete': credential,
  'trust:read': self,
  'trust:create': credential,
  'trust:delete': credential,
  'credential:read': self,
  'credential:create': credential,
  'credential:update': credential,
  'credential:delete': credential,
  'signature:verify': system('admin'),
  'totp:read': self,
  'totp:update': credential,
  'token:read': self,
  'token:delete': self,
  'notification:read': self,
  'notification:update': self,
  'session:read': self,
  'session:delete': self,
  'user:read': domain('reader'),
  'user:create': domain('manager'),
  'user:update': domain('manager'),
  'user:delete': domain('manager'),
  'identity-link:read': domain('reader'),
  'identity-link:create': domain('manager'),
  'identity-link:delete': domain('manager'),
  'group:read': domain('reader'),
  'group:create': domain('manager'),
  'group:update': domain('manager'),
  'group:delete': domain('manager'),
  'role:read': anyone,
  'role:create': system('admin'),
  'role:update': system('admin'),
  'role:delete': system('admin'),
  'region:read': anyone,
  'region:create': system('admin'),
  'region:update': system('admin'),
  'region:delete': system('admin'),
  'service:read': anyone,
  'service:create': system('admin'),
  'service:update': system('admin'),
  'service:delete': system('admin'),
  'endpoint:read': anyone,
  'endpoint:create': system('admin'),
  'endpoint:update': system('admin'),
  'endpoint:delete': system('admin'),
  'endpoint-group:read': system('reader'),
  'endpoint-group:create': system('admin'),
  'endpoint-group:update': system('admin'),
  'endpoint-group:delete': system('admin'),
  'endpoint-filter:read': system('reader'),
  'endpoint-filter:create': system('admin'),
  'endpoint-filter:delete': system('admin'),
  'registered-limit:read': anyone,
  'registered-limit:create': system('admin'),
  'registered-limit:update': system('admin'),
  'registered-limit:delete': system('admin'),
  'service-limit:read': { ...project('reader'), orOnDomain: true },
  'service-limit:create': system('admin'),
  'service-limit:update': system('admin'),
  'service-limit:delete': system('admin'),
  'password:update': self,
  'profile:update': self,
  'domain:read': domain('reader'),
  'domain:create': system('admin'),
  'domain:update': system('admin'),
  'domain:delete': system('admin'),
  'invite:read': managing,
  'invite:create': managing,
  'invite:update': managing,
  'invite:delete': managing,
  'invite:accept': self,
  'member:update': managing,
  'member:delete': managing,
  'member:leave': self,
  'role-assignment:read': domain('reader'),
  'role-assignment:create': domain('manager'),
  'role-assignment:delete': domain('manager'),
  'cloud:read': system('reader'),
  'placement:read': system('reader'),
  'orphan:read': system('reader'),
  'orphan:clean': system('admin'),
  'mail:read': system('reader'),
  'mail:reveal': system('admin'),
  'mail:send': system('admin'),
  'mail:delete': system('admin'),
  'sign-up-policy:update': system('admin'),
  'host:read': system('reader'),
  'host:update': system('admin'),
  'host:delete': system('admin'),
  'aggregate:read': system('reader'),
  'aggregate:create': system('admin'),
  'aggregate:update': system('admin'),
  'aggregate:delete': system('admin'),
  'join-token:create': system('admin'),
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof permissions;
const names = Object.keys(permissions).filter((key): key is Permission => key in permissions);
export const permission = z.enum(names);

/** Whether a role grants what needs at least `needed`. */
export function roleGrants(held: RoleName, needed: RoleName): boolean {
  return roleNames.indexOf(held) >= roleNames.indexOf(needed);
}
