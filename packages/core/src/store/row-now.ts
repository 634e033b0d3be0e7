// Theory. A row is found for an action before the transaction that changes it. Two who change it at once have both found it as
// it was: who writes back what they were not asked to change undoes the other's change, and enables again who was just
// disabled. So what is written is what was asked for, or what the row is by now.
import { Prisma } from '@unkai/prisma/client';
import type { Transaction } from '../database/database.ts';

type Table = 'user' | 'user_group' | 'domain' | 'project' | 'role' | 'service' | 'endpoint' | 'host' | 'security_group';

/** Lets nobody else change a row until the commit; what is read of it from here on stays so. Harmless where there is none. */
export async function lockRow(tx: Transaction, table: Table, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}
