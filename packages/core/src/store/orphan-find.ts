import { type Orphan, type OrphanKind, orphanKind, orphansShown } from '@unkai/contracts/resources/orphan';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Transaction } from '../database/database.ts';

const nothingOpen = (resource: Prisma.Sql) => Prisma.sql`
  NOT EXISTS (SELECT 1 FROM workflow_run WHERE resource_id = ${resource} AND ended_at IS NULL)`;

/** How each kind is found. What is under way is not left behind, and what is new may still be wanted. */
const finds: Record<OrphanKind, Prisma.Sql> = {
  allocation: Prisma.sql`
    SELECT server.id::text AS key, server.name, host.name AS host_name, project.name AS project_name,
      server.updated_at AS since
    FROM host_allocation JOIN server ON server.id = host_allocation.server_id
    JOIN host ON host.id = host_allocation.host_id JOIN project ON project.id = server.project_id
    WHERE server.host_id IS DISTINCT FROM host_allocation.host_id AND ${nothingOpen(Prisma.sql`server.id`)}`,
  'host-network': Prisma.sql`
    SELECT host.id || '.' || network.id AS key, network.name, host.name AS host_name, project.name AS project_name,
      NULL::timestamptz AS since
    FROM host_network JOIN host ON host.id = host_network.host_id JOIN network ON network.id = host_network.network_id
    JOIN project ON project.id = network.project_id
    WHERE NOT EXISTS (SELECT 1 FROM port LEFT JOIN server ON server.id = port.server_id
      LEFT JOIN router ON router.id = port.router_id LEFT JOIN server_migration AS migration ON migration.server_id = server.id
      WHERE port.network_id = network.id AND host.id IN (server.host_id, router.host_id, migration.room_host_id))`,
  'image-copy': Prisma.sql`
    SELECT host.id || '.' || image.id AS key, image.name, host.name AS host_name, project.name AS project_name,
      NULL::timestamptz AS since
    FROM host_image JOIN host ON host.id = host_image.host_id JOIN image ON image.id = host_image.image_id
    LEFT JOIN project ON project.id = image.project_id
    WHERE host_image.observed_state = 'present' AND image.state = 'active'
      AND NOT EXISTS (SELECT 1 FROM server WHERE server.image_id = image.id AND server.host_id = host.id)`,
  port: Prisma.sql`
    SELECT port.id::text AS key, coalesce(nullif(port.name, ''), port.mac_address) AS name, NULL AS host_name,
      project.name AS project_name, port.created_at AS since
    FROM port JOIN project ON project.id = port.project_id
    WHERE port.server_id IS NULL AND NOT port.is_kept AND port.created_at < now() - interval '10 minutes'`,
  upload: Prisma.sql`
    SELECT image.id::text AS key, image.name, NULL AS host_name, project.name AS project_name, image.created_at AS since
    FROM image LEFT JOIN project ON project.id = image.project_id
    WHERE image.state = 'queued' AND NOT image.is_protected AND image.updated_at < now() - interval '1 day'
      AND ${nothingOpen(Prisma.sql`image.id`)}`,
  host: Prisma.sql`
    SELECT host.id::text AS key, host.name, host.name AS host_name, NULL AS project_name, host.last_heartbeat_at AS since
    FROM host
    WHERE NOT host.is_up AND host.last_heartbeat_at < now() - interval '1 day'
      AND NOT EXISTS (SELECT 1 FROM server WHERE server.host_id = host.id)
      AND NOT EXISTS (SELECT 1 FROM host_allocation WHERE host_allocation.host_id = host.id)`,
};

const foundRow = z.object({
  key: z.string(),
  name: z.string(),
  host_name: z.string().nullable(),
  project_name: z.string().nullable(),
  since: z.date().nullable(),
});
type Reader = Pick<Transaction, '$queryRaw'>;

/** What is left behind of a kind, the oldest first; with `key`, that one alone. */
export async function findOrphans(reader: Reader, kind: OrphanKind, key?: string): Promise<Orphan[]> {
  const only = key === undefined ? Prisma.empty : Prisma.sql`WHERE key = ${key}`;
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT * FROM (${finds[kind]}) AS found ${only} ORDER BY since NULLS LAST, name, key LIMIT ${orphansShown}`;
  return rows.map((row) => {
    const { key: foundKey, name, host_name: hostName, project_name: projectName, since } = foundRow.parse(row);
    return { key: foundKey, kind, name, hostName, projectName, since: since?.toISOString() ?? null };
  });
}

const counts = z.array(z.object({ count: z.coerce.number() }));

/** How much is left behind in all, in one question; a copy of an image is kept on purpose and not counted. */
export async function countOrphansOf(reader: Reader): Promise<number> {
  const kinds = orphanKind.options.filter((kind) => kind !== 'image-copy');
  const each = kinds.map((kind) => Prisma.sql`(SELECT count(*) FROM (${finds[kind]}) AS found)`);
  const [row] = counts.parse(await reader.$queryRaw`SELECT ${Prisma.join(each, ' + ')} AS count`);
  return row?.count ?? 0;
}
