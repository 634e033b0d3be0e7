import { desired } from '@unkai/contracts/host/desired';
import { consoleSessionMaxSeconds } from '@unkai/contracts/resources/console-session';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { type Desired, wantedNoMore, wantedOnce } from './wanted.ts';

/** A console that the host is to carry to a gateway. */
export async function desiredConsoleSession(
  { kysely }: Database,
  hostId: string,
  id: string,
): Promise<Desired<'console-session'>> {
  const row = await openConsoleSessions(kysely, hostId)
    .select((column) => [
      'console_session.id',
      'console_session.server_id as serverId',
      'console_session.kind',
      'console_session.is_read_only as isReadOnly',
      column.ref('console_session.gateway_url').as('gatewayUrl'),
    ])
    .where('console_session.id', '=', id)
    .executeTakeFirst();
  if (!row) return { presence: 'absent', generation: wantedNoMore };
  return desired['console-session'].parse({ presence: 'present', generation: wantedOnce, spec: row });
}

/** Sessions whose browser waits at a gateway, of servers that are still on this host. */
export function openConsoleSessions(kysely: Database['kysely'], hostId: string) {
  return kysely
    .selectFrom('console_session')
    .innerJoin('server', 'server.id', 'console_session.server_id')
    .where('console_session.host_id', '=', hostId)
    .whereRef('server.host_id', '=', 'console_session.host_id')
    .where('server.desired_presence', '=', 'present')
    .where('console_session.gateway_url', 'is not', null)
    .where('console_session.ended_at', 'is', null)
    .where('console_session.used_at', '>', sql<Date>`now() - make_interval(secs => ${consoleSessionMaxSeconds})`);
}
