import type { EffectiveRole, RoleSource } from '@unkai/contracts/resources/role-assignment';
import { describe, expect, test } from 'vitest';
import { membersOf, placeWords, sourcesWords, sourceWords } from '../resources/role-words.ts';
import { givableRoles } from '../resources/roles.ts';

const source: RoleSource = {
  assignmentId: 'a1',
  role: 'member',
  groupName: null,
  isInherited: false,
  domainName: null,
  projectName: 'shop',
};

describe('where a role comes from', () => {
  test('is said in words, each reason once', () => {
    expect(sourceWords('member', source)).toBe('given here');
    expect(sourceWords('reader', { ...source, groupName: 'team', isInherited: true })).toBe(
      'implied by member, through the group team, inherited from the project shop',
    );
    const twice = { role: 'member', sources: [{ ...source, groupName: 'team' }, source, source] };
    expect(sourcesWords(twice)).toEqual(['given here', 'through the group team']);
    expect(placeWords({ isSystem: true, domainName: null, projectName: null })).toBe('the whole system');
  });

  test('a member is told with what was given, not with all that this implies', () => {
    const row = (role: string, sources: RoleSource[]): EffectiveRole => ({
      role,
      sources,
      roleId: role,
      userId: 'u1',
      userName: 'ada',
      holderDomainId: 'd1',
      holderDomainName: 'Acme',
      isSystem: false,
      domainId: null,
      domainName: null,
      projectId: 'p1',
      projectName: 'shop',
      projectDomainId: 'd1',
      projectDomainName: 'Acme',
    });
    const members = membersOf([row('member', [source]), row('reader', [source])]);
    expect(members).toEqual([
      { id: 'u1', name: 'ada', domainName: 'Acme', roles: [{ role: 'member', why: 'given here' }] },
    ]);
  });
});

test('a manager is not offered admin, nor a role that leads to it, nor one of another domain', () => {
  const role = (id: string, name: string, implies: string[] = [], domainId: string | null = null) => ({
    id,
    name,
    implies,
    domainId,
    description: '',
    isBuiltIn: false,
    options: {},
    createdAt: '',
  });
  const admin = '00000000-0000-4000-8000-000000000004';
  const roles = [
    role('r1', 'auditor'),
    role(admin, 'admin', ['r1']),
    role('r2', 'boss', ['r3']),
    role('r3', 'chief', [admin, 'r2']),
    role('r4', 'theirs', [], 'd2'),
  ];
  const offered = (isOperator: boolean) =>
    givableRoles(roles, 'd1', isOperator).map(({ label, disabledReason }) => [label, disabledReason === undefined]);
  expect(offered(false)).toEqual([
    ['auditor', true],
    ['admin', false],
    ['boss', false],
    ['chief', false],
  ]);
  expect(offered(true).every(([, isOffered]) => isOffered)).toBe(true);
});
