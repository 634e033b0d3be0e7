import { type Permission, permission, type RoleName, roleGrants, roleName } from '@unkai/contracts/permissions';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { z } from 'zod';
import type { Actor, Core } from './call.ts';
import { credentialHash, credentialPrefixes } from './credentials.ts';
import type { Database } from './database.ts';

/** Nobody: no credential, or one that does not hold (any more). The two answer alike, so neither tells a stranger more. */
export const anonymousActor: Actor = {
  kind: 'anonymous',
  userId: null,
  name: 'anonymous',
  domainId: null,
  credentialId: null,
  tokenName: null,
  systemRole: null,
  projectRoles: new Map(),
  permissions: null,
  onlyProjectId: null,
};

/** The installation itself, for what workers and set-up do on nobody's behalf. */
export const systemActor: Actor = { ...anonymousActor, kind: 'system', name: 'system' };

/**
 * Who a session (`uks_`) or an API token (`unk_`) belongs to, in one query. Nothing is cached: whatever was revoked,
 * disabled or expired before this moment does not count (A08, A09). Gives `anonymousActor` for everything else.
 */
export async function authenticate(core: Core, secret: string | null): Promise<Actor> {
  if (secret === null) return anonymousActor;
  if (secret.startsWith(credentialPrefixes.session)) return bySession(core, secret);
  if (secret.startsWith(credentialPrefixes.apiToken)) return byApiToken(core, secret);
  return anonymousActor;
}

async function bySession(core: Core, secret: string): Promise<Actor> {
  const row = await enabledUsers(core.database)
    .innerJoin('session', 'session.user_id', 'user.id')
    .select(['session.id as credential_id', 'session.last_used_at'])
    .where('session.token_hash', '=', Buffer.from(credentialHash(secret)))
    .where('session.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (!row) return anonymousActor;
  touch(core, 'session', row.credential_id, row.last_used_at);
  return { ...actorOf(row), kind: 'session', tokenName: null, permissions: null, onlyProjectId: null };
}

async function byApiToken(core: Core, secret: string): Promise<Actor> {
  const row = await enabledUsers(core.database)
    .innerJoin('api_token', 'api_token.user_id', 'user.id')
    .select([
      'api_token.id as credential_id',
      'api_token.last_used_at',
      'api_token.name as token_name',
      'api_token.permissions',
      'api_token.project_id',
    ])
    .where('api_token.token_hash', '=', Buffer.from(credentialHash(secret)))
    .where('api_token.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (!row) return anonymousActor;
  touch(core, 'api_token', row.credential_id, row.last_used_at);
  return {
    ...actorOf(row),
    kind: 'api-token',
    tokenName: row.token_name,
    permissions: confinement(row.permissions),
    onlyProjectId: row.project_id,
  };
}

/** Users who may act at all, with the roles that count: those on the system, and on enabled projects of enabled domains. */
function enabledUsers({ kysely }: Database) {
  return kysely
    .selectFrom('user')
    .innerJoin('domain', 'domain.id', 'user.domain_id')
    .select((query) => [
      'user.id as user_id',
      'user.name as user_name',
      'user.domain_id',
      jsonArrayFrom(
        query
          .selectFrom('role_assignment')
          .innerJoin('role', 'role.id', 'role_assignment.role_id')
          .leftJoin('project', 'project.id', 'role_assignment.project_id')
          .leftJoin('domain as owner', 'owner.id', 'project.domain_id')
          .select(['role_assignment.project_id', 'role.name as role'])
          .whereRef('role_assignment.user_id', '=', 'user.id')
          .where('role_assignment.is_inherited', '=', false)
          .where('role_assignment.domain_id', 'is', null)
          .where('role.is_built_in', '=', true)
          .where((where) =>
            where.or([
              where('role_assignment.project_id', 'is', null),
              where.and([where('project.is_enabled', '=', true), where('owner.is_enabled', '=', true)]),
            ]),
          ),
      ).as('roles'),
    ])
    .where('user.is_enabled', '=', true)
    .where('domain.is_enabled', '=', true);
}

interface UserRow {
  readonly credential_id: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly domain_id: string;
  readonly roles: ReadonlyArray<{ project_id: string | null; role: string }>;
}

function actorOf(row: UserRow) {
  let systemRole: RoleName | null = null;
  const projectRoles = new Map<string, RoleName>();
  for (const { project_id: projectId, role } of row.roles) {
    const held = roleName.parse(role);
    if (projectId === null) systemRole = higher(systemRole, held);
    else projectRoles.set(projectId, higher(projectRoles.get(projectId) ?? null, held));
  }
  const { user_id: userId, user_name: name, domain_id: domainId, credential_id: credentialId } = row;
  return { userId, name, domainId, credentialId, systemRole, projectRoles };
}

function higher(one: RoleName | null, other: RoleName): RoleName {
  return one !== null && roleGrants(one, other) ? one : other;
}

const storedNames = z.array(z.string()).nullable();

/**
 * The permissions kept with a token; null where it is not confined. One that this version no longer knows grants
 * nothing and must not widen the rest.
 */
export function storedPermissions(stored: unknown): Permission[] | null {
  const names = storedNames.parse(stored);
  if (names === null) return null;
  const known = names.map((name) => permission.safeParse(name)).filter((parsed) => parsed.success);
  return known.map(({ data }) => data);
}

function confinement(stored: unknown): ReadonlySet<Permission> | null {
  const names = storedPermissions(stored);
  return names === null ? null : new Set(names);
}

const touchEveryMs = 60_000;

/** Notes the use of a credential, at most once a minute, and lets no request wait for it. */
function touch({ database, log }: Core, table: 'session' | 'api_token', id: string, last: Date | null): void {
  if (last !== null && Date.now() - last.getTime() < touchEveryMs) return;
  const now = new Date();
  const noted =
    table === 'session'
      ? database.kysely.updateTable('session').set({ last_used_at: now }).where('id', '=', id).execute()
      : database.kysely.updateTable('api_token').set({ last_used_at: now }).where('id', '=', id).execute();
  noted.catch((error: unknown) => log.warn({ err: error }, 'could not note the use of a credential'));
}
