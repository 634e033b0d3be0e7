import { sql } from 'kysely';
import type { Actor, Core, Scope } from '../call.ts';
import { type ActorRequest, actorFor } from './actor.ts';
import type { KnownActor } from './actor-cache.ts';
import type { RequestRule } from './request-rule.ts';
import type { TokenFacts } from './token.ts';

/**
 * Who a token that was verified stands for, and what they may do now; null when it is dead: revoked, or one that it was
 * made from; of an earlier generation; its credential gone or expired; its user, project or domain disabled; no role
 * left (A08, A09).
 */
export async function readTokenActor(core: Core, facts: TokenFacts): Promise<KnownActor | null> {
  const [isAlive, known] = await Promise.all([isStillGood(core, facts), readNewTokenActor(core, facts)]);
  return isAlive ? known : null;
}

/** As `readTokenActor`, for a token that is just being made: nobody can have revoked it. */
export async function readNewTokenActor(core: Core, facts: TokenFacts): Promise<KnownActor | null> {
  const lent = await readLent(core, facts);
  if (lent === null || Number(lent.expiresAt ?? Number.POSITIVE_INFINITY) <= Date.now()) return null;
  const actor = await actorFor(core, requestOf(facts, lent));
  if (actor === null) return null;
  const seen = lent.trusteeId === null ? actor : await asTrustee(core, facts, lent, actor);
  // A trust depends on two users, and memory forgets by one.
  const isReadAnew = lent.trusteeId !== null;
  return seen === null ? null : { actor: seen, expiresAt: facts.expiresAt, facts, isReadAnew };
}

async function isStillGood({ database }: Core, facts: TokenFacts): Promise<boolean> {
  const { userId, generation, scopeGeneration, scope, auditIds } = facts;
  const row = await database.kysely
    .selectFrom('user')
    .select((query) => [
      'token_generation',
      scopeGenerationOf(userId, scope).as('scopeGeneration'),
      query
        .exists(query.selectFrom('revoked_token').select('audit_id').where('audit_id', 'in', auditIds))
        .as('isRevoked'),
    ])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (row === undefined || row.isRevoked) return false;
  return row.token_generation === generation && row.scopeGeneration === scopeGeneration;
}

/** The generation of all that a token depends on beside its user. */
function scopeGenerationOf(userId: string, scope: Scope) {
  const projectId = scope.kind === 'project' ? scope.projectId : null;
  const domainId = scope.kind === 'domain' ? scope.domainId : null;
  return sql<number>`scope_generation(${userId}::uuid, ${projectId}::uuid, ${domainId}::uuid)`;
}

/** What a token that is issued now carries as its `scopeGeneration`. */
export async function readScopeGeneration({ database }: Core, userId: string, scope: Scope): Promise<number> {
  const generation = scopeGenerationOf(userId, scope).as('generation');
  const row = await database.kysely.selectNoFrom(generation).executeTakeFirstOrThrow();
  return row.generation;
}

/** What a token may do by whose leave: its own user's, or what an application credential or a trust lends. */
interface Lent {
  readonly userId: string;
  readonly roleLimit: readonly string[] | null;
  readonly name: string | null;
  readonly mayMakeCredentials: boolean;
  readonly accessRules: readonly RequestRule[] | null;
  readonly expiresAt: Date | null;
  /** Set for a trust. */
  readonly trusteeId: string | null;
  readonly isImpersonating: boolean;
}

const roleIds = { roles: { select: { roleId: true } } } as const;
const withBounds = { ...roleIds, accessRules: { select: { accessRule: true } } } as const;

async function readLent(
  { database: { prisma } }: Core,
  { userId, credential, scope }: TokenFacts,
): Promise<Lent | null> {
  const nobodyElse = { trusteeId: null, isImpersonating: false };
  const own: Lent = {
    ...nobodyElse,
    userId,
    roleLimit: null,
    name: null,
    mayMakeCredentials: true,
    accessRules: null,
    expiresAt: null,
  };
  if (credential === null) return own;
  if (scope.kind !== 'project') return null;
  const { projectId } = scope;
  if (credential.kind === 'ec2') return readLentKey(prisma, own, { id: credential.id, userId, projectId, type: 'ec2' });
  if (credential.kind === 'trust') {
    return readLentTrust(prisma, own, { id: credential.id, trusteeId: userId, projectId });
  }
  const where = { id: credential.id, userId, projectId };
  const row = await prisma.applicationCredential.findFirst({ where, include: withBounds });
  return row && { ...own, ...boundsOf(row), name: row.name, mayMakeCredentials: row.isUnrestricted };
}

interface BoundedRow {
  readonly roles: ReadonlyArray<{ readonly roleId: string }>;
  readonly accessRules: ReadonlyArray<{ readonly accessRule: RequestRule }>;
  readonly expiresAt: Date | null;
}

/** What an application credential is good for, and nothing beyond. */
function boundsOf({
  roles,
  accessRules,
  expiresAt,
}: BoundedRow): Pick<Lent, 'roleLimit' | 'accessRules' | 'expiresAt'> {
  const rules = accessRules.map(({ accessRule }) => accessRule);
  return { roleLimit: roles.map(({ roleId }) => roleId), accessRules: rules.length === 0 ? null : rules, expiresAt };
}

async function readLentTrust(
  prisma: Core['database']['prisma'],
  own: Lent,
  where: { id: string; trusteeId: string; projectId: string },
): Promise<Lent | null> {
  const row = await prisma.trust.findFirst({ where, include: roleIds });
  if (row === null || !(await mayAllLend(prisma, row.redelegatedTrustId))) return null;
  return {
    ...own,
    userId: row.trustorId,
    roleLimit: row.roles.map(({ roleId }) => roleId),
    name: `trust ${row.id}`,
    mayMakeCredentials: false,
    expiresAt: row.expiresAt,
    trusteeId: where.trusteeId,
    isImpersonating: row.isImpersonating,
  };
}

/** Whether everyone by whose hands a trust was lent on may still act (A09). */
async function mayAllLend(prisma: Core['database']['prisma'], trustId: string | null): Promise<boolean> {
  if (trustId === null) return true;
  const where = { id: trustId, trustee: { isEnabled: true, domain: { isEnabled: true } } };
  const row = await prisma.trust.findFirst({ where, select: { redelegatedTrustId: true } });
  return row !== null && mayAllLend(prisma, row.redelegatedTrustId);
}

/** What an EC2 key pair lends: as much as its user has, or as the application credential had that made it; and no credentials (A05). */
async function readLentKey(
  prisma: Core['database']['prisma'],
  own: Lent,
  where: { id: string; userId: string; projectId: string; type: 'ec2' },
): Promise<Lent | null> {
  const row = await prisma.credential.findFirst({ where, include: { applicationCredential: { include: withBounds } } });
  if (row === null) return null;
  const { accessKey, applicationCredential: maker } = row;
  const lent = { ...own, name: `EC2 key ${accessKey}`, mayMakeCredentials: false };
  if (maker === null) return lent;
  return { ...lent, ...boundsOf(maker) };
}

function requestOf({ scope, credential, auditIds }: TokenFacts, lent: Lent): ActorRequest {
  const { userId, roleLimit, name, mayMakeCredentials, accessRules } = lent;
  return {
    userId,
    scope,
    roleLimit,
    credential: {
      kind: 'token',
      credentialId: credential?.id ?? null,
      tokenName: name,
      mayMakeCredentials,
      accessRules,
      auditIds,
      permissions: null,
      onlyProjectId: null,
    },
  };
}

/** The trustee must be able to act too; without impersonation the deeds are theirs. */
async function asTrustee(core: Core, facts: TokenFacts, lent: Lent, actor: Actor): Promise<Actor | null> {
  const request = requestOf(facts, { ...lent, userId: facts.userId, roleLimit: null });
  const trustee = await actorFor(core, { ...request, scope: { kind: 'unscoped' } });
  if (trustee === null || lent.isImpersonating) return trustee && actor;
  const { userId, name, domainId } = trustee;
  return { ...actor, userId, name, domainId };
}
