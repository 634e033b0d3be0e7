import type { Confinement, UserRoles } from './cloud.ts';

/** Who asks. Every operation is asked by every one of them, through both doors. */
export const personas = {
  nobody: {},
  'garbage token': {},
  'expired session': { roles: { project: 'admin', system: 'admin' } },
  'revoked token': { roles: { project: 'admin', system: 'admin' } },
  'disabled user': { roles: { project: 'admin', system: 'admin' } },
  'member of another project': { roles: { otherProject: 'admin' } },
  reader: { roles: { project: 'reader' } },
  member: { roles: { project: 'member' } },
  manager: { roles: { project: 'manager' } },
  'project admin': { roles: { project: 'admin' } },
  'system reader': { roles: { system: 'reader' } },
  'system admin': { roles: { system: 'admin' } },
  'domain reader': { roles: { domain: 'reader' } },
  'domain manager': { roles: { domain: 'manager' } },
  'domain admin': { roles: { domain: 'admin' } },
  'manager of another domain': { roles: { otherDomain: 'manager' } },
  'scoped-down token': { roles: { project: 'admin', system: 'admin' }, confinement: { permissions: ['server:read'] } },
  'token of another project': {
    roles: { project: 'admin', otherProject: 'admin', system: 'admin' },
    confinement: 'other',
  },
  'restricted credential': { roles: { project: 'member' } },
  'scoped token elsewhere': { roles: { project: 'admin', otherProject: 'admin' } },
} as const satisfies Record<string, PersonaShape>;

interface PersonaShape {
  readonly roles?: {
    readonly project?: NonNullable<UserRoles['project']>['role'];
    readonly otherProject?: NonNullable<UserRoles['project']>['role'];
    readonly domain?: 'reader' | 'manager' | 'admin';
    readonly otherDomain?: 'manager';
    readonly system?: NonNullable<UserRoles['system']>;
  };
  readonly confinement?: Confinement | 'other';
}
export type Persona = keyof typeof personas;
export const personaNames = Object.keys(personas).filter((name): name is Persona => name in personas);
