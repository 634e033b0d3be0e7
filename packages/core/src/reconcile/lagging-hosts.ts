import { randomUUID } from 'node:crypto';
import type { HostJob } from '@unkai/contracts/host/job';
import { sql } from 'kysely';
import type { Core } from '../call.ts';
import type { Reconciler } from './reconciler.ts';

/** In turn for each host, and any of its things: one host that follows nothing keeps no other from being hinted. */
const hintsAtOnce = 1000;

/**
 * Repeats the hints that a host has not followed: its job may have gone with Redis, or the host may have failed and
 * should try again. A host that does not answer is left alone; when it is back it asks for everything by itself.
 */
export const laggingHosts: Reconciler = {
  name: 'lagging-hosts',
  everyMs: 5_000,
  async run(core) {
    for (const { host_id, noun, id } of await readLagging(core)) {
      await core.queues.hintHost(host_id, { noun, id, requestId: randomUUID() });
    }
  },
};

interface Lagging {
  readonly host_id: string;
  readonly noun: HostJob['noun'];
  readonly id: string;
}

async function readLagging({ database }: Core): Promise<Lagging[]> {
  const { rows } = await sql<Lagging>`
    WITH lagging AS (
      SELECT host_id, 'server' AS noun, id FROM server WHERE observed_generation < generation
        OR (desired_presence = 'absent' AND observed_state IS DISTINCT FROM 'absent')
      UNION ALL
      SELECT host_id, 'network', network_id FROM host_network JOIN network ON network.id = network_id
        WHERE observed_generation < generation OR observed_state IS DISTINCT FROM 'present'
      UNION ALL
      SELECT host_id, 'router', id FROM router WHERE observed_generation < generation OR observed_state IS DISTINCT FROM 'present'
      UNION ALL
      SELECT DISTINCT host_id, noun, router_id FROM floating_ip_holder WHERE leaving_generation IS NOT NULL
      UNION ALL
      SELECT host_id, 'image', image_id FROM host_image JOIN image ON image.id = image_id
        WHERE (image.state = 'active' AND observed_state IS NULL)
          OR (image.state = 'deleting' AND observed_state IS DISTINCT FROM 'absent'))
    SELECT lagging.* FROM lagging JOIN host ON host.id = lagging.host_id WHERE host.is_up
    ORDER BY row_number() OVER (PARTITION BY host_id ORDER BY random()) LIMIT ${hintsAtOnce}`.execute(database.kysely);
  return rows;
}
