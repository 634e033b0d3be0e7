import { UnkaiError } from '@unkai/contracts/errors';
import { roleName } from '@unkai/contracts/permissions';
import type { Invite, InviteSent, inviteCreate, inviteQuery, inviteResend } from '@unkai/contracts/resources/invite';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { z } from 'zod';
import { callerId, granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { newCredential } from '../identity/credentials.ts';
import { mayGiveRole } from '../identity/delegation.ts';
import { placedRoles } from '../identity/effective-roles.ts';
import { spend } from '../quota/quota.ts';
import { countInvite, sendInvite } from './invite-letter.ts';
import { type FoundInvite, placeOf, viewInvite, withInviteNames } from './invite-row.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { findProjectOrDomain, type ProjectOrDomain } from './project-or-domain.ts';
import { refuseDuplicate } from './refusal.ts';

/** Looks an invite up for an action. Throws `forbidden` for a role that is more than the caller's to give. */
export async function findInvite(
  call: Call,
  wanted: `invite:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundInvite> {
  const row = await call.core.database.prisma.invite.findUnique({ where: { id }, include: withInviteNames });
  const domainId = row === null ? null : placeOf(row).domainId;
  const target = { noun: 'invite', id, projectId: row?.projectId ?? null, domainId };
  const found = await granted(call, wanted, row, target);
  if (wanted === 'invite:update') await mayGiveRole(call, builtInRoleIds[roleName.parse(found.role)]);
  return found;
}

/** Those of one place, newest first. */
export async function listInvites(
  call: Call,
  where: { readonly projectId?: string; readonly domainId?: string },
  query: z.output<typeof inviteQuery>,
): Promise<Page<Invite>> {
  const { projectId, domainId } = await findProjectOrDomain(call, 'invite:read', where);
  const { after, orderBy, take } = pageRows(query);
  const place = projectId === null ? { domainId } : { projectId };
  const shown = { AND: [place, query.withEnded ? {} : { state: 'pending' }, after] };
  const rows = await call.core.database.prisma.invite.findMany({
    where: shown,
    orderBy,
    take,
    include: withInviteNames,
  });
  return pageOf(rows, query, viewInvite);
}

/** As many at once on a domain itself; on a project that is its quota. */
const mostOnDomain = 50;

/**
 * Invites an address. It counts as long as who sent it could give the role themselves. Throws `conflict` for who is there
 * already or has an open invite, `forbidden` for a role that the caller may not give, `quota_exceeded`, `rate_limited`.
 */
export async function createInvite(
  unit: Unit,
  call: Call,
  place: ProjectOrDomain,
  input: z.output<typeof inviteCreate>,
): Promise<InviteSent> {
  const { email, role, message } = input;
  await mayGiveRole(call, builtInRoleIds[role]);
  await refuseMember(call, place, email);
  await countInvite(call, email);
  const where = place.projectId === null ? { domainId: place.domainId } : { projectId: place.projectId };
  await spendInvite(unit.tx, place);
  // One that expired makes room for this one.
  const ended = { state: 'revoked', endedAt: new Date() };
  await unit.tx.invite.updateMany({
    where: { ...where, email, state: 'pending', expiresAt: { lte: new Date() } },
    data: ended,
  });
  const { secret, hash } = newCredential('invite');
  const made = unit.tx.invite.create({
    data: { ...where, email, role, message, tokenHash: hash, ...sentNow(call, input.expiresInDays) },
    include: withInviteNames,
  });
  const row = await refuseDuplicate(made, {
    field: 'email',
    message: `${email} has an open invite here already.`,
    fix: 'Send that one again, or revoke it first.',
  });
  const sent = await sendInvite(unit, call, row, secret);
  await recordInvite(unit, call, 'created', row);
  return sent;
}

/** How many may be open at once is counted under a lock of the place, like every quota. */
async function spendInvite(tx: Transaction, { projectId, domainId }: ProjectOrDomain): Promise<void> {
  if (projectId !== null) return spend(tx, projectId, { openInvites: 1 });
  await tx.$executeRaw`SELECT FROM domain WHERE id = ${domainId}::uuid FOR NO KEY UPDATE`;
  const open = await tx.invite.count({ where: { domainId, state: 'pending', expiresAt: { gt: new Date() } } });
  if (open < mostOnDomain) return;
  const next = 'Revoke an invite that is no longer wanted.';
  const message = `Open invites: needs 1, used ${open} of ${mostOnDomain}.`;
  throw new UnkaiError('quota_exceeded', message, {
    errors: [{ field: 'openInvites', message, fix: next }],
    next,
  });
}

/** Whoever has a role there already needs no invite; what their role is, is changed where the members are. */
async function refuseMember(
  { core }: Call,
  { projectId, domainId, name }: ProjectOrDomain,
  email: string,
): Promise<void> {
  const { prisma } = core.database;
  const users = await prisma.user.findMany({
    where: { email: { equals: email, mode: 'insensitive' } },
    select: { id: true, name: true },
  });
  if (users.length === 0) return;
  const ids = users.map(({ id }) => id);
  const placed = await placedRoles(core.database, ids);
  const there = placed.find((each) => (projectId === null ? each.domainId === domainId : each.projectId === projectId));
  if (there === undefined) return;
  const message = `belongs to ${users.find(({ id }) => id === there.userId)?.name ?? 'somebody'}, who has a role on ${name} already`;
  throw new UnkaiError('conflict', `email: ${message}.`, {
    errors: [{ field: 'email', message, fix: 'Change their role in the list of members.' }],
    next: 'Change their role in the list of members.',
  });
}

const dayMs = 24 * 60 * 60 * 1000;

function sentNow(call: Call, expiresInDays: number) {
  const now = Date.now();
  return { invitedById: callerId(call), sentAt: new Date(now), expiresAt: new Date(now + expiresInDays * dayMs) };
}

/**
 * A new link, on behalf of who sends it now; the old one is over. Throws `link_over` when it was accepted or revoked
 * meanwhile.
 */
export async function resendInvite(
  unit: Unit,
  call: Call,
  found: FoundInvite,
  { expiresInDays }: z.output<typeof inviteResend>,
): Promise<InviteSent> {
  await countInvite(call, found.email);
  if (found.expiresAt.getTime() <= Date.now()) await spendInvite(unit.tx, { ...placeOf(found), name: '' });
  const { secret, hash } = newCredential('invite');
  const changed = await unit.tx.invite.updateMany({
    where: { id: found.id, state: 'pending' },
    data: { tokenHash: hash, ...sentNow(call, expiresInDays) },
  });
  if (changed.count === 0) throw isOver();
  const row = await unit.tx.invite.findUniqueOrThrow({ where: { id: found.id }, include: withInviteNames });
  const sent = await sendInvite(unit, call, row, secret);
  await recordInvite(unit, call, 'changed', { ...row, was: found, what: 'sent again' });
  return sent;
}

function isOver(): UnkaiError {
  return new UnkaiError('wrong_state', 'This invite was accepted or revoked already.', {
    next: 'Invite the address anew where that is still wanted.',
  });
}

/** Its link is over with the commit. Throws `wrong_state` when it was accepted or revoked meanwhile. */
export async function revokeInvite(unit: Unit, call: Call, found: FoundInvite): Promise<void> {
  const data = { state: 'revoked', endedAt: new Date() };
  const changed = await unit.tx.invite.updateMany({ where: { id: found.id, state: 'pending' }, data });
  if (changed.count === 0) throw isOver();
  await recordInvite(unit, call, 'deleted', found);
}

const actions = { created: 'invite:create', changed: 'invite:update', deleted: 'invite:delete' } as const;

export function recordInvite(
  unit: Unit,
  call: Call,
  kind: keyof typeof actions,
  row: FoundInvite & { readonly what?: string; readonly was?: object },
): Promise<void> {
  const { projectName, domainId, domainName } = placeOf(row);
  const where = projectName === null ? `the domain ${domainName}` : 'the project';
  const detail = `${row.role} on ${where}${row.what === undefined ? '' : `, ${row.what}`}`;
  const about = { id: row.id, name: row.email, projectId: row.projectId, domainId, detail };
  return recordChange(unit, call, { action: actions[kind], kind, ...about, ...rowsOf(kind, row, row.was) });
}
