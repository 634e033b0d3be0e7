import type { Event, EventNoun } from '@unkai/contracts/events';
import type { Transaction } from './database/database.ts';

export interface Change {
  readonly projectId: string | null;
  readonly noun: EventNoun;
  readonly resourceId: string;
  readonly kind: Event['kind'];
}

/** The Postgres channel that carries the id and project of each committed event (a trigger on the table notifies). */
export const eventChannel = 'unkai_event';

/** Tells live pages, when the transaction commits, that something changed. */
export async function emit(tx: Transaction, { projectId, noun, resourceId, kind }: Change): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO event (project_id, noun, resource_id, kind)
    VALUES (${projectId}::uuid, ${noun}, ${resourceId}::uuid, ${kind})`;
}
