import { UnkaiError } from '@unkai/contracts/errors';
import { callerId } from '../access.ts';
import type { Call } from '../call.ts';
import { actorFor } from '../identity/actor.ts';
import { refuseField } from './refusal.ts';

/** A role that somebody has, by which a part of it can be lent. */
type HeldRole = { readonly id: string; readonly name: string };

/**
 * The roles on a project that the caller may lend: what this credential has there now, implied ones too. Throws
 * `forbidden` for a credential that is itself confined in a way that could not be passed on (A02), and `invalid_input`
 * for a project on which the caller has no role.
 */
export async function lendableRoles(call: Call, projectId: string): Promise<readonly HeldRole[]> {
  const { actor } = call;
  if (
    actor.permissions !== null ||
    actor.onlyProjectId !== null ||
    actor.accessRules !== null ||
    !actor.mayMakeCredentials
  ) {
    throw new UnkaiError('forbidden', 'A confined credential lends nothing.', {
      next: 'Use a session, or a credential without restrictions.',
    });
  }
  if (actor.scope === null) {
    const { kind, credentialId, tokenName, mayMakeCredentials, accessRules, auditIds } = actor;
    const bounds = { accessRules, permissions: actor.permissions, onlyProjectId: actor.onlyProjectId };
    const credential = { kind, credentialId, tokenName, mayMakeCredentials, auditIds, ...bounds };
    const there = await actorFor(call.core, {
      userId: callerId(call),
      scope: { kind: 'project', projectId },
      credential,
    });
    if (there !== null) return there.roles;
  } else if (actor.scope.kind === 'project' && actor.scope.projectId === projectId) {
    return actor.roles;
  }
  throw refuseField(
    'projectId',
    'names no project that you have a role on with this credential',
    'Choose a project that you have a role on; a credential for one project is good for no other.',
  );
}

/** Those of `held` that are asked for. Throws `invalid_input` for one that the caller does not have (A03). */
export function chosenRoles(held: readonly HeldRole[], roleIds: readonly string[]): string[] {
  const beyond = roleIds.find((id) => !held.some((role) => role.id === id));
  if (beyond !== undefined)
    throw refuseField(
      'roleIds',
      `names a role that you do not have on this project: ${beyond}`,
      'Choose among the roles that you have on the project.',
    );
  return [...new Set(roleIds)];
}

/** When what is made ends: never after the application credential or the trust that it is made with (A10). */
export async function endWithin(call: Call, asked: string | undefined): Promise<Date | null> {
  const end = asked === undefined ? null : new Date(asked);
  if (end !== null && end.getTime() <= Date.now())
    throw refuseField('expiresAt', 'is in the past', 'Choose a time that is yet to come.');
  const { kind, credentialId } = call.actor;
  if (kind !== 'token' || credentialId === null) return end;
  const { prisma } = call.core.database;
  const by = { where: { id: credentialId }, select: { expiresAt: true } } as const;
  const parent = (await prisma.applicationCredential.findUnique(by)) ?? (await prisma.trust.findUnique(by));
  const latest = parent === null ? new Date() : parent.expiresAt;
  if (latest === null || (end !== null && end <= latest)) return end;
  return latest;
}
