import { UnkaiError } from '@unkai/contracts/errors';
import { type Limit, type QuotaName, quotaCatalog, quotaName, quotaNames } from '@unkai/contracts/quota';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { notFound } from './access.ts';
import type { Database, Transaction } from './database.ts';

/** What an operation is about to take, by quota. */
export type Needs = Partial<Record<QuotaName, number>>;

/** How each quota is counted: from the rows themselves, so usage cannot drift from what is there (H8). */
const counted: Record<QuotaName, (projectId: string) => Prisma.Sql> = {
  servers: (id) => Prisma.sql`SELECT count(*) FROM server WHERE project_id = ${id}::uuid`,
  vcpus: (id) => Prisma.sql`SELECT coalesce(sum(vcpus), 0) FROM server WHERE project_id = ${id}::uuid`,
  memoryMib: (id) => Prisma.sql`SELECT coalesce(sum(memory_mib), 0) FROM server WHERE project_id = ${id}::uuid`,
  images: (id) => Prisma.sql`SELECT count(*) FROM image WHERE project_id = ${id}::uuid`,
  imageBytes: (id) => Prisma.sql`SELECT coalesce(sum(size_bytes), 0) FROM image WHERE project_id = ${id}::uuid`,
  networks: (id) => Prisma.sql`SELECT count(*) FROM network WHERE project_id = ${id}::uuid`,
  subnets: (id) => Prisma.sql`SELECT count(*) FROM subnet WHERE project_id = ${id}::uuid`,
  ports: (id) => Prisma.sql`SELECT count(*) FROM port WHERE project_id = ${id}::uuid`,
  securityGroups: (id) => Prisma.sql`SELECT count(*) FROM security_group WHERE project_id = ${id}::uuid`,
  securityGroupRules: (id) => Prisma.sql`
    SELECT count(*) FROM security_group_rule JOIN security_group ON security_group.id = security_group_id
    WHERE project_id = ${id}::uuid`,
};

/**
 * Makes everyone who spends in this project wait for this transaction, so that what is counted next stays true until
 * the commit. NO KEY UPDATE excludes itself like FOR UPDATE, but lets rows that merely name the project be written.
 * Throws `not_found` when the project is gone.
 */
export async function lockProject(tx: Transaction, projectId: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
  if (found.length === 0) throw notFound('project', projectId);
}

/**
 * Locks the project and checks that it may take `needs` more. Throws `quota_exceeded`, which says for each quota what is
 * needed, used and allowed. What it allows is spent by the rows that the same transaction then writes.
 */
export async function spend(tx: Transaction, projectId: string, needs: Needs): Promise<void> {
  await lockProject(tx, projectId);
  const names = quotaNames.filter((name) => (needs[name] ?? 0) > 0);
  const over = (await usage(tx, projectId, names)).filter(({ name, used, limit }) => used + (needs[name] ?? 0) > limit);
  const first = over[0];
  if (!first) return;
  throw new UnkaiError('quota_exceeded', over.map((each) => sentence(each, needs[each.name] ?? 0)).join(' '), {
    errors: over.map((each) => ({ field: each.name, message: sentence(each, needs[each.name] ?? 0) })),
  });
}

function sentence({ label, unit, used, limit }: Limit, needed: number): string {
  const suffix = unit === '' ? '' : ` ${unit}`;
  return `${label}: needs ${needed}${suffix}, used ${used} of ${limit}${suffix}.`;
}

/** What the project uses of each quota, and its limits. */
export function limits(database: Database, projectId: string): Promise<Limit[]> {
  return usage(database.prisma, projectId, quotaNames);
}

const usageRow = z.object({ name: quotaName, used: z.coerce.number(), limit: z.coerce.number().nullable() });

async function usage(
  source: Pick<Transaction, '$queryRaw'>,
  projectId: string,
  names: readonly QuotaName[],
): Promise<Limit[]> {
  const rows = names.map((name) => Prisma.sql`(${name}, (${counted[name](projectId)})::bigint)`);
  const found = await source.$queryRaw<unknown[]>`
    SELECT usage.name, usage.used, project_quota.limit
    FROM (VALUES ${Prisma.join(rows)}) AS usage (name, used)
    LEFT JOIN project_quota ON project_quota.project_id = ${projectId}::uuid AND project_quota.name = usage.name`;
  const byName = new Map(found.map((row) => usageRow.parse(row)).map((row) => [row.name, row]));
  return names.map((name) => {
    const { label, unit, initial } = quotaCatalog[name];
    const row = byName.get(name);
    return { name, label, unit, used: row?.used ?? 0, limit: row?.limit ?? initial };
  });
}
