import { type Permission, permission, permissions } from '@unkai/contracts/permissions';

const chapters = [
  { label: 'Compute', nouns: ['server', 'image', 'flavor', 'availability-zone', 'key-pair', 'operation'] },
  { label: 'Storage', nouns: ['volume-type'] },
  { label: 'Network', nouns: ['network', 'subnet', 'port', 'router', 'floating-ip', 'security-group'] },
  { label: 'Project', nouns: ['project', 'limits', 'webhook', 'audit', 'event'] },
  {
    label: 'Your account',
    nouns: ['profile', 'password', 'totp', 'session', 'token', 'api-token', 'application-credential', 'trust'],
  },
  { label: 'Identity', nouns: ['domain', 'user', 'group', 'role', 'role-assignment', 'region', 'service', 'endpoint'] },
] as const;

type NounPermissions = { noun: string; verbs: readonly { verb: string; permission: Permission }[] };
export type PermissionChapter = { label: string; nouns: readonly NounPermissions[] };

/** Whether a token that is confined to a project can make use of it: one's own account and the cloud are outside. */
function countsInProject(name: Permission): boolean {
  return ['project', 'anyone'].includes(permissions[name].scope);
}

/** Every permission that a token can make use of. */
export function usablePermissions(isConfined: boolean): readonly Permission[] {
  return permission.options.filter((name) => !isConfined || countsInProject(name));
}

/** Those that change nothing. */
export function readPermissions(isConfined: boolean): readonly Permission[] {
  return usablePermissions(isConfined).filter((name) => name.endsWith(':read'));
}

/** The permissions in chapters, by noun and verb, in the order of the portal; what has no chapter of its own comes last. */
export function permissionChapters(isConfined: boolean): readonly PermissionChapter[] {
  const byNoun = new Map<string, Array<{ verb: string; permission: Permission }>>();
  for (const name of usablePermissions(isConfined)) {
    const [noun = '', verb = ''] = name.split(':');
    byNoun.set(noun, [...(byNoun.get(noun) ?? []), { verb, permission: name }]);
  }
  const placed = new Set<string>(chapters.flatMap(({ nouns }) => nouns));
  const others = { label: 'Others', nouns: [...byNoun.keys()].filter((noun) => !placed.has(noun)) };
  return [...chapters, others]
    .map(({ label, nouns }) => ({
      label,
      nouns: nouns.flatMap((noun) => {
        const verbs = byNoun.get(noun);
        return verbs ? [{ noun, verbs }] : [];
      }),
    }))
    .filter(({ nouns }) => nouns.length > 0);
}
