import type { RoleName } from '@unkai/contracts/permissions';
import type { Actor, Core, Scope } from '../call.ts';
import type { Database } from '../database/database.ts';
import { type PlacedRole, placedRoles, type RoleGraph, readRoleGraph } from './effective-roles.ts';

/** Nobody: no credential, or one that does not hold (any more). The two answer alike, so neither tells a stranger more. */
export const anonymousActor: Actor = {
  kind: 'anonymous',
  userId: null,
  name: 'anonymous',
  domainId: null,
  credentialId: null,
  tokenName: null,
  systemRole: null,
  domainRoles: new Map(),
  projectRoles: new Map(),
  scope: null,
  roles: [],
  mayMakeCredentials: false,
  accessRules: null,
  auditIds: [],
  permissions: null,
  onlyProjectId: null,
};

/** The installation itself, for what workers and set-up do on nobody's behalf. */
export const systemActor: Actor = { ...anonymousActor, kind: 'system', name: 'system' };

/** What the credential itself says of the actor. */
export type Credential = Pick<
  Actor,
  | 'kind'
  | 'credentialId'
  | 'tokenName'
  | 'mayMakeCredentials'
  | 'accessRules'
  | 'auditIds'
  | 'permissions'
  | 'onlyProjectId'
>;

export interface ActorRequest {
  /** Whose roles count. */
  readonly userId: string;
  /** What a token is for; null for a session or an API token, which are for everything. */
  readonly scope: Scope | null;
  /**
   * Ids of the only roles that may count, such as those of an application credential or a trust; what they imply may
   * too. Null: all that the user holds.
   */
  readonly roleLimit?: readonly string[] | null;
  readonly credential: Credential;
}

/**
 * Who a credential stands for and what it may do now: the roles that count on its scope are those that the user holds
 * there ∩ the limit, each with what it implies (A02, A03). A token for a project reaches that project and nothing else,
 * save that an operator's (role admin on the system, within the limit too) goes on to operate. Null when the user is
 * gone or disabled, their domain is, or no role is left on the scope of a token: such a token is dead (A08, A09).
 *
 * A trust that impersonates nobody: ask for the trustor, and put the trustee's `userId` and `name` on the answer, after
 * making sure that the trustee could act too.
 */
export async function actorFor(core: Core, request: ActorRequest): Promise<Actor | null> {
  const { userId } = request;
  const read = async () => (await standingsOf(core.database, [userId]))[0];
  const standing = await (core.actors?.standings.find(userId, read) ?? read());
  return standing === undefined ? null : actorOf(standing, request, core.openstackAdmin === 'any-project');
}

/** A user who may act, with the roles that count for them and where. */
export interface Standing {
  readonly userId: string;
  readonly name: string;
  readonly domainId: string;
  readonly placed: readonly PlacedRole[];
  readonly graph: RoleGraph;
}

/** What those of the users who may act at all hold, in three queries however many they are. */
export async function standingsOf(database: Database, userIds: readonly string[]): Promise<Standing[]> {
  if (userIds.length === 0) return [];
  const [users, placed, graph] = await Promise.all([
    database.kysely
      .selectFrom('user')
      .innerJoin('domain', 'domain.id', 'user.domain_id')
      .select(['user.id as userId', 'user.name', 'user.domain_id as domainId'])
      .where('user.id', 'in', userIds)
      .where('user.is_enabled', '=', true)
      .where('domain.is_enabled', '=', true)
      .execute(),
    placedRoles(database, userIds),
    readRoleGraph(database),
  ]);
  return users.map((user) => ({ ...user, placed: placed.filter(({ userId }) => userId === user.userId), graph }));
}

/** The actor that a standing makes with a credential; see `actorFor`. */
export function actorOf(standing: Standing, request: ActorRequest, isAdminAnywhereOperator = false): Actor | null {
  const { graph, userId, name, domainId } = standing;
  const { scope, credential } = request;
  const limit = request.roleLimit ? graph.closure(request.roleLimit) : null;
  const within = (roleIds: Iterable<string>) => {
    const reached = [...graph.closure(roleIds)];
    return limit === null ? reached : reached.filter((id) => limit.has(id));
  };
  const places = placesOf(standing.placed);
  const system = graph.highest(within(places.system));
  const counted = {
    systemRole: system,
    domainRoles: highestOf(places.domains, (ids) => graph.highest(within(ids))),
    projectRoles: highestOf(places.projects, (ids) => graph.highest(within(ids))),
  };
  const actor = { ...anonymousActor, ...credential, userId, name, domainId, scope };
  if (scope === null) return { ...actor, ...confined(counted, credential.onlyProjectId) };
  const roles = graph.named(within(rolesOn(places, scope)));
  if (roles.length === 0 && scope.kind !== 'unscoped') return null;
  return { ...actor, roles, ...scoped(counted, scope, isAdminAnywhereOperator) };
}

type Counted = Pick<Actor, 'systemRole' | 'domainRoles' | 'projectRoles'>;
const nothing: Counted = { systemRole: null, domainRoles: new Map(), projectRoles: new Map() };

/** An API token that is confined to a project reaches only that one, whoever its user is. */
function confined(counted: Counted, projectId: string | null): Counted {
  return projectId === null ? counted : { ...nothing, projectRoles: only(counted.projectRoles, projectId) };
}

function scoped(counted: Counted, scope: Scope, isAdminAnywhereOperator: boolean): Counted {
  if (scope.kind === 'unscoped') return nothing;
  if (scope.kind === 'system') return { ...nothing, systemRole: counted.systemRole };
  if (scope.kind === 'domain') return { ...nothing, domainRoles: only(counted.domainRoles, scope.domainId) };
  const projectRoles = only(counted.projectRoles, scope.projectId);
  const operates =
    counted.systemRole === 'admin' || (isAdminAnywhereOperator && projectRoles.get(scope.projectId) === 'admin');
  return { ...nothing, projectRoles, systemRole: operates ? 'admin' : null };
}

function only(roles: ReadonlyMap<string, RoleName>, id: string): ReadonlyMap<string, RoleName> {
  const role = roles.get(id);
  return role === undefined ? new Map() : new Map([[id, role]]);
}

interface Places {
  readonly system: string[];
  readonly domains: Map<string, string[]>;
  readonly projects: Map<string, string[]>;
}

/** Role ids by where they count. */
function placesOf(placed: readonly PlacedRole[]): Places {
  const places: Places = { system: [], domains: new Map(), projects: new Map() };
  for (const { roleId, domainId, projectId } of placed) {
    if (projectId !== null) add(places.projects, projectId, roleId);
    else if (domainId !== null) add(places.domains, domainId, roleId);
    else places.system.push(roleId);
  }
  return places;
}

function add(roles: Map<string, string[]>, id: string, roleId: string): void {
  const known = roles.get(id);
  if (known === undefined) roles.set(id, [roleId]);
  else known.push(roleId);
}

function rolesOn({ system, domains, projects }: Places, scope: Scope): readonly string[] {
  if (scope.kind === 'unscoped') return [];
  if (scope.kind === 'system') return system;
  return (scope.kind === 'domain' ? domains.get(scope.domainId) : projects.get(scope.projectId)) ?? [];
}

function highestOf(
  places: ReadonlyMap<string, readonly string[]>,
  highest: (roleIds: readonly string[]) => RoleName | null,
): ReadonlyMap<string, RoleName> {
  const found = new Map<string, RoleName>();
  for (const [id, roleIds] of places) {
    const role = highest(roleIds);
    if (role !== null) found.set(id, role);
  }
  return found;
}
