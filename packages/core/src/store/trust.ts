import { UnkaiError } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import type { Trust, trustCreate } from '@unkai/contracts/resources/trust';
import type { Role as RoleRow, Trust as TrustRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { callerId, grantedGlobally, grantedOwn } from '../access.ts';
import type { Actor, Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { chosenRoles, endWithin, lendableRoles } from './lending.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseField } from './refusal.ts';

const withRoles = { roles: { include: { role: { select: { id: true, name: true } } } } } as const;
type FoundTrust = TrustRow & { roles: Array<{ role: Pick<RoleRow, 'id' | 'name'> }> };

const mostRedelegations = 3;

/** Looks a trust up for an action: both sides see it, and only the trustor takes it back. */
export async function findTrust(call: Call, wanted: `trust:${'read' | 'delete'}`, id: string): Promise<FoundTrust> {
  const row = await call.core.database.prisma.trust.findUnique({ where: { id }, include: withRoles });
  const ownerIds = wanted === 'trust:read' ? [row?.trustorId, row?.trusteeId] : [row?.trustorId];
  return grantedOwn(call, wanted, row, { noun: 'trust', id, ownerIds });
}

/** The trusts that the caller gave or got. */
export async function listTrusts(call: Call, query: PageQuery): Promise<Page<Trust>> {
  await grantedGlobally(call, 'trust:read');
  const { after, orderBy, take } = pageRows(query);
  const userId = callerId(call);
  const where = { AND: [{ OR: [{ trustorId: userId }, { trusteeId: userId }] }, after] };
  const rows = await call.core.database.prisma.trust.findMany({ where, orderBy, take, include: withRoles });
  return pageOf(rows, query, viewTrust);
}

/**
 * Lets another user act with some of the caller's roles on a project. A token of a trust makes another only where its
 * trustor let it be lent on: of the same trustor and project, with no other roles, no later end and fewer further times
 * (A02). Throws `invalid_input` for a trustee who is not there, and what `lendableRoles` and `chosenRoles` throw.
 */
export async function createTrust(unit: Unit, call: Call, input: z.output<typeof trustCreate>): Promise<Trust> {
  const { trusteeId, projectId, isImpersonating, uses } = input;
  const lent = await trustToLendOn(call);
  if (lent === null) await grantedGlobally(call, 'trust:create');
  const held = lent === null ? await lendableRoles(call, projectId) : rolesOfTrust(call, lent, projectId);
  const roleIds = chosenRoles(held, input.roleIds);
  const redelegationCount = countOf(lent, input);
  if ((await unit.tx.user.count({ where: { id: trusteeId } })) === 0)
    throw refuseField('trusteeId', 'names no user', 'Send the id of a user.');
  const row = await unit.tx.trust.create({
    data: {
      trustorId: lent?.trustorId ?? callerId(call),
      trusteeId,
      projectId,
      isImpersonating,
      remainingUses: uses ?? null,
      redelegationCount,
      redelegatedTrustId: lent?.id ?? null,
      expiresAt: await endWithin(call, input.expiresAt),
      roles: { create: roleIds.map((roleId) => ({ roleId })) },
    },
    include: withRoles,
  });
  await record(unit, call, 'created', row);
  return viewTrust(row);
}

/** The trust that the caller's token is of, when it may be lent on; null for any other credential. */
async function trustToLendOn({ core, actor }: Call): Promise<TrustRow | null> {
  if (actor.kind !== 'token' || actor.credentialId === null) return null;
  const where = { id: actor.credentialId, redelegationCount: { gt: 0 }, isImpersonating: true };
  return core.database.prisma.trust.findFirst({ where });
}

function rolesOfTrust({ actor }: Call, lent: TrustRow, projectId: string): Actor['roles'] {
  if (lent.projectId === projectId) return actor.roles;
  throw refuseField('projectId', 'is not that of the trust which is lent on', 'Send the project of that trust.');
}

/** Throws `forbidden` for more than the trust that is lent on has left, and for a number of uses, which none could keep. */
function countOf(lent: TrustRow | null, { redelegationCount, uses }: z.output<typeof trustCreate>): number {
  const most = lent === null ? mostRedelegations : lent.redelegationCount - 1;
  const count = redelegationCount === 'most' ? most : redelegationCount;
  if (count > most) throw new UnkaiError('forbidden', `This trust may be lent on at most ${most} more times.`);
  if (count === 0 || uses === undefined) return count;
  throw new UnkaiError('forbidden', 'What is good for a number of tokens is not lent on.');
}

/** Tokens of it stop working with the commit (A08), and those of what was lent on from it. */
export async function deleteTrust(unit: Unit, call: Call, row: FoundTrust): Promise<void> {
  await unit.tx.trust.delete({ where: { id: row.id } });
  await record(unit, call, 'deleted', row);
}

function record(unit: Unit, call: Call, kind: 'created' | 'deleted', row: FoundTrust) {
  const { id, trusteeId, projectId } = row;
  const action = kind === 'created' ? 'trust:create' : 'trust:delete';
  const about = { id, name: '', projectId, detail: `to the user ${trusteeId}`, ...rowsOf(kind, row) };
  return recordChange(unit, call, { action, kind, ...about });
}

export function viewTrust(row: FoundTrust): Trust {
  const { id, trustorId, trusteeId, projectId, isImpersonating, remainingUses } = row;
  const { redelegationCount, redelegatedTrustId } = row;
  return {
    id,
    trustorId,
    trusteeId,
    projectId,
    isImpersonating,
    remainingUses,
    redelegationCount,
    redelegatedTrustId,
    roles: row.roles.map(({ role }) => ({ id: role.id, name: role.name })),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
