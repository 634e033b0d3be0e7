import { UnkaiError } from '@unkai/contracts/errors';
import type { KnownActor } from './actor-cache.ts';
import { auditInsert } from './audit.ts';
import { type Actor, type Call, keysOf, type Scope } from './call.ts';
import { ask } from './database.ts';
import type { ProvenUser } from './password-check.ts';
import { longestChain, newAuditId, signToken, type TokenFacts } from './token.ts';
import { readNewTokenActor, readScopeGeneration } from './token-actor.ts';
import { type Proofs, type Proven, proveUser } from './token-proof.ts';
import { findScope, type ScopeRequest } from './token-scope.ts';

export interface IssuedToken {
  /** Shown once, here. Prefix `ukt_`. */
  readonly token: string;
  readonly facts: TokenFacts;
  /** Who its bearer is, and what they may do. */
  readonly actor: Actor;
}

const tokenMs = 60 * 60 * 1000;

/**
 * Gives a token to whoever shows who they are. Without `asked` it is for the user's default project, where they have a
 * role there, else for nothing. A token made from another neither outlives nor exceeds it, and dies with it (A02, A10).
 * Throws `wrong_credentials`, `second_factor_needed` and `rate_limited`; `unauthenticated` for a scope on which the user
 * has no role, there or not; `forbidden` for more than the shown credential lends.
 */
export async function issueToken(call: Call, proofs: Proofs, asked?: ScopeRequest): Promise<IssuedToken> {
  let ahead: Promise<Ahead> | undefined;
  const proven = await proveUser(call, proofs, (user) => {
    ahead = lookAhead(call, user, asked);
    // Whoever waits for it hears of it; with a wrong password that is nobody.
    ahead.catch(() => {});
  });
  return issueIn(call, proven, { asked, ahead });
}

/** As `issueToken`, for a user who has shown who they are. */
export function issueTo(call: Call, proven: Proven, asked?: ScopeRequest): Promise<IssuedToken> {
  return issueIn(call, proven, { asked });
}

/** What a token was asked for; and where that is, if somebody began to look while the password was checked. */
interface Wanted {
  readonly asked: ScopeRequest | undefined;
  readonly ahead?: Promise<Ahead> | undefined;
}

/** Where a token is to be for, and who its bearer will be there; both as they were when the password was shown. */
interface Ahead extends Place {
  readonly auditIds: readonly string[];
  readonly known: KnownActor | null;
}

/**
 * Reads what a token by password alone needs. What changes between this and the token makes the token one of an earlier
 * generation, which is dead before its first use; a role that is lost counts at that use, as at each.
 */
async function lookAhead(call: Call, user: ProvenUser, asked: ScopeRequest | undefined): Promise<Ahead> {
  const bounds = { ...(await placeOf(call, user, asked)), credential: null, expiresAt: endOf(null) };
  const proven: Proven = { user, methods: ['password'], parent: null, stored: null };
  const facts = factsOf(proven, bounds);
  return { ...bounds, auditIds: facts.auditIds, known: await readNewTokenActor(call.core, facts) };
}

async function issueIn(call: Call, proven: Proven, wanted: Wanted): Promise<IssuedToken> {
  const { asked } = wanted;
  const bounds = await boundsOf(call, proven, wanted);
  const { scope, credential } = bounds;
  const isPlain = proven.parent === null && credential === null;
  const ahead = isPlain ? await wanted.ahead : undefined;
  const facts = factsOf(proven, bounds, ahead?.auditIds);
  const known = ahead === undefined ? await readNewTokenActor(call.core, facts) : ahead.known;
  if (known === null) {
    if (asked !== undefined || scope.kind === 'unscoped' || credential !== null) throw noRole();
    return issueTo(call, proven, { kind: 'unscoped' });
  }
  if (credential?.kind === 'trust') await useTrust(call, credential.id);
  const { actor } = known;
  const about = { id: null, name: null, projectId: null, domainId: actor.domainId };
  const made = { action: 'token:create', outcome: 'done', ...about } as const;
  await ask(call.core.database, auditInsert({ ...call, actor }, made));
  return { token: signToken(facts, keysOf(call.core).tokens), facts, actor };
}

/** What a token says that is made now. */
function factsOf(proven: Proven, bounds: Bounds & Place, auditIds: readonly string[] = auditIdsOf(proven)): TokenFacts {
  const { user, methods, parent } = proven;
  const { scope, scopeGeneration, credential } = bounds;
  const issuedAt = Date.now();
  return {
    userId: user.id,
    scope,
    methods,
    issuedAt,
    scopeGeneration,
    credential,
    auditIds,
    expiresAt: Math.min(issuedAt + tokenMs, bounds.expiresAt, parent?.expiresAt ?? Number.POSITIVE_INFINITY),
    generation: user.tokenGeneration,
  };
}

type Bounds = Pick<TokenFacts, 'scope' | 'credential'> & { readonly expiresAt: number };
type Place = Pick<TokenFacts, 'scope' | 'scopeGeneration'>;

async function boundsOf(call: Call, proven: Proven, { asked, ahead }: Wanted): Promise<Bounds & Place> {
  const { user } = proven;
  const lent = await lentBounds(call, proven, asked);
  if (lent === null)
    return { ...(await (ahead ?? placeOf(call, user, asked))), credential: null, expiresAt: endOf(null) };
  return { ...lent, scopeGeneration: await readScopeGeneration(call.core, user.id, lent.scope) };
}

/** Bounds by somebody's leave; null for who acts as nobody but themselves. */
async function lentBounds(
  call: Call,
  { user, parent, stored }: Proven,
  asked: ScopeRequest | undefined,
): Promise<Bounds | null> {
  if (stored !== null) {
    const { kind, id, projectId, expiresAt } = stored;
    const bounds = { scope: { kind: 'project', projectId }, credential: { kind, id } } as const;
    return within({ ...bounds, expiresAt: endOf(expiresAt) }, call, asked);
  }
  // What was lent is lent for one purpose: its tokens make others like themselves and no wider ones.
  if (parent !== null && parent.credential !== null) return within({ ...parent }, call, asked);
  return asked?.kind === 'trust' ? trustBounds(call, user.id, asked.trustId) : null;
}

/** The scope that is asked for, as it is now. Throws `unauthenticated` for one that is not there. */
async function placeOf(call: Call, { id, defaultProjectId }: ProvenUser, asked?: ScopeRequest): Promise<Place> {
  const scope = await scopeOf(call, defaultProjectId, asked);
  return { scope, scopeGeneration: await readScopeGeneration(call.core, id, scope) };
}

function endOf(expiresAt: Date | null): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

async function within(bounds: Bounds, call: Call, asked: ScopeRequest | undefined): Promise<Bounds> {
  if (asked === undefined) return bounds;
  const scope = asked.kind === 'trust' ? null : await findScope(call, asked);
  const { scope: own } = bounds;
  if (scope?.kind === 'project' && own.kind === 'project' && scope.projectId === own.projectId) return bounds;
  throw new UnkaiError('forbidden', 'This credential is for one project and for nothing else.', {
    next: 'Ask without a scope, or authenticate with a password.',
  });
}

async function scopeOf(call: Call, defaultProjectId: string | null, asked: ScopeRequest | undefined): Promise<Scope> {
  // A trust says itself where it is for.
  if (asked?.kind === 'trust') return { kind: 'unscoped' };
  if (asked === undefined) {
    return defaultProjectId === null ? { kind: 'unscoped' } : { kind: 'project', projectId: defaultProjectId };
  }
  const scope = await findScope(call, asked);
  if (scope === null) throw noRole();
  return scope;
}

async function trustBounds({ core }: Call, trusteeId: string, trustId: string): Promise<Bounds> {
  const trust = await core.database.prisma.trust.findFirst({ where: { id: trustId, trusteeId } });
  if (trust === null) throw noRole();
  return {
    scope: { kind: 'project', projectId: trust.projectId },
    credential: { kind: 'trust', id: trust.id },
    expiresAt: endOf(trust.expiresAt),
  };
}

/** Counts a use, where they are counted. The condition is in the write: no two get the last one. */
async function useTrust({ core }: Call, id: string): Promise<void> {
  const { prisma } = core.database;
  const where = { id, OR: [{ remainingUses: null }, { remainingUses: { gt: 0 } }] };
  const { count } = await prisma.trust.updateMany({ where, data: { remainingUses: { decrement: 1 } } });
  if (count === 0) throw new UnkaiError('forbidden', 'This trust was good for a number of tokens, and all were taken.');
}

function auditIdsOf({ parent }: Proven): string[] {
  const chain = parent?.auditIds ?? [];
  if (chain.length >= longestChain) {
    throw new UnkaiError('forbidden', 'This token was made from another, and so on: too many times.', {
      next: 'Authenticate with a password.',
    });
  }
  return [newAuditId(), ...chain];
}

function noRole(): UnkaiError {
  return new UnkaiError('unauthenticated', 'You have no role there, or there is no such place.', {
    next: 'Check the name, the domain and your roles.',
  });
}
