import type { Database } from '../database/database.ts';

/** The run that waited behind one that has ended: the oldest unfinished one of the same key. */
export async function nextOfKey(database: Database, endedId: string): Promise<string | null> {
  const row = await database.kysely
    .selectFrom('workflow_run as next')
    .innerJoin('workflow_run as ended', 'ended.key', 'next.key')
    .select('next.id')
    .where('ended.id', '=', endedId)
    .where('next.ended_at', 'is', null)
    .orderBy('next.sequence')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
