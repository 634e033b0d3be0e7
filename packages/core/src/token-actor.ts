import { type ActorRequest, actorFor } from './actor.ts';
import type { KnownActor } from './actor-cache.ts';
import type { Actor, Core } from './call.ts';
import type { TokenFacts } from './token.ts';

/**
 * Who a token that was verified stands for, and what they may do now; null when it is dead: revoked, or one that it was
 * made from; of an earlier generation; its credential gone or expired; its user, project or domain disabled; no role
 * left (A08, A09).
 */
export async function readTokenActor(core: Core, facts: TokenFacts): Promise<KnownActor | null> {
  const [isAlive, lent] = await Promise.all([isStillGood(core, facts), readLent(core, facts)]);
  if (!isAlive || lent === null || Number(lent.expiresAt ?? Number.POSITIVE_INFINITY) <= Date.now()) return null;
  const actor = await actorFor(core, requestOf(facts, lent));
  if (actor === null) return null;
  const seen = lent.trusteeId === null ? actor : await asTrustee(core, facts, lent, actor);
  return seen === null ? null : { actor: seen, expiresAt: facts.expiresAt };
}

async function isStillGood({ database }: Core, { userId, generation, auditIds }: TokenFacts): Promise<boolean> {
  const row = await database.kysely
    .selectFrom('user')
    .select((query) => [
      'token_generation',
      query
        .exists(query.selectFrom('revoked_token').select('audit_id').where('audit_id', 'in', auditIds))
        .as('isRevoked'),
    ])
    .where('id', '=', userId)
    .executeTakeFirst();
  return row !== undefined && row.token_generation === generation && !row.isRevoked;
}

/** What a token may do by whose leave: its own user's, or what an application credential or a trust lends. */
interface Lent {
  readonly userId: string;
  readonly roleLimit: readonly string[] | null;
  readonly name: string | null;
  readonly mayMakeCredentials: boolean;
  readonly expiresAt: Date | null;
  /** Set for a trust. */
  readonly trusteeId: string | null;
  readonly isImpersonating: boolean;
}

const roleIds = { roles: { select: { roleId: true } } } as const;

async function readLent(
  { database: { prisma } }: Core,
  { userId, credential, scope }: TokenFacts,
): Promise<Lent | null> {
  const nobodyElse = { trusteeId: null, isImpersonating: false };
  const own = { userId, roleLimit: null, name: null, mayMakeCredentials: true, expiresAt: null, ...nobodyElse };
  if (credential === null) return own;
  if (scope.kind !== 'project') return null;
  const { projectId } = scope;
  if (credential.kind === 'trust') {
    const where = { id: credential.id, trusteeId: userId, projectId };
    const row = await prisma.trust.findFirst({ where, include: roleIds });
    return (
      row && {
        userId: row.trustorId,
        roleLimit: row.roles.map(({ roleId }) => roleId),
        name: `trust ${row.id}`,
        mayMakeCredentials: false,
        expiresAt: row.expiresAt,
        trusteeId: userId,
        isImpersonating: row.isImpersonating,
      }
    );
  }
  const where = { id: credential.id, userId, projectId };
  const row = await prisma.applicationCredential.findFirst({ where, include: roleIds });
  return (
    row && {
      ...own,
      roleLimit: row.roles.map(({ roleId }) => roleId),
      name: row.name,
      mayMakeCredentials: row.isUnrestricted,
      expiresAt: row.expiresAt,
    }
  );
}

function requestOf({ scope, credential, auditIds }: TokenFacts, lent: Lent): ActorRequest {
  const { userId, roleLimit, name, mayMakeCredentials } = lent;
  return {
    userId,
    scope,
    roleLimit,
    credential: {
      kind: 'token',
      credentialId: credential?.id ?? null,
      tokenName: name,
      mayMakeCredentials,
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
