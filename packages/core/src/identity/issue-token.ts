import { UnkaiError } from '@unkai/contracts/errors';
import type { Prisma } from '@unkai/prisma/client';
import { auditInsert } from '../audit/audit.ts';
import { type Actor, type Call, keysOf, type Scope } from '../call.ts';
import { ask } from '../database/database.ts';
import type { KnownActor } from './actor-cache.ts';
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
export function issueToken(call: Call, proofs: Proofs, asked?: ScopeRequest): Promise<IssuedToken> {
  return issueShown(call, proofs, { asked, show: itself });
}

/** As `issueToken`, for a user who has shown who they are. */
export function issueTo(call: Call, proven: Proven, asked?: ScopeRequest): Promise<IssuedToken> {
  return issueIn(call, proven, { asked, show: itself });
}

/** As `issueToken`; gives what `show` makes of the token. */
export async function issueShown<Shown>(call: Call, proofs: Proofs, wanted: Wanted<Shown>): Promise<Shown> {
  let ahead: Promise<Ahead<Shown>> | undefined;
  const proven = await proveUser(call, proofs, (user) => {
    ahead = lookAhead(call, user, wanted);
    // Whoever waits for it hears of it; with a wrong password that is nobody.
    ahead.catch(() => {});
  });
  return issueIn(call, proven, wanted, ahead);
}

export interface Wanted<Shown> {
  readonly asked: ScopeRequest | undefined;
  /**
   * Makes what the bearer is answered. It is asked while the password is still being checked, and what it makes of a wrong
   * one is thrown away: it reads, and nobody may notice that it was asked.
   */
  readonly show: (issued: IssuedToken) => Promise<Shown>;
}

const itself = async (issued: IssuedToken) => issued;

/** A token that nobody has yet: it is given when its line is in the audit log. */
interface Ready<Shown> {
  readonly shown: Shown;
  readonly line: Prisma.Sql;
}

/** Where a token is to be for, and who its bearer will be there; both as they were when the password was shown. */
interface Ahead<Shown> extends Place {
  readonly auditIds: readonly string[];
  readonly known: KnownActor | null;
  /** The token, if the password turns out to be right and is all that is asked for. */
  readonly ready: Ready<Shown> | null;
}

/**
 * Makes what a token by password alone needs. What changes between this and the token makes the token one of an earlier
 * generation, which is dead before its first use; a role that is lost counts at that use, as at each.
 */
async function lookAhead<Shown>(call: Call, user: ProvenUser, wanted: Wanted<Shown>): Promise<Ahead<Shown>> {
  const bounds = { ...(await placeOf(call, user, wanted.asked)), credential: null, expiresAt: endOf(null) };
  const proven: Proven = { user, methods: ['password'], parent: null, stored: null };
  const facts = factsOf(proven, bounds);
  const known = await readNewTokenActor(call.core, facts);
  const ready = known === null ? null : await readyOf(call, { facts, actor: known.actor }, wanted);
  return { ...bounds, auditIds: facts.auditIds, known, ready };
}

async function readyOf<Shown>(
  call: Call,
  { facts, actor }: Omit<IssuedToken, 'token'>,
  { show }: Wanted<Shown>,
): Promise<Ready<Shown>> {
  const about = { id: null, name: null, projectId: null, domainId: actor.domainId };
  const line = auditInsert({ ...call, actor }, { action: 'token:create', outcome: 'done', ...about });
  return { shown: await show({ token: signToken(facts, keysOf(call.core).tokens), facts, actor }), line };
}

async function issueIn<Shown>(
  call: Call,
  proven: Proven,
  wanted: Wanted<Shown>,
  begun?: Promise<Ahead<Shown>>,
): Promise<Shown> {
  const { asked } = wanted;
  const bounds = await boundsOf(call, proven, asked, begun);
  const { scope, credential } = bounds;
  const ahead = proven.parent === null && credential === null ? await begun : undefined;
  const facts = factsOf(proven, bounds, ahead?.auditIds);
  const known = ahead === undefined ? await readNewTokenActor(call.core, facts) : ahead.known;
  if (known === null) {
    if (asked !== undefined || scope.kind === 'unscoped' || credential !== null) throw noRole();
    return issueIn(call, proven, { ...wanted, asked: { kind: 'unscoped' } });
  }
  if (credential?.kind === 'trust') await useTrust(call, credential.id);
  const isByPassword = proven.methods.every((method) => method === 'password');
  const ready = (isByPassword && ahead?.ready) || (await readyOf(call, { facts, actor: known.actor }, wanted));
  await ask(call.core.database, ready.line);
  return ready.shown;
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

async function boundsOf(
  call: Call,
  proven: Proven,
  asked: ScopeRequest | undefined,
  ahead: Promise<Place> | undefined,
): Promise<Bounds & Place> {
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
