import type { PageQuery } from '@unkai/contracts/primitives';
import type { JoinToken, joinTokenCreate, joinTokenCreated } from '@unkai/contracts/resources/host';
import type { JoinToken as JoinTokenRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { newCredential } from '../identity/credentials.ts';
import { type Page, pageOf, pageRows } from './page.ts';

type FoundToken = JoinTokenRow & { host: { id: string; name: string } | null };
const withHost = { host: { select: { id: true, name: true } } } as const;

const hourMs = 60 * 60 * 1000;

/** A token with which one machine may join, once. */
export async function createJoinToken(
  unit: Unit,
  call: Call,
  { expiresInHours }: z.infer<typeof joinTokenCreate>,
): Promise<z.infer<typeof joinTokenCreated>> {
  const { secret, hash } = newCredential('join');
  const expiresAt = new Date(Date.now() + expiresInHours * hourMs);
  const { id } = await unit.tx.joinToken.create({ data: { tokenHash: hash, expiresAt }, select: { id: true } });
  await recordChange(unit, call, { action: 'join-token:create', kind: 'created', id, name: '', projectId: null });
  return { id, token: secret, expiresAt: expiresAt.toISOString() };
}

/** Looks a join token up to end it. */
export async function findJoinToken(call: Call, id: string): Promise<FoundToken> {
  const row = await call.core.database.prisma.joinToken.findUnique({ where: { id }, include: withHost });
  return granted(call, 'join-token:delete', row, { noun: 'join-token', id, projectId: null });
}

export async function listJoinTokens(call: Call, query: PageQuery): Promise<Page<JoinToken>> {
  await grantedGlobally(call, 'join-token:read');
  const { after, orderBy, take } = pageRows(query);
  const { joinToken } = call.core.database.prisma;
  return pageOf(await joinToken.findMany({ where: after, orderBy, take, include: withHost }), query, viewJoinToken);
}

/** Nobody joins with it any more; a host that did stays. */
export async function deleteJoinToken(unit: Unit, call: Call, { id }: FoundToken): Promise<void> {
  await unit.tx.joinToken.deleteMany({ where: { id } });
  await recordChange(unit, call, { action: 'join-token:delete', kind: 'deleted', id, name: '', projectId: null });
}

/** Without the token itself, of which only a digest is kept. */
function viewJoinToken({ id, host, createdAt, expiresAt, usedAt }: FoundToken): JoinToken {
  return {
    id,
    host,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  };
}
