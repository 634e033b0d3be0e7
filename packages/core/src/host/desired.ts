import { type DesiredIndex, desiredIndex } from '@unkai/contracts/host/desired';
import type { HostNoun } from '@unkai/contracts/host/job';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { desiredConsoleSession, openConsoleSessions } from './desired-console-session.ts';
import { desiredImage } from './desired-image.ts';
import { desiredNetwork } from './desired-network.ts';
import { desiredRouter } from './desired-router.ts';
import { desiredRouterBranch } from './desired-router-branch.ts';
import { desiredServer } from './desired-server.ts';
import { desiredServerMigration } from './desired-server-migration.ts';
import { type Desired, migrationGeneration, wantedOnce } from './wanted.ts';

type Read = { [Noun in HostNoun]: (database: Database, hostId: string, id: string) => Promise<Desired<Noun>> };

const read: Read = {
  server: desiredServer,
  network: desiredNetwork,
  router: desiredRouter,
  'router-branch': desiredRouterBranch,
  image: desiredImage,
  'server-migration': desiredServerMigration,
  'console-session': desiredConsoleSession,
};

/** What one noun should be on this host. */
export function readDesired<Noun extends HostNoun>(
  database: Database,
  hostId: string,
  noun: Noun,
  id: string,
): Promise<Desired<Noun>> {
  return read[noun](database, hostId, id);
}

/**
 * All that should be on a host and that its agent knows of, with the generation each is at. Of a host that this release has
 * not heard yet nothing is left out: an agent purges what is not listed, and stumbles harmlessly over what it does not know.
 */
export async function readDesiredIndex({ kysely }: Database, hostId: string): Promise<DesiredIndex> {
  const items = await kysely
    .selectFrom(wantedOn(kysely, hostId).as('wanted'))
    .innerJoin('host', (join) => join.on('host.id', '=', hostId))
    .where(sql<boolean>`(host.facts -> 'nouns' @> to_jsonb(wanted.noun)) IS NOT FALSE`)
    .select(['wanted.noun', 'wanted.id', 'wanted.generation'])
    .execute();
  return desiredIndex.parse({ items });
}

function wantedOn(kysely: Database['kysely'], hostId: string) {
  return kysely
    .selectFrom('server')
    .select([sql<string>`'server'`.as('noun'), 'id', 'generation'])
    .where('host_id', '=', hostId)
    .where('desired_presence', '=', 'present')
    .unionAll(
      kysely
        .selectFrom('router')
        .select([sql<string>`'router'`.as('noun'), 'id', 'generation'])
        .where('host_id', '=', hostId),
    )
    .unionAll(branchesOn(kysely, hostId))
    .unionAll(
      kysely
        .selectFrom('host_network')
        .innerJoin('network', 'network.id', 'host_network.network_id')
        .select([sql<string>`'network'`.as('noun'), 'network.id', 'network.generation'])
        .where('host_network.host_id', '=', hostId),
    )
    .unionAll(
      kysely
        .selectFrom('host_image')
        .innerJoin('image', 'image.id', 'host_image.image_id')
        .select([sql<string>`'image'`.as('noun'), 'image.id', sql<number>`${wantedOnce}::int`.as('generation')])
        .where('host_image.host_id', '=', hostId)
        .where('image.state', '=', 'active'),
    )
    .unionAll(
      kysely
        .selectFrom('server_migration_host')
        .innerJoin('server_migration', 'server_migration.id', 'migration_id')
        .select([
          sql<string>`'server-migration'`.as('noun'),
          'migration_id as id',
          sql<number>`(CASE WHEN server_migration_host.host_id = from_host_id THEN sha256 IS NOT NULL
            ELSE switched_at IS NOT NULL END)::int + ${migrationGeneration.begun}`.as('generation'),
        ])
        .where('host_id', '=', hostId)
        .where('is_leaving', '=', false),
    )
    .unionAll(
      openConsoleSessions(kysely, hostId).select([
        sql<string>`'console-session'`.as('noun'),
        'console_session.id',
        sql<number>`${wantedOnce}::int`.as('generation'),
      ]),
    );
}

/** Routers of other hosts of whose floating IPs this one is told. */
function branchesOn(kysely: Database['kysely'], hostId: string) {
  return kysely
    .selectFrom('floating_ip_holder')
    .innerJoin('router', 'router.id', 'floating_ip_holder.router_id')
    .where('floating_ip_holder.host_id', '=', hostId)
    .where('floating_ip_holder.noun', '=', 'router-branch')
    .where('floating_ip_holder.leaving_generation', 'is', null)
    .select([sql<string>`'router-branch'`.as('noun'), 'router.id', 'router.generation'])
    .distinct();
}
