import { UnkaiError } from '@unkai/contracts/errors';
import { type Permission, permissions, type RoleName, roleGrants } from '@unkai/contracts/permissions';
import { auditRefused, withLine } from './audit/audit.ts';
import type { Actor, Call } from './call.ts';

/** Who owns a row: a project, a domain, or (both null) the installation or a user. */
export interface Place {
  readonly projectId: string | null;
  readonly domainId?: string | null;
}

/**
 * The one policy under every door. Rows are reached only through the lookups of store/, and each of those ends here:
 * finding a row for an action is what authorises the action.
 */
export function allows(actor: Actor, wanted: Permission, projectId: string | null, domainId?: string | null): boolean {
  if (actor.kind === 'system') return true;
  if (actor.userId === null) return false;
  // A confined credential never does more than it was made for, whatever its user may do (A02, A03).
  if (!canUseAtAll(actor, wanted)) return false;
  const rule = permissions[wanted];
  if (rule.scope === 'anyone') return true;
  if (rule.scope === 'self') return actor.onlyProjectId === null;
  const held = heldBy(actor, wanted, { projectId, domainId: domainId ?? null });
  return held !== null && roleGrants(held, rule.role);
}

/** The role that the actor holds where the permission asks for one. */
function heldBy(actor: Actor, wanted: Permission, { projectId, domainId = null }: Place): RoleName | null {
  const rule = permissions[wanted];
  if (rule.scope === 'domain') return roleOnDomain(actor, domainId);
  if (rule.scope !== 'project') return actor.systemRole;
  const held = roleOnProject(actor, projectId);
  return 'orOnDomain' in rule ? higher(held, roleOnDomain(actor, domainId)) : held;
}

/** Operators hold their system role on every project; a credential confined to one project reaches that one only. */
export function roleOnProject(actor: Actor, projectId: string | null): RoleName | null {
  const own = projectId === null ? null : (actor.projectRoles.get(projectId) ?? null);
  return higher(own, actor.systemRole);
}

/** Operators hold their system role on every domain. */
export function roleOnDomain(actor: Actor, domainId: string | null): RoleName | null {
  const own = domainId === null ? null : (actor.domainRoles.get(domainId) ?? null);
  return higher(own, actor.systemRole);
}

function higher(one: RoleName | null, other: RoleName | null): RoleName | null {
  if (one === null || other === null) return one ?? other;
  return roleGrants(one, other) ? one : other;
}

export interface Target extends Place {
  readonly noun: string;
  readonly id: string;
  readonly name?: string;
  /** Seen by everyone who is signed in, such as a public image. */
  readonly isShared?: boolean;
}

/**
 * Ends a lookup: gives the row back when the caller may do `wanted` on it. Throws `not_found` when the caller may not
 * even know of it, so that a stranger's id and an id that never was answer alike, and `forbidden` when it may be seen
 * but not changed. A refusal is written to the audit log.
 */
export async function granted<Row>(call: Call, wanted: Permission, row: Row | null, target: Target): Promise<Row> {
  requireSignIn(call.actor);
  if (row === null) throw notFound(target.noun, target.id);
  const { projectId, domainId } = target;
  const read = readPermission(wanted);
  const isRead = wanted === read;
  if (isRead && target.isShared && call.actor.userId !== null && canUseAtAll(call.actor, wanted)) return row;
  if (allows(call.actor, wanted, projectId, domainId)) return row;
  const maySee = allows(call.actor, read, projectId, domainId) || (target.isShared && canUseAtAll(call.actor, read));
  await auditRefused(call, wanted, target);
  if (!maySee) throw notFound(target.noun, target.id);
  throw forbidden(wanted);
}

export interface OwnTarget extends Pick<Target, 'noun' | 'id'> {
  /** The users whose it is; undefined where there is no row. */
  readonly ownerIds: ReadonlyArray<string | undefined>;
}

/** As `granted`, for what nobody but its owners may know of, operators neither: to others it is not there. */
export async function grantedOwn<Row>(
  call: Call,
  wanted: Permission,
  row: Row | null,
  { noun, id, ownerIds }: OwnTarget,
): Promise<Row> {
  const target = { noun, id, projectId: null };
  if (row === null || ownerIds.includes(callerId(call))) return granted(call, wanted, row, target);
  await auditRefused(call, wanted, target);
  throw notFound(noun, id);
}

/** As `granted`, for an action on a project as a whole, such as creating something in it. */
export async function grantedOnProject(call: Call, wanted: Permission, projectId: string): Promise<void> {
  requireSignIn(call.actor);
  if (allows(call.actor, wanted, projectId)) return;
  await auditRefused(call, wanted, { noun: 'project', id: projectId, projectId });
  if (roleOnProject(call.actor, projectId) === null) throw notFound('project', projectId);
  throw forbidden(wanted);
}

/**
 * As `granted`, for an action on a place that an earlier lookup let the caller see: it is no secret, and the refusal is
 * `forbidden`, also where the wish is to read.
 */
export async function grantedOnSeen(call: Call, wanted: Permission, target: Target): Promise<void> {
  if (allows(call.actor, wanted, target.projectId, target.domainId)) return;
  await auditRefused(call, wanted, target);
  throw forbidden(wanted);
}

/**
 * As `granted`, for making something in a domain. Throws `forbidden` whether the domain is there or not: who has no role
 * in it learns nothing of it.
 */
export async function grantedOnDomain(call: Call, wanted: Permission, domainId: string): Promise<void> {
  requireSignIn(call.actor);
  if (allows(call.actor, wanted, null, domainId)) return;
  await auditRefused(call, wanted, { noun: 'domain', id: domainId, projectId: null });
  throw forbidden(wanted);
}

/**
 * As `granted`, for a list of what is in domains: gives the ids of those whose rows the caller may see, or null for all.
 * Throws `forbidden` when there are none.
 */
export async function grantedDomains(call: Call, wanted: Permission): Promise<readonly string[] | null> {
  requireSignIn(call.actor);
  if (allows(call.actor, wanted, null)) return null;
  const seen = [...call.actor.domainRoles.keys()].filter((id) => allows(call.actor, wanted, null, id));
  if (seen.length > 0) return seen;
  await auditRefused(call, wanted, { noun: wanted.split(':')[0] ?? wanted, id: '', projectId: null });
  throw forbidden(wanted);
}

/** As `granted`, for an action on the installation or on the caller's own things. */
export async function grantedGlobally(call: Call, wanted: Permission): Promise<void> {
  requireSignIn(call.actor);
  if (allows(call.actor, wanted, null)) return;
  await auditRefused(call, wanted, { noun: wanted.split(':')[0] ?? wanted, id: '', projectId: null });
  throw forbidden(wanted);
}

/** As `granted`, for reading a list whose rows are shared with everyone, or filtered by what the caller may see. */
export async function grantedToAll(call: Call, wanted: Permission): Promise<void> {
  requireSignIn(call.actor);
  if (canUseAtAll(call.actor, wanted)) return;
  await auditRefused(call, wanted, { noun: wanted.split(':')[0] ?? wanted, id: '', projectId: null });
  throw forbidden(wanted);
}

/**
 * As `granted`, for fields of a row that the caller may otherwise change, which ask for more than the row does (A50).
 * Throws `forbidden` that names each of `fields`; with none of them all is well.
 */
export async function grantedFields(
  call: Call,
  wanted: Permission,
  target: Target,
  fields: readonly string[],
): Promise<void> {
  if (fields.length === 0 || allows(call.actor, wanted, null)) return;
  await auditRefused(call, wanted, target);
  const message = 'is for operators to say';
  const next = 'Leave it out.';
  const told = { errors: fields.map((field) => ({ field, message, fix: next })), next };
  throw withLine(new UnkaiError('forbidden', `${fields.join(', ')}: ${message}.`, told));
}

/** Throws `unauthenticated` unless somebody is known by a credential. */
export function requireSignIn(actor: Actor): void {
  if (actor.kind === 'anonymous') throw new UnkaiError('unauthenticated', 'This needs a session or an API token.');
}

/** The id of the user who calls. Throws `forbidden` for the system, which owns nothing. */
export function callerId(call: Call): string {
  requireSignIn(call.actor);
  if (call.actor.userId === null) throw new UnkaiError('forbidden', 'Only a user can own this.');
  return call.actor.userId;
}

export function notFound(noun: string, id: string): UnkaiError {
  return new UnkaiError('not_found', `There is no ${noun.replaceAll('-', ' ')} with the id ${id}.`);
}

const wheres = { project: 'on this project', domain: 'on its domain', system: 'on the system' } as const;

/** What is thrown after a refusal was written. */
function forbidden(wanted: Permission): UnkaiError {
  return withLine(new UnkaiError('forbidden', reason(wanted)));
}

function reason(wanted: Permission): string {
  const rule = permissions[wanted];
  const { role, scope } = rule;
  if (scope === 'self' || scope === 'anyone') return `This credential does not include ${wanted}.`;
  const where = 'orOnDomain' in rule ? 'on the project or its domain' : wheres[scope];
  return `It needs the role ${role} ${where}: ${wanted}.`;
}

const readPermissions: ReadonlySet<Permission> = new Set(Object.keys(permissions).filter(isReadPermission));

function isReadPermission(name: string): name is Permission {
  return name in permissions && name.endsWith(':read');
}

function readPermission(wanted: Permission): Permission {
  const read = `${wanted.slice(0, wanted.indexOf(':'))}:read`;
  for (const candidate of readPermissions) if (candidate === read) return candidate;
  return wanted;
}

/** Whether the credential itself includes it, whatever its user may do. */
export function canUseAtAll(actor: Actor, wanted: Permission): boolean {
  if ('isCredential' in permissions[wanted] && !actor.mayMakeCredentials) return false;
  return actor.permissions === null || actor.permissions.has(wanted);
}
