import { UnkaiError } from '@unkai/contracts/errors';
import {
  type ConsoleKind,
  consoleKind,
  type consoleSession,
  consoleTokenSeconds,
} from '@unkai/contracts/resources/console-session';
import { serverCan, serverState } from '@unkai/contracts/resources/server';
import type { DB } from '@unkai/prisma/kysely';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { allows, callerId, granted } from './access.ts';
import type { Call, Core } from './call.ts';
import { recordChange } from './change.ts';
import { commit } from './database/database.ts';
import { type ActorRequest, actorOf, anonymousActor, standingsOf } from './identity/actor.ts';
import { credentialHash, newCredential } from './identity/credentials.ts';

/** Path on the public origin that browsers open; hosts dial the same gateway below `host/`. */
export const consolePath = (sessionId: string) => `/console/${sessionId}`;
export const consoleHostPath = (sessionId: string) => `/console/host/${sessionId}`;

/**
 * Makes a one-time way to a server's console: the token is shown here and only its hash is kept (A37). Who may use the
 * console gets all of it; who may read the log gets it to look at. Throws what a lookup throws, and `wrong_state` while
 * there is no console.
 */
export async function openConsoleSession(
  call: Call,
  serverId: string,
  kind: ConsoleKind,
): Promise<z.output<typeof consoleSession>> {
  const { server, isReadOnly } = await lookUp(call, serverId);
  const state = serverState.parse(server.state);
  const refused = serverCan.console.reason({ state });
  if (refused !== null || server.hostId === null) {
    throw new UnkaiError('wrong_state', refused ?? 'The server has no host yet.', { next: 'Start the server first.' });
  }
  const { secret: token, hash: tokenHash } = newCredential('console');
  const { hostId } = server;
  const { id, expiresAt } = await commit(call.core.database, async (unit) => {
    // By the database's clock, by which it is spent.
    const [made] = madeSession.parse(
      await unit.tx.$queryRaw`
        INSERT INTO console_session (server_id, host_id, user_id, kind, is_read_only, token_hash, expires_at)
        VALUES (${serverId}::uuid, ${hostId}::uuid, ${callerId(call)}::uuid, ${kind}, ${isReadOnly},
          ${Buffer.from(tokenHash)}, now() + ${consoleTokenSeconds} * interval '1 second')
        RETURNING id, expires_at AS "expiresAt"`,
    );
    const detail = `${kind}${isReadOnly ? ', to look at only' : ''}`;
    const { name, projectId } = server;
    await recordChange(unit, call, {
      action: 'console-session:create',
      kind: 'created',
      id: serverId,
      name,
      projectId,
      detail,
    });
    return made;
  });
  return { id, serverId, kind, path: consolePath(id), token, expiresAt: expiresAt.toISOString() };
}

const madeSession = z.tuple([z.object({ id: z.string(), expiresAt: z.date() })]);

async function lookUp(call: Call, id: string) {
  const server = await call.core.database.prisma.server.findUnique({
    where: { id },
    select: { projectId: true, name: true, state: true, hostId: true },
  });
  const projectId = server?.projectId ?? null;
  const target = { noun: 'server', id, projectId, ...(server && { name: server.name }) };
  const isReadOnly = !allows(call.actor, 'server:console', projectId) && allows(call.actor, 'server:log', projectId);
  return { server: await granted(call, isReadOnly ? 'server:log' : 'server:console', server, target), isReadOnly };
}

const spentSession = z.object({
  id: z.uuid(),
  serverId: z.uuid(),
  hostId: z.uuid(),
  kind: consoleKind,
  isReadOnly: z.boolean(),
});
/** A session whose token has been spent: the browser is at a gateway. */
export type SpentConsoleSession = z.infer<typeof spentSession>;

/**
 * Spends a token, once: of two browsers with the same one, one gets it (A37). The server must still be there, on the
 * host that the session was made for, with its console on, and its user must still have a right to it (A35, A08). Gives
 * null for a token that does not hold, and `server-gone` when only the server is in the way.
 */
export async function spendConsoleToken(
  core: Core,
  sessionId: string,
  token: string,
  gatewayUrl: string,
): Promise<SpentConsoleSession | 'server-gone' | null> {
  // Judged before it is spent: from then on its host may dial in, and finds the gateway ready.
  const [verdict] = await judgeConsoleSessions(core, [sessionId]);
  const tokenHash = Buffer.from(credentialHash(token));
  const spent = await core.database.kysely
    .updateTable('console_session')
    .set({ used_at: sql<Date>`now()`, gateway_url: gatewayUrl })
    .where('id', '=', sessionId)
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['id', 'server_id as serverId', 'host_id as hostId', 'kind', 'is_read_only as isReadOnly'])
    .executeTakeFirst();
  if (!spent) return null;
  if (verdict === undefined || verdict.verdict === 'server-gone') return 'server-gone';
  return verdict.verdict === 'open' ? spentSession.parse(spent) : null;
}

export interface ConsoleVerdict {
  readonly id: string;
  readonly verdict: 'open' | 'ended' | 'server-gone' | 'not-permitted';
}

/**
 * Whether sessions may go on, in a few queries for all of a gateway. A session that is not in the answer lost its server.
 * The user's right is looked up again, since the session's token says nothing of what was revoked since (A08).
 */
export async function judgeConsoleSessions({ database }: Core, ids: readonly string[]): Promise<ConsoleVerdict[]> {
  if (ids.length === 0) return [];
  const rows = await sessionFacts(database.kysely, ids).execute();
  const standings = await standingsOf(database, [...new Set(rows.map(({ userId }) => userId))]);
  const actors = new Map(
    standings.map((standing) => [standing.userId, actorOf(standing, anySession(standing.userId))]),
  );
  return rows.map((row) => {
    const actor = actors.get(row.userId) ?? anonymousActor;
    const wanted = row.isReadOnly ? 'server:log' : 'server:console';
    return { id: row.id, verdict: verdictOf(row, allows(actor, wanted, row.projectId)) };
  });
}

function anySession(userId: string): ActorRequest {
  const { credentialId, tokenName, accessRules, auditIds, permissions, onlyProjectId } = anonymousActor;
  const nothingElse = { credentialId, tokenName, accessRules, auditIds, permissions, onlyProjectId };
  return { userId, scope: null, credential: { kind: 'session', mayMakeCredentials: false, ...nothingElse } };
}

interface SessionFacts {
  readonly isEnded: boolean;
  readonly isSameHost: boolean;
  readonly state: string;
}

function verdictOf({ isEnded, isSameHost, state }: SessionFacts, isPermitted: boolean): ConsoleVerdict['verdict'] {
  const known = serverState.safeParse(state);
  if (!isSameHost || !known.success || !serverCan.console({ state: known.data })) return 'server-gone';
  if (!isPermitted) return 'not-permitted';
  return isEnded ? 'ended' : 'open';
}

function sessionFacts(kysely: Kysely<DB>, ids: readonly string[]) {
  return kysely
    .selectFrom('console_session')
    .innerJoin('server', 'server.id', 'console_session.server_id')
    .where('console_session.id', 'in', ids)
    .select((row) => [
      'console_session.id',
      'console_session.user_id as userId',
      'console_session.is_read_only as isReadOnly',
      'server.project_id as projectId',
      'server.state',
      sql<boolean>`${row.ref('console_session.ended_at')} IS NOT NULL`.as('isEnded'),
      sql<boolean>`${row.ref('console_session.host_id')} IS NOT DISTINCT FROM ${row.ref('server.host_id')}`.as(
        'isSameHost',
      ),
    ]);
}

/** Ends a session and lets its host know, so that it forgets it. Harmless twice. */
export async function endConsoleSession(core: Core, session: SpentConsoleSession, requestId: string): Promise<void> {
  await endOpen(core).where('id', '=', session.id).execute();
  await hintConsoleHost(core, session, requestId);
}

/** Asks the host to dial out to the gateway, or to forget the session when it ended. Never throws. */
export async function hintConsoleHost(core: Core, session: SpentConsoleSession, requestId: string): Promise<void> {
  await core.queues
    .hintHost(session.hostId, { noun: 'console-session', id: session.id, requestId })
    .catch((error: unknown) =>
      core.log.warn({ err: error, sessionId: session.id }, 'a host could not be told of a console'),
    );
}

/** Ends what an earlier process at the same address left open: its browsers are gone. */
export async function endConsoleSessionsOf(core: Core, gatewayUrl: string): Promise<void> {
  await endOpen(core)
    .where(sql<boolean>`starts_with(gateway_url, ${`${gatewayUrl}/`})`)
    .execute();
}

/** Without Prisma, which the gateway would hold some 50 MiB of for this alone. */
function endOpen({ database }: Core) {
  const now = sql<Date>`now()`;
  return database.kysely.updateTable('console_session').set({ ended_at: now }).where('ended_at', 'is', null);
}
