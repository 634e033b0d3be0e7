import { grantedGlobally, notFound } from '../access.ts';
import type { Actor, Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { findCredential } from '../identity/authenticate.ts';
import type { TokenFacts } from '../identity/token.ts';

export interface FoundToken {
  readonly facts: TokenFacts;
  readonly actor: Actor;
}

/**
 * Looks a token up for an action: one's own, or, for those who see or operate the whole system, anyone's. Throws
 * `not_found` for one that is dead, and for that of another.
 */
export async function findToken(call: Call, wanted: `token:${'read' | 'delete'}`, token: string): Promise<FoundToken> {
  await grantedGlobally(call, wanted);
  // As if it were used: from memory, where that may be believed.
  const known = await findCredential(call.core, token);
  if (known?.facts === undefined) throw notFound('token', 'given');
  const { facts, actor } = known;
  const { userId, systemRole } = call.actor;
  const isOwn = facts.userId === userId || actor.userId === userId;
  const isOperator = wanted === 'token:read' ? systemRole !== null : systemRole === 'admin';
  if (!isOwn && !isOperator) throw notFound('token', 'given');
  return { facts, actor };
}

/** It is dead with the commit, and with it every token that was made from it (A08). */
export async function revokeToken(unit: Unit, call: Call, { facts, actor }: FoundToken): Promise<void> {
  const { userId, auditIds, expiresAt } = facts;
  const [auditId = ''] = auditIds;
  // Those made from it end when it does, at the latest.
  const data = { auditId, userId, expiresAt: new Date(expiresAt) };
  await unit.tx.revokedToken.createMany({ data, skipDuplicates: true });
  const { name } = actor;
  await recordChange(unit, call, { action: 'token:delete', kind: 'deleted', id: userId, name, projectId: null });
}
