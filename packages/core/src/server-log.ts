import { setTimeout as pause } from 'node:timers/promises';
import type { serverLogUpload } from '@unkai/contracts/host/report';
import type { ServerLog } from '@unkai/contracts/resources/server';
import type { z } from 'zod';
import { granted } from './access.ts';
import type { Call, Core } from './call.ts';
import type { HostIdentity } from './host/credential.ts';

const waitMs = 3_000;
const firstLookMs = 20;
const longestLookMs = 250;

/**
 * The end of a server's serial log. Asks the host for a fresh one and waits up to three seconds for it; when none comes,
 * gives the last that is known, with the time it was read. Throws what a lookup throws.
 */
export async function readServerLog(call: Call, serverId: string): Promise<ServerLog> {
  const server = await lookUp(call, serverId);
  if (server.host === null) return shown(server.log);
  if (!server.host.isUp) return shown(server.log);
  const askedAt = await askHost(call, server.host.id, serverId);
  const giveUpAt = Date.now() + waitMs;
  for (let lookMs = firstLookMs; Date.now() < giveUpAt; lookMs = Math.min(lookMs * 2, longestLookMs)) {
    await pause(lookMs);
    const log = await call.core.database.prisma.serverLog.findUnique({ where: { serverId } });
    if (log !== null && log.capturedAt >= askedAt) return shown(log);
  }
  return shown(server.log);
}

async function lookUp(call: Call, id: string) {
  const server = await call.core.database.prisma.server.findUnique({
    where: { id },
    select: { projectId: true, name: true, log: true, host: { select: { id: true, isUp: true } } },
  });
  return granted(call, 'server:log', server, {
    noun: 'server',
    id,
    projectId: server?.projectId ?? null,
    ...(server && { name: server.name }),
  });
}

/** By the database's clock, which also dates what comes. Without Redis there is no asking, and the wait ends empty. */
async function askHost({ core, requestId, log }: Call, hostId: string, serverId: string): Promise<Date> {
  const [{ now } = { now: new Date() }] = await core.database.prisma.$queryRaw<{ now: Date }[]>`SELECT now()`;
  await core.queues.hintHost(hostId, { noun: 'server-log', id: serverId, requestId }).catch((error: unknown) => {
    log.warn({ err: error, serverId }, 'a host could not be asked for a log');
  });
  return now;
}

function shown(log: { text: string; truncated: boolean; capturedAt: Date } | null): ServerLog {
  if (log === null) return { text: '', truncated: false, capturedAt: null };
  return { text: log.text, truncated: log.truncated, capturedAt: log.capturedAt.toISOString() };
}

/** Keeps what a host read of the log of one of its servers; of any other server nothing is kept, and it is not told. */
export async function storeServerLog(
  core: Core,
  host: HostIdentity,
  serverId: string,
  upload: z.output<typeof serverLogUpload>,
): Promise<void> {
  // Postgres keeps no NUL in text, and half a surrogate pair is no UTF-8; a guest may print both.
  const text = upload.text.replaceAll('\0', '\ufffd').toWellFormed();
  await core.database.prisma.$executeRaw`
    INSERT INTO server_log (server_id, text, truncated, captured_at)
    SELECT id, ${text}, ${upload.truncated}, now() FROM server WHERE id = ${serverId}::uuid AND host_id = ${host.id}::uuid
    ON CONFLICT (server_id) DO UPDATE
      SET text = excluded.text, truncated = excluded.truncated, captured_at = excluded.captured_at`;
}
