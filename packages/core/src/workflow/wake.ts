import type { HostNoun } from '@unkai/contracts/host/job';
import { sql } from 'kysely';
import type { Core } from '../call.ts';

/** What was reported: a noun of one host. */
export interface Reported {
  readonly noun: HostNoun;
  readonly id: string;
  readonly hostId: string;
}

/**
 * Wakes the runs that may be waiting for what a host reported; call it after the report is committed. Who waits for
 * what follows from the rows (a server's run for the image and the networks of that server on its host), so nothing
 * has to be kept about it. A wake too many is harmless, and one that is lost is made up for by the end of the nap.
 */
export async function wakeRunsOf(core: Core, reported: Reported): Promise<void> {
  const waiting = waitingFor(reported);
  if (waiting === null) return;
  const { rows } = await sql<{ id: string }>`
    UPDATE workflow_run SET wake_at = LEAST(now(), lease_until - interval '1 millisecond')
    WHERE ended_at IS NULL AND started_at IS NOT NULL AND ${waiting} RETURNING id`.execute(core.database.kysely);
  await Promise.allSettled(rows.map(({ id }) => core.queues.wakeRun(id)));
}

function waitingFor({ noun, id, hostId }: Reported) {
  switch (noun) {
    case 'server':
      return sql`resource_id = ${id}`;
    case 'image':
      return sql`resource_id IN (SELECT id FROM server WHERE host_id = ${hostId} AND image_id = ${id} UNION ALL SELECT ${id}::uuid)`;
    case 'network':
      return sql`resource_id IN (SELECT server.id FROM server JOIN port ON port.server_id = server.id
        WHERE server.host_id = ${hostId} AND port.network_id = ${id})`;
    case 'console-session':
      return null;
  }
}
