import type { RoleAssignment } from '@unkai/contracts/resources/role-assignment';
import { notFound } from '@unkai/core/access';
import { asRefusal } from '@unkai/core/audit/audit';
import { publicError } from '../../trpc.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer } from './collection.ts';
import { domainOfPath } from './ids.ts';
import { allRoles, roles } from './role.ts';

const places = ['projects', 'domains', 'system'] as const;
const holders = ['users', 'groups'] as const;

/** What a path of grants speaks of: `/{place}/{id}/{holders}/{id}/roles/{id}`. */
interface Kind {
  readonly place: (typeof places)[number];
  readonly holder: (typeof holders)[number];
  readonly isInherited: boolean;
}

function placeOf(asked: Asked, { place }: Kind) {
  if (place === 'projects') return { projectId: asked.id('id', 'project') };
  return place === 'domains' ? { domainId: domainOfPath(asked) } : {};
}

function holderOf(asked: Asked, { holder }: Kind) {
  return holder === 'users' ? { userId: asked.id('holder', 'user') } : { groupId: asked.id('holder', 'group') };
}

/** Throws `not_found` where a part of the path is not there, as Keystone does, also when no role was ever given. */
async function requireParts(asked: Asked, kind: Kind): Promise<void> {
  const { operations } = asked;
  const { place, holder } = kind;
  if (place === 'projects') await operations.project.get({ id: asked.id('id', 'project') });
  if (place === 'domains') await operations.domain.get({ id: domainOfPath(asked) });
  if (holder === 'users') await operations.user.get({ id: asked.id('holder', 'user') });
  else await operations.group.get({ id: asked.id('holder', 'group') });
}

function assigned(asked: Asked, kind: Kind, roleId?: string): Promise<RoleAssignment[]> {
  const where = { ...placeOf(asked, kind), ...holderOf(asked, kind), isInherited: kind.isInherited, roleId };
  const system = kind.place === 'system' ? { isSystem: true } : {};
  return everything((page) => asked.operations.roleAssignment.list({ ...where, ...system, ...page }));
}

async function find(asked: Asked, kind: Kind): Promise<RoleAssignment> {
  const roleId = asked.id('role', 'role');
  const [found] = await assigned(asked, kind, roleId);
  if (found !== undefined) return found;
  // What the caller may not see is in no list; that they asked for it is in the audit log.
  await requireParts(asked, kind);
  const nothing = notFound('role', roleId);
  throw kind.place === 'system' && asked.call.actor.systemRole === null ? asRefusal(nothing) : nothing;
}

function routesOf(kind: Kind): Route[] {
  const { place, holder, isInherited } = kind;
  const system = place === 'system' ? '/system' : `/${place}/:id`;
  const all = `/v3${isInherited ? '/OS-INHERIT' : ''}${system}/${holder}/:holder/roles`;
  const one = `${all}/:role${isInherited ? '/inherited_to_projects' : ''}`;
  return [
    { method: 'GET', path: isInherited ? `${all}/inherited_to_projects` : all, answer: (asked) => list(asked, kind) },
    { method: 'GET', path: one, answer: (asked) => check(asked, kind) },
    { method: 'PUT', path: one, answer: (asked) => give(asked, kind) },
    { method: 'DELETE', path: one, answer: (asked) => take(asked, kind) },
  ];
}

async function list(asked: Asked, kind: Kind): Promise<Answer> {
  await requireParts(asked, kind);
  const ids = new Set((await assigned(asked, kind)).map(({ roleId }) => roleId));
  const held = (await allRoles(asked, {})).filter(({ id }) => ids.has(id));
  return listAnswer(roles, held, asked);
}

async function check(asked: Asked, kind: Kind): Promise<Answer> {
  await find(asked, kind);
  return { status: 204 };
}

/** As in Keystone it does no harm to give a role twice. */
async function give(asked: Asked, kind: Kind): Promise<Answer> {
  const given = { role: asked.id('role', 'role'), ...placeOf(asked, kind), ...holderOf(asked, kind) };
  try {
    await asked.operations.roleAssignment.create({ ...given, isInherited: kind.isInherited });
  } catch (error) {
    const { code, errors } = publicError(error);
    const [first] = errors;
    // What a path names and is not there is not found; elsewhere it would be a wrong field.
    if (code === 'invalid_input' && first !== undefined) throw notFound(first.field, asked.url.pathname);
    if (code !== 'conflict') throw error;
  }
  return { status: 204 };
}

async function take(asked: Asked, kind: Kind): Promise<Answer> {
  const { id } = await find(asked, kind);
  await asked.operations.roleAssignment.delete({ id });
  return { status: 204 };
}

/** Roles given to users and groups on projects, domains and the system, each also for what is below alone. */
export const grantRoutes: readonly Route[] = places.flatMap((place) =>
  holders.flatMap((holder) => [
    ...routesOf({ place, holder, isInherited: false }),
    ...(place === 'system' ? [] : routesOf({ place, holder, isInherited: true })),
  ]),
);
