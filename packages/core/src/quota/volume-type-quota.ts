import {
  unlimited,
  type VolumeTypeDefaults,
  type VolumeTypeLimits,
  volumeTypeQuotaName,
  volumeTypeQuotaNames,
} from '@unkai/contracts/quota';
import { z } from 'zod';
import { allows } from '../access.ts';
import type { Call } from '../call.ts';
import { describe, nearest } from './quota.ts';

/** Whose limits are asked for: a project's, or those of a domain's or (both null) all projects that have none. */
interface TypeQuotaPlace {
  readonly projectId: string | null;
  readonly domainId: string | null;
}

const saidRow = z.object({
  id: z.string(),
  typeName: z.string(),
  name: volumeTypeQuotaName,
  project: z.coerce.number().nullable(),
  domain: z.coerce.number().nullable(),
  installation: z.coerce.number().nullable(),
});

/**
 * What was said of each quota of each type, in one statement. A type that is not public is told to operators, and of a
 * place where somebody may use it.
 */
async function saidOfTypes(call: Call, { projectId, domainId }: TypeQuotaPlace) {
  const seesAll = allows(call.actor, 'volume-type:read', null);
  const found = await call.core.database.prisma.$queryRaw<unknown[]>`
    SELECT volume_type.id, volume_type.name AS "typeName", quota.name, own."limit" AS project,
      in_domain."limit" AS domain, everywhere."limit" AS installation
    FROM volume_type
    CROSS JOIN unnest(${[...volumeTypeQuotaNames]}::text[]) WITH ORDINALITY AS quota (name, place)
    LEFT JOIN project ON project.id = ${projectId}::uuid
    LEFT JOIN project_volume_type_quota AS own ON own.project_id = project.id
      AND own.volume_type_id = volume_type.id AND own.name = quota.name
    LEFT JOIN volume_type_quota_default AS in_domain ON in_domain.domain_id = coalesce(project.domain_id, ${domainId}::uuid)
      AND in_domain.volume_type_id = volume_type.id AND in_domain.name = quota.name
    LEFT JOIN volume_type_quota_default AS everywhere ON everywhere.domain_id IS NULL
      AND everywhere.volume_type_id = volume_type.id AND everywhere.name = quota.name
    WHERE ${seesAll} OR volume_type.is_public OR EXISTS (
      SELECT 1 FROM volume_type_access AS access JOIN project AS let_in ON let_in.id = access.project_id
      WHERE access.volume_type_id = volume_type.id
        AND (let_in.id = ${projectId}::uuid OR let_in.domain_id = ${domainId}::uuid))
    ORDER BY volume_type.name, quota.place`;
  return found.map((row) => saidRow.parse(row));
}

type Said = Awaited<ReturnType<typeof saidOfTypes>>[number];

/** The rows of each type together, as they come. */
function byType<Item>(rows: readonly Said[], view: (row: Said) => Item): { id: string; name: string; items: Item[] }[] {
  const types = new Map<string, { id: string; name: string; items: Item[] }>();
  for (const row of rows) {
    const type = types.get(row.id) ?? { id: row.id, name: row.typeName, items: [] };
    type.items.push(view(row));
    types.set(row.id, type);
  }
  return [...types.values()];
}

/** What a project may have of each volume type. Nothing is used: there are no volumes yet. */
export async function volumeTypeLimits(call: Call, projectId: string): Promise<VolumeTypeLimits[]> {
  const rows = await saidOfTypes(call, { projectId, domainId: null });
  return byType(rows, (said) => {
    const { limit } = nearest(unlimited, { ...said, project: null });
    return { ...describe(said.name), of: 'project' as const, used: 0, ...nearest(unlimited, said), default: limit };
  });
}

/** What projects get of each volume type that have no limit of their own: in a domain, or (null) anywhere. */
export async function volumeTypeDefaults(call: Call, domainId: string | null): Promise<VolumeTypeDefaults[]> {
  const rows = await saidOfTypes(call, { projectId: null, domainId });
  return byType(rows, (said) => ({ ...describe(said.name), ...nearest(unlimited, said) }));
}
