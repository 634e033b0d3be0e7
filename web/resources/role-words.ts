import type { RoleName } from '@unkai/contracts/permissions';
import type { EffectiveRole, RoleAssignment, RoleSource } from '@unkai/contracts/resources/role-assignment';

/** What a built-in role lets one do in a project, and in a domain. */
export const roleWords = {
  project: {
    reader: 'sees what is there',
    member: 'makes, changes and deletes what is there',
    manager: 'as member, and manages its people',
    admin: 'as manager',
  },
  domain: {
    reader: 'sees its users, groups and projects',
    member: 'as reader',
    manager: 'manages its users, groups and projects',
    admin: 'as manager',
  },
} as const satisfies Record<'project' | 'domain', Record<RoleName, string>>;

type Placed = Pick<RoleAssignment, 'isSystem' | 'domainName' | 'projectName'>;

/** Where a role is given or counts. */
export function placeWords({ isSystem, domainName, projectName }: Placed): string {
  if (isSystem) return 'the whole system';
  return projectName === null ? `the domain ${domainName ?? ''}` : `the project ${projectName}`;
}

/** Why a role counts: "implied by manager, through the group team, inherited from the project shop". */
export function sourceWords(role: string, source: RoleSource): string {
  const { groupName, isInherited, domainName, projectName } = source;
  const words = [
    source.role === role ? '' : `implied by ${source.role}`,
    groupName === null ? '' : `through the group ${groupName}`,
    isInherited ? `inherited from ${placeWords({ isSystem: false, domainName, projectName })}` : '',
  ].filter(Boolean);
  return words.length === 0 ? 'given here' : words.join(', ');
}

/** All the reasons why a role counts, those that say the least first. */
export function sourcesWords({ role, sources }: Pick<EffectiveRole, 'role' | 'sources'>): readonly string[] {
  return [...new Set(sources.map((source) => sourceWords(role, source)))].toSorted((a, b) => a.length - b.length);
}

/** A person with the roles that were given to them, however that came about; not those that these only imply. */
export type Member = { id: string; name: string; domainName: string; roles: readonly { role: string; why: string }[] };

/** Effective roles of one place by person. */
export function membersOf(effective: readonly EffectiveRole[]): readonly Member[] {
  const byPerson = Map.groupBy(effective, ({ userId }) => userId ?? '');
  return [...byPerson].map(([id, rows]) => ({
    id,
    name: rows[0]?.userName ?? '',
    domainName: rows[0]?.holderDomainName ?? '',
    roles: rows.flatMap(({ role, sources }) => {
      const given = sources.filter((source) => source.role === role);
      return given.length === 0 ? [] : [{ role, why: sourcesWords({ role, sources: given }).join('; ') }];
    }),
  }));
}
