import { UnkaiError } from '@unkai/contracts/errors';
import { roleName, roleNames } from '@unkai/contracts/permissions';
import type { InviteOffer, inviteAccepted, inviteJoin } from '@unkai/contracts/resources/invite';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { z } from 'zod';
import { allows, callerId, grantedGlobally } from '../access.ts';
import { auditRefusal } from '../audit/audit-refusal.ts';
import type { Actor, Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Unit } from '../database/database.ts';
import { actorFor, anonymousActor } from '../identity/actor.ts';
import { credentialHash } from '../identity/credentials.ts';
import { mayGiveRole } from '../identity/delegation.ts';
import { placedRoles, readRoleGraph } from '../identity/effective-roles.ts';
import { hashPassword } from '../identity/password-hash.ts';
import { limiterOf } from '../identity/sign-in-limits.ts';
import { notify } from '../notification.ts';
import type { RateLimit } from '../rate-limit.ts';
import { recordInvite } from './invite.ts';
import { type FoundInvite, inviteStateOf, placeOf, viewInvite, withInviteNames } from './invite-row.ts';
import { refuseTakenName } from './refusal.ts';

type Accepted = z.infer<typeof inviteAccepted>;

// A token cannot be guessed; this bounds what a stranger makes us work.
const perAddress: RateLimit = { name: 'invite-link', attempts: 300, seconds: 300 };

/** What an invite is for, told to whoever has its link. Throws as `findOpenInvite`. */
export async function offerOf(call: Call, token: string): Promise<InviteOffer> {
  const { email, role, message, projectId, projectName, domainId, domainName, invitedByName, expiresAt } = viewInvite(
    await findOpenInvite(call, token),
  );
  return { email, role, message, projectId, projectName, domainId, domainName, invitedByName, expiresAt };
}

/**
 * The invite that a link leads to. Throws `not_found` for a token that never was or was replaced by a newer link, and
 * `link_over` for one that was accepted, was revoked or has expired, or that its sender could no longer give.
 */
async function findOpenInvite(call: Call, token: string): Promise<FoundInvite> {
  await limiterOf(call.core).attempt(perAddress, call.address ?? '');
  const row = await call.core.database.prisma.invite.findUnique({
    where: { tokenHash: credentialHash(token) },
    include: withInviteNames,
  });
  if (row === null) {
    const message = 'belongs to no invite; a newer link may have taken its place';
    await auditRefusal(call, {
      action: 'invite:accept',
      id: null,
      name: null,
      projectId: null,
      detail: `link ${message}`,
    });
    throw new UnkaiError('not_found', `token: ${message}.`, {
      errors: [{ field: 'token', message, fix: 'Open the link of the last letter, all of it.' }],
      next: 'Open the link of the last letter, all of it, or ask for a new one.',
    });
  }
  const why = whyOver(row) ?? ((await mayStillGive(call, row)) ? null : noLongerGiven);
  if (why === null) return row;
  const { projectId, domainId } = placeOf(row);
  const detail = `its link ${why.message}`;
  await auditRefusal(call, { action: 'invite:accept', id: row.id, name: row.email, projectId, domainId, detail });
  throw linkOver(why.message, why.fix);
}

interface Over {
  readonly message: string;
  readonly fix: string;
}

const noLongerGiven: Over = {
  message: 'is of somebody who may no longer invite there',
  fix: 'Ask somebody who manages it for a new invite.',
};

function whyOver(row: FoundInvite): Over | null {
  const state = inviteStateOf(row);
  const fix = 'Ask whoever sent it for a new one.';
  if (state === 'accepted')
    return { message: 'was used already', fix: 'Sign in. If it was not you, tell whoever sent it.' };
  if (state === 'revoked') return { message: 'was revoked', fix };
  if (state === 'expired') return { message: `has expired at ${row.expiresAt.toISOString()}`, fix };
  if (placeOf(row).isEnabled) return null;
  return { message: 'leads to what is disabled', fix: 'Try again when it is enabled.' };
}

function linkOver(message: string, fix: string): UnkaiError {
  return new UnkaiError('link_over', `token: ${message}.`, {
    errors: [{ field: 'token', message, fix }],
    next: fix,
  });
}

const wholeCredential = {
  kind: 'session',
  credentialId: null,
  tokenName: null,
  mayMakeCredentials: true,
  accessRules: null,
  auditIds: [],
  permissions: null,
  onlyProjectId: null,
} as const;

/**
 * An invite is worth what its sender may do now: otherwise who loses a role could come back by a link made before (A08).
 */
async function mayStillGive(call: Call, { invitedById, role, ...row }: FoundInvite): Promise<boolean> {
  if (invitedById === null) return false;
  const sender = await actorFor(call.core, { userId: invitedById, scope: null, credential: wholeCredential });
  const { projectId, domainId } = placeOf({ invitedById, role, ...row });
  if (sender === null || !allows(sender, 'invite:create', projectId, domainId)) return false;
  try {
    await mayGiveRole({ ...call, actor: sender }, builtInRoleIds[roleName.parse(role)]);
    return true;
  } catch (error) {
    if (error instanceof UnkaiError && error.code === 'forbidden') return false;
    throw error;
  }
}

/** The caller takes the role. Throws as `findOpenInvite`, and `conflict` for who has as much there already. */
export async function acceptInvite(call: Call, token: string): Promise<Accepted> {
  await grantedGlobally(call, 'invite:accept');
  const row = await findOpenInvite(call, token);
  const userId = callerId(call);
  await refuseHolder(call, row, userId);
  return commit(call.core.database, (unit) => take(unit, call, row, { userId, userName: call.actor.name }));
}

async function refuseHolder({ core }: Call, row: FoundInvite, userId: string): Promise<void> {
  const [placed, graph] = await Promise.all([placedRoles(core.database, [userId]), readRoleGraph(core.database)]);
  const here = placed.filter((each) =>
    row.projectId === null ? each.domainId === row.domainId : each.projectId === row.projectId,
  );
  const given = builtInRoleIds[roleName.parse(row.role)];
  if (!graph.closure(here.map(({ roleId }) => roleId)).has(given)) return;
  const message = `gives the role ${row.role}, which you have there already`;
  throw new UnkaiError('conflict', `token: ${message}.`, {
    errors: [{ field: 'token', message, fix: 'Nothing is left to do.' }],
    next: 'Nothing is left to do. If it was meant for another account, sign in with that one.',
  });
}

interface Guest {
  readonly userId: string;
  readonly userName: string;
}

/** Of two who use one link at once the second finds it used. */
async function take(unit: Unit, call: Call, row: FoundInvite, { userId, userName }: Guest): Promise<Accepted> {
  const { projectId, domainId, domainName } = placeOf(row);
  const role = roleName.parse(row.role);
  const taken = await unit.tx.invite.updateMany({
    where: { id: row.id, state: 'pending', tokenHash: row.tokenHash, expiresAt: { gt: new Date() } },
    data: { state: 'accepted', endedAt: new Date(), acceptedById: userId },
  });
  if (taken.count === 0) throw linkOver('was used, revoked or replaced this moment', 'Ask whoever sent it.');
  const place = projectId === null ? { domainId } : { projectId };
  // What the new role implies is no longer said by itself.
  const lower = roleNames.slice(0, roleNames.indexOf(role)).map((name) => builtInRoleIds[name]);
  await unit.tx.roleAssignment.deleteMany({ where: { ...place, userId, isInherited: false, roleId: { in: lower } } });
  const given = await unit.tx.roleAssignment.create({ data: { ...place, userId, roleId: builtInRoleIds[role] } });
  await recordInvite(unit, call, 'changed', {
    ...row,
    state: 'accepted',
    was: row,
    what: `accepted by ${userName}`,
  });
  const where = projectId === null ? `the domain ${domainName}` : 'the project';
  const about = { id: given.id, name: userName, projectId, domainId, detail: `${role} on ${where}, by invite` };
  await recordChange(unit, call, { action: 'role-assignment:create', kind: 'created', ...about, after: given });
  await tellInviter(unit, row, { userId, userName });
  return { projectId, domainId, domainName, role, userName };
}

/** Whoever sent it sees at the bell that somebody came. */
async function tellInviter(unit: Unit, row: FoundInvite, { userId, userName }: Guest): Promise<void> {
  if (row.invitedById === null || row.invitedById === userId) return;
  const { projectId, projectName, domainId, domainName } = placeOf(row);
  await notify(unit.tx, {
    userIds: [row.invitedById],
    tone: 'good',
    title: `${userName} accepted your invite to ${projectName ?? domainName}`,
    detail: `It was sent to ${row.email}, for the role ${row.role}.`,
    noun: 'invite',
    // What the portal leads to is the place.
    resourceId: projectId ?? domainId,
    projectId,
    key: `invite/${row.id}/accepted`,
  });
}

/**
 * Becomes a user of the invite's domain and takes the role. The address is the account's only where the link came by
 * letter: one that somebody was shown proves nothing about an address. Throws as `findOpenInvite`, and `conflict` when
 * the name is taken.
 */
export async function joinByInvite(
  call: Call,
  { token, name, password }: z.output<typeof inviteJoin>,
): Promise<Accepted> {
  const row = await findOpenInvite(call, token);
  const { domainId } = placeOf(row);
  const passwordHash = await hashPassword(password);
  return commit(call.core.database, async (unit) => {
    const email = row.isLinkShown ? null : row.email;
    const made = unit.tx.user.create({ data: { domainId, name, email, passwordHash } });
    const user = await refuseTakenName(made, `There is already a user named ${name} in this domain.`);
    const actor: Actor = { ...anonymousActor, userId: user.id, name };
    const about = {
      id: user.id,
      name,
      projectId: null,
      domainId,
      after: user,
      detail: `joined by an invite to ${row.email}`,
    };
    await recordChange(unit, { ...call, actor }, { action: 'user:create', kind: 'created', ...about });
    return take(unit, { ...call, actor }, row, { userId: user.id, userName: name });
  });
}
