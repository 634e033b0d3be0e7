import type { PageQuery } from '@unkai/contracts/primitives';
import type { session } from '@unkai/contracts/resources/session';
import type { Session as SessionRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { callerId, grantedGlobally, grantedOwn } from '../access.ts';
import type { Call, Core } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Unit } from '../database/database.ts';
import { anonymousActor } from '../identity/actor.ts';
import { authenticate } from '../identity/authenticate.ts';
import { newCredential } from '../identity/credentials.ts';
import { currentUser } from './current-user.ts';
import { type Page, pageOf, pageRows } from './page.ts';

type Session = z.infer<typeof session>;
const sessionMs = 12 * 60 * 60 * 1000;

/** A session for a user who has shown who they are; the old ones stay, and none is taken over (A42). */
export async function openSession(call: Call, user: { id: string; name: string }, userAgent: string | null) {
  const { secret, hash } = newCredential('session');
  const expiresAt = new Date(Date.now() + sessionMs);
  const row = await commit(call.core.database, async (unit) => {
    const made = await unit.tx.session.create({
      data: { userId: user.id, tokenHash: hash, address: call.address, userAgent: bounded(userAgent), expiresAt },
    });
    const known = { kind: 'session', userId: user.id, name: user.name, credentialId: made.id } as const;
    const actor = { ...anonymousActor, ...known };
    await recordSession(unit, { ...call, actor }, 'session:create', made);
    return made;
  });
  const actor = await authenticate(call.core, secret);
  return { id: row.id, token: secret, expiresAt: expiresAt.toISOString(), user: await currentUser({ ...call, actor }) };
}

const longestUserAgent = 255;
function bounded(userAgent: string | null): string | null {
  return userAgent?.replace(/\p{Cc}/gu, '').slice(0, longestUserAgent) ?? null;
}

/** Whether a session has neither ended nor expired; the id is nobody's secret and lets nobody in. */
export async function isSessionOpen({ database }: Core, id: string): Promise<boolean> {
  return (await database.prisma.session.count({ where: { id, expiresAt: { gt: new Date() } } })) > 0;
}

/** Looks one of the caller's own sessions up for an action; `current` is the one that asks. */
export async function findSession(call: Call, wanted: 'session:delete', idOrCurrent: string): Promise<SessionRow> {
  const current = call.actor.kind === 'session' ? call.actor.credentialId : null;
  const id = idOrCurrent === 'current' ? current : idOrCurrent;
  const row = id === null ? null : await call.core.database.prisma.session.findUnique({ where: { id } });
  return grantedOwn(call, wanted, row, { noun: 'session', id: idOrCurrent, ownerIds: [row?.userId] });
}

export async function listSessions(call: Call, query: PageQuery): Promise<Page<Session>> {
  await grantedGlobally(call, 'session:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [{ userId: callerId(call), expiresAt: { gt: new Date() } }, after] };
  const rows = await call.core.database.prisma.session.findMany({ where, orderBy, take });
  return pageOf(rows, query, (row) => viewSession(row, row.id === call.actor.credentialId));
}

/** Its token stops working with the commit (A08). */
export async function deleteSession(unit: Unit, call: Call, row: SessionRow): Promise<void> {
  await unit.tx.session.delete({ where: { id: row.id } });
  await recordSession(unit, call, 'session:delete', row);
}

/**
 * Ends all of the caller's sessions but the one that asks; who asks with a token has none that stays. Their tokens stop
 * working with the commit (A08).
 */
export async function deleteOtherSessions(unit: Unit, call: Call): Promise<void> {
  const userId = callerId(call);
  const { count } = await unit.tx.session.deleteMany({ where: { userId, ...exceptOwn(call) } });
  const about = { id: userId, name: call.actor.name, projectId: null, detail: `${count} others` };
  await recordChange(unit, call, { action: 'session:delete', kind: 'deleted', ...about });
}

/** Narrows the sessions of the caller to those that do not ask at the moment. */
export function exceptOwn({ actor }: Call): { id?: { not: string } } {
  return actor.kind === 'session' && actor.credentialId !== null ? { id: { not: actor.credentialId } } : {};
}

function recordSession(unit: Unit, call: Call, action: 'session:create' | 'session:delete', { id }: SessionRow) {
  const kind = action === 'session:create' ? 'created' : 'deleted';
  return recordChange(unit, call, { action, kind, id, name: call.actor.name, projectId: null });
}

function viewSession(row: SessionRow, isCurrent: boolean): Session {
  const { id, address, userAgent, createdAt, lastUsedAt, expiresAt } = row;
  return {
    id,
    address,
    userAgent,
    isCurrent,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
