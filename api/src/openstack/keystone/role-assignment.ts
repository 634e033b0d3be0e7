import { UnkaiError } from '@unkai/contracts/errors';
import type { EffectiveRole, RoleAssignment } from '@unkai/contracts/resources/role-assignment';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { domainIdOf, flagOf, idOf } from './fields.ts';
import { shownDomainId } from './ids.ts';
import { linksOf } from './links.ts';

type Shown = Omit<EffectiveRole, 'sources'> & Partial<Pick<RoleAssignment, 'groupId' | 'groupName' | 'isInherited'>>;

interface Naming {
  readonly asked: Asked;
  readonly withNames: boolean;
}

const placeId = 'scope.project.id';

async function list(asked: Asked): Promise<Answer> {
  const { operations } = asked;
  const filter = {
    userId: idOf(asked, 'user.id'),
    roleId: idOf(asked, 'role.id'),
    domainId: domainIdOf(asked, 'scope.domain.id'),
    projectId: idOf(asked, placeId),
    isSystem: asked.query.has('scope.system') ? true : undefined,
    includeSubtree: flagOf(asked, 'include_subtree') ?? false,
  };
  requireSense(asked, filter);
  const isInherited = asked.query.get('scope.OS-INHERIT:inherited_to') === 'projects' ? true : undefined;
  const given = { ...filter, isInherited, groupId: idOf(asked, 'group.id') };
  const found: readonly Shown[] =
    flagOf(asked, 'effective') === true
      ? await everything((page) => operations.roleAssignment.listEffective({ ...filter, ...page }))
      : await everything((page) => operations.roleAssignment.list({ ...given, ...page }));
  const naming = { asked, withNames: flagOf(asked, 'include_names') === true };
  return { status: 200, body: { role_assignments: found.map((each) => view(each, naming)), links: linksOf(asked) } };
}

/** Throws `invalid_input` for filters that exclude each other. */
function requireSense(asked: Asked, filter: { includeSubtree: boolean; projectId: string | undefined }): void {
  const both = (one: string, other: string) => asked.query.has(one) && asked.query.has(other);
  if (both('user.id', 'group.id')) throw senseless('Specify a user or group, not both.');
  if (both('scope.domain.id', placeId)) throw senseless('Specify a domain or project, not both.');
  if (flagOf(asked, 'effective') === true && asked.query.has('group.id')) {
    throw senseless('Combining effective and group filter will always result in an empty list.');
  }
  if (filter.includeSubtree && filter.projectId === undefined) {
    throw senseless('scope.project.id must be specified if include_subtree is also specified.');
  }
}

function senseless(message: string): UnkaiError {
  return new UnkaiError('invalid_input', message);
}

function view(each: Shown, naming: Naming) {
  const { roleId, role } = each;
  return {
    role: naming.withNames ? { id: roleId, name: role } : { id: roleId },
    ...holderView(each, naming),
    scope: scopeView(each, naming),
    links: { assignment: linkOf(each, naming.asked) },
  };
}

function holderView(each: Shown, { withNames }: Naming) {
  const domain = { id: shownDomainId(each.holderDomainId), name: each.holderDomainName };
  const named = (id: string, name: string | null | undefined) => (withNames ? { id, name, domain } : { id });
  if (each.userId !== null) return { user: named(each.userId, each.userName) };
  return { group: named(each.groupId ?? '', each.groupName) };
}

function scopeView(each: Shown, { withNames }: Naming) {
  const inherited = each.isInherited === true ? { 'OS-INHERIT:inherited_to': 'projects' } : {};
  const { projectId, domainId } = each;
  if (projectId !== null) {
    const domain = { id: shownDomainId(each.projectDomainId ?? ''), name: each.projectDomainName };
    const names = withNames ? { name: each.projectName, domain } : {};
    return { project: { id: projectId, ...names }, ...inherited };
  }
  if (domainId === null) return { system: { all: true } };
  const names = withNames ? { name: each.domainName } : {};
  return { domain: { id: shownDomainId(domainId), ...names }, ...inherited };
}

function linkOf(each: Shown, { endpoint }: Asked): string {
  const holder = each.userId === null ? `groups/${each.groupId}` : `users/${each.userId}`;
  const place =
    each.projectId !== null
      ? `projects/${each.projectId}`
      : each.domainId !== null
        ? `domains/${shownDomainId(each.domainId)}`
        : 'system';
  const path = `${place}/${holder}/roles/${each.roleId}`;
  if (each.isInherited === true) return `${endpoint}/v3/OS-INHERIT/${path}/inherited_to_projects`;
  return `${endpoint}/v3/${path}`;
}

export const roleAssignmentRoutes: readonly Route[] = [{ method: 'GET', path: '/v3/role_assignments', answer: list }];
