import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { ask, type Database } from '../database/database.ts';
import type { UsageSpan } from './usage.ts';

/** What one server was for some time, as OpenStack counts it: whether it ran or was stopped is the same. */
export type ServerUsage = z.output<typeof usageRow>;

const usageRow = z.object({
  id: z.string(),
  name: z.string(),
  projectId: z.string(),
  flavorName: z.string(),
  /** Its size as it was last. */
  vcpus: z.number(),
  memoryMib: z.number(),
  diskGib: z.number(),
  kind: z.enum(['server', 'server-stopped']),
  /** Of all its time, also outside of the span. */
  startedAt: z.date(),
  /** Null while it is there. */
  endedAt: z.date().nullable(),
  hours: z.number(),
  vcpuHours: z.number(),
  memoryMibHours: z.number(),
  diskGibHours: z.number(),
});

/** The servers of a project, or of all, that were there in a span: by project, the oldest first. */
export async function listServerUsage(
  database: Database,
  projectId: string | null,
  { from, to, openUntil }: UsageSpan,
): Promise<ServerUsage[]> {
  const whose = projectId === null ? Prisma.sql`true` : Prisma.sql`project_id = ${projectId}::uuid`;
  const rows = await ask(
    database,
    Prisma.sql`
    WITH used AS (
      SELECT usage.*, (extract(epoch FROM least(coalesce(ended_at, ${openUntil}::timestamptz), ${to}::timestamptz)
        - greatest(started_at, ${from}::timestamptz)) / 3600)::float8 AS hours
      FROM usage
      WHERE ${whose} AND kind IN ('server', 'server-stopped') AND started_at < ${to}::timestamptz
        AND coalesce(ended_at, 'infinity'::timestamptz) > ${from}::timestamptz
    ), summed AS (
      SELECT resource_id, sum(hours) AS hours, sum(hours * vcpus) AS "vcpuHours",
        sum(hours * memory_mib) AS "memoryMibHours", sum(hours * disk_gib) AS "diskGibHours"
      FROM used WHERE hours > 0 GROUP BY resource_id
    )
    SELECT summed.resource_id AS id, last.resource_name AS name, last.project_id AS "projectId", last.item AS "flavorName",
      last.vcpus, last.memory_mib AS "memoryMib", last.disk_gib AS "diskGib", last.kind, first.started_at AS "startedAt",
      last.ended_at AS "endedAt", hours, "vcpuHours", "memoryMibHours", "diskGibHours"
    FROM summed
    CROSS JOIN LATERAL (SELECT * FROM usage WHERE resource_id = summed.resource_id
      ORDER BY started_at DESC, ended_at DESC NULLS FIRST LIMIT 1) AS last
    CROSS JOIN LATERAL (SELECT started_at FROM usage WHERE resource_id = summed.resource_id
      ORDER BY started_at LIMIT 1) AS first
    ORDER BY last.project_id, first.started_at, summed.resource_id`,
  );
  return rows.map((row) => usageRow.parse(row));
}
