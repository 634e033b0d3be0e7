import { type Permission, permission } from '@unkai/contracts/permissions';
import { z } from 'zod';
import type { Actor, Core } from '../call.ts';
import { actorFor, anonymousActor, type Credential } from './actor.ts';
import type { KnownActor } from './actor-cache.ts';
import { credentialHash, credentialKey, credentialPrefixes } from './credentials.ts';
import { tokenPrefix, verifyToken } from './token.ts';
import { readTokenActor } from './token-actor.ts';

/**
 * Who a session (`uks_`), an API token (`unk_`) or a token (`ukt_`) belongs to. Whatever was revoked, disabled or expired before this
 * moment does not count (A08, A09), and where it was done in another process, a second later at most. Gives
 * `anonymousActor` for everything else.
 */
export async function authenticate(core: Core, secret: string | null): Promise<Actor> {
  return (await findCredential(core, secret))?.actor ?? anonymousActor;
}

/**
 * As `authenticate`, with what a token says; null for a credential that does not hold. Who is in memory was verified on
 * the way there, so the signature of a token is checked once and not at each of its uses.
 */
export async function findCredential(core: Core, secret: string | null): Promise<KnownActor | null> {
  const read = secret === null ? null : readerOf(core, secret);
  if (secret === null || read === null) return null;
  // By the hash, so that no memory is full of secrets.
  const known = core.actors === undefined ? await read() : await core.actors.find(credentialKey(secret), read);
  known?.onUse?.();
  return known;
}

function readerOf(core: Core, secret: string): (() => Promise<KnownActor | null>) | null {
  if (secret.startsWith(credentialPrefixes.session)) return () => bySession(core, secret);
  if (secret.startsWith(credentialPrefixes.apiToken)) return () => byApiToken(core, secret);
  return secret.startsWith(tokenPrefix) ? () => byToken(core, secret) : null;
}

async function byToken(core: Core, secret: string): Promise<KnownActor | null> {
  const facts = core.keys === undefined ? null : verifyToken(secret, core.keys.tokens);
  return facts === null ? null : readTokenActor(core, facts);
}

async function bySession(core: Core, secret: string): Promise<KnownActor | null> {
  const row = await core.database.kysely
    .selectFrom('session')
    .select(['id', 'user_id', 'expires_at', 'last_used_at'])
    .where('token_hash', '=', Buffer.from(credentialHash(secret)))
    .executeTakeFirst();
  const unbounded = { tokenName: null, permissions: null, onlyProjectId: null };
  return known(core, row, (id) => ({ kind: 'session', credentialId: id, ...whole, ...unbounded }));
}

async function byApiToken(core: Core, secret: string): Promise<KnownActor | null> {
  const row = await core.database.kysely
    .selectFrom('api_token')
    .select(['id', 'user_id', 'expires_at', 'last_used_at', 'name', 'permissions', 'project_id'])
    .where('token_hash', '=', Buffer.from(credentialHash(secret)))
    .executeTakeFirst();
  return known(core, row, (id) => ({
    kind: 'api-token',
    credentialId: id,
    ...whole,
    tokenName: row?.name ?? null,
    permissions: confinement(row?.permissions ?? null),
    onlyProjectId: row?.project_id ?? null,
  }));
}

const whole = { mayMakeCredentials: true, accessRules: null, auditIds: [] };

interface CredentialRow {
  readonly id: string;
  readonly user_id: string;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
}

async function known(
  core: Core,
  row: CredentialRow | undefined,
  credentialOf: (id: string) => Credential,
): Promise<KnownActor | null> {
  if (row === undefined || row.expires_at.getTime() <= Date.now()) return null;
  const credential = credentialOf(row.id);
  const actor = await actorFor(core, { userId: row.user_id, scope: null, credential });
  if (actor === null) return null;
  const table = credential.kind === 'session' ? 'session' : 'api_token';
  return { actor, expiresAt: row.expires_at.getTime(), onUse: usageOf(core, table, row) };
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

/** Makes what notes the use of a credential, at most once a minute, and lets no request wait for it. */
function usageOf({ database, log }: Core, table: 'session' | 'api_token', row: CredentialRow): () => void {
  let notedAt = row.last_used_at?.getTime() ?? 0;
  return () => {
    if (Date.now() - notedAt < touchEveryMs) return;
    notedAt = Date.now();
    const now = new Date(notedAt);
    const noted =
      table === 'session'
        ? database.kysely.updateTable('session').set({ last_used_at: now }).where('id', '=', row.id).execute()
        : database.kysely.updateTable('api_token').set({ last_used_at: now }).where('id', '=', row.id).execute();
    noted.catch((error: unknown) => log.warn({ err: error }, 'could not note the use of a credential'));
  };
}
