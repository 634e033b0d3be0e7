import { UnkaiError } from '@unkai/contracts/errors';
import { roleName } from '@unkai/contracts/permissions';
import type { Invite, InviteState } from '@unkai/contracts/resources/invite';
import type { Prisma } from '@unkai/prisma/client';

const named = { select: { name: true } } as const;
export const withInviteNames = {
  project: { select: { name: true, isEnabled: true, domain: { select: { id: true, name: true, isEnabled: true } } } },
  domain: { select: { id: true, name: true, isEnabled: true } },
  invitedBy: named,
  acceptedBy: named,
} as const;
export type FoundInvite = Prisma.InviteGetPayload<{ include: typeof withInviteNames }>;

/** The project or the domain of an invite, and the domain that it is in. */
export function placeOf({ projectId, project, domain }: FoundInvite) {
  const within = project?.domain ?? domain;
  // One of the two is there: a constraint of the table.
  if (within === null) throw new UnkaiError('internal', 'An invite has no place.');
  return {
    projectId,
    projectName: project?.name ?? null,
    domainId: within.id,
    domainName: within.name,
    isEnabled: within.isEnabled && (project?.isEnabled ?? true),
  };
}

/** Expiring is nothing that anybody does: it follows from the clock. */
export function inviteStateOf({ state, expiresAt }: Pick<FoundInvite, 'state' | 'expiresAt'>): InviteState {
  if (state === 'accepted' || state === 'revoked') return state;
  return expiresAt.getTime() <= Date.now() ? 'expired' : 'open';
}

export function viewInvite(row: FoundInvite): Invite {
  const { projectId, projectName, domainId, domainName } = placeOf(row);
  return {
    id: row.id,
    projectId,
    projectName,
    domainId,
    domainName,
    email: row.email,
    role: roleName.parse(row.role),
    message: row.message,
    state: inviteStateOf(row),
    invitedByName: row.invitedBy?.name ?? null,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    acceptedByName: row.acceptedBy?.name ?? null,
  };
}
