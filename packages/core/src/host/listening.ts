// Theory. A host that is not heard is silent, or nobody is there to hear it: the API is being restarted, or the database
// that heartbeats are noted in is away. To take all hosts for dead then would refuse what they have room for, and give
// their routers to whoever is heard first. So the API notes that it listens, and silence counts from there.
import { setTimeout as sleep } from 'node:timers/promises';
import { Prisma } from '@unkai/prisma/client';
import type { Core } from '../call.ts';
import { ask, type Database } from '../database/database.ts';
import { heartbeatIntervalSeconds } from './heartbeat.ts';

const noteEveryMs = 1_000;
/** Without a note for as long as this, in which each host says something, nobody listened. */
const gapBefore = () => Prisma.sql`(now() - ${heartbeatIntervalSeconds} * interval '1 second')`;

/** Of the row of `host_listening`, as `listening`: heartbeats are taken at this moment. */
export const isListening = () => Prisma.sql`listening.last_at >= ${gapBefore()}`;

/** Notes that heartbeats are taken; after a gap it is since now. By the database's clock, as heartbeats are. */
export async function noteListening(database: Pick<Database, 'pool'>): Promise<void> {
  await ask(
    database,
    Prisma.sql`
      INSERT INTO host_listening AS listening (since, last_at) VALUES (now(), now())
      ON CONFLICT (id) DO UPDATE SET last_at = greatest(listening.last_at, now()),
        since = CASE WHEN ${isListening()} THEN listening.since ELSE now() END`,
  );
}

/** Notes it again and again until `signal` aborts. Does not throw: what cannot be noted cannot be heard either. */
export async function keepListening({ database, log }: Pick<Core, 'database' | 'log'>, signal: AbortSignal) {
  while (!signal.aborted) {
    await noteListening(database).catch((error: unknown) =>
      log.debug({ err: error }, 'could not note that it listens'),
    );
    await sleep(noteEveryMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
