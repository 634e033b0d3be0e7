import { UnkaiError } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Transaction } from '../database/database.ts';
import { lockProject } from '../quota/quota.ts';

/** The tables whose rows are counted in revisions. */
export type RevisedTable =
  | 'network'
  | 'subnet'
  | 'port'
  | 'router'
  | 'floating_ip'
  | 'security_group'
  | 'subnet_pool'
  | 'qos_policy';

const owner = z.array(z.object({ project_id: z.string() }));
const revised = z.array(z.object({ revision: z.number() }));

/**
 * Makes a row wait for the end of a transaction, and sees that it is as the caller knew it. Throws `changed_meanwhile`
 * when it is not. One that is gone is left to the operation to speak of.
 */
export async function requireRevision(
  tx: Transaction,
  { table, id, revision }: { readonly table: RevisedTable; readonly id: string; readonly revision: number },
): Promise<void> {
  const rows = Prisma.sql`FROM ${Prisma.raw(`"${table}"`)} WHERE id = ${id}::uuid`;
  const [row] = owner.parse(await tx.$queryRaw(Prisma.sql`SELECT project_id ${rows}`));
  if (row === undefined) return;
  // In the order in which the operations lock.
  await lockProject(tx, row.project_id);
  const [now] = revised.parse(await tx.$queryRaw(Prisma.sql`SELECT revision ${rows} FOR UPDATE`));
  if (now === undefined || now.revision === revision) return;
  throw new UnkaiError('changed_meanwhile', `It is at revision ${now.revision}, not ${revision}.`);
}
