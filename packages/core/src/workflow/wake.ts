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
 * Wakes the runs that may be waiting for what a host reported; call it after the report is committed. Whom a report may
 * concern follows from the rows (a server's run: that server, its image and its networks, on its host); a run that sleeps
 * until something else is left asleep, and one that is being looked at is told to look again. A wake too many is
 * harmless, and one that is lost is made up for by the end of the nap.
 */
export async function wakeRunsOf(core: Core, reported: Reported): Promise<void> {
  const concerned = concernedBy(reported);
  if (concerned === null) return;
  // Locked in one order: two reports that wake the same runs never wait for each other.
  const { rows } = await sql<{ id: string; lease_owner: string | null }>`
    WITH woken AS (
      SELECT id FROM workflow_run WHERE ended_at IS NULL AND started_at IS NOT NULL AND ${concerned}
      ORDER BY id FOR NO KEY UPDATE)
    UPDATE workflow_run AS run SET wake_at = LEAST(now(), lease_until - interval '1 millisecond')
    FROM woken WHERE run.id = woken.id RETURNING run.id, run.lease_owner`.execute(core.database.kysely);
  const sleeping = rows.filter(({ lease_owner }) => lease_owner === null);
  await Promise.allSettled(sleeping.map(({ id }) => core.queues.wakeRun(id)));
}

/** Whether the row `server` is on its way to a host. */
const comesTo = (hostId: string) =>
  sql`EXISTS (SELECT FROM server_migration WHERE server_migration.server_id = server.id AND to_host_id = ${hostId})`;

function concernedBy({ noun, id, hostId }: Reported) {
  const isNotAsleepForAnother = (generation: ReturnType<typeof sql>) => sql`(
    lease_owner IS NOT NULL OR waits_for IS NULL OR (waits_for = ${`${noun}/${id}`} AND waits_generation <= (${generation})))`;
  switch (noun) {
    case 'server':
      return sql`resource_id = ${id}`;
    case 'image':
      return sql`resource_id IN (SELECT id FROM server WHERE image_id = ${id} AND (host_id = ${hostId} OR ${comesTo(hostId)}) UNION ALL SELECT ${id}::uuid)
        AND ${isNotAsleepForAnother(sql`SELECT 0`)}`;
    case 'network':
      return sql`resource_id IN (SELECT server.id FROM server JOIN port ON port.server_id = server.id
          WHERE port.network_id = ${id} AND (server.host_id = ${hostId} OR ${comesTo(hostId)}))
        AND ${isNotAsleepForAnother(sql`SELECT observed_generation FROM host_network
          WHERE host_id = ${hostId} AND network_id = ${id}`)}`;
    case 'server-migration':
      return sql`resource_id IN (SELECT server_id FROM server_migration WHERE id = ${id})`;
    case 'router':
    case 'router-branch':
    case 'console-session':
      return null;
  }
}
