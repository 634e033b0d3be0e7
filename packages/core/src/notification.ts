import type { NotificationNoun, NotificationTone } from '@unkai/contracts/resources/notification';
import type { Transaction } from './database/database.ts';

export interface Notice {
  /** Who is told; each once, and those who are gone not at all. */
  readonly userIds: readonly string[];
  readonly tone: NotificationTone;
  /** What happened, in a few words. Longer than 400 characters it is cut. */
  readonly title: string;
  /** Why, and what to do next. Longer than 2,000 characters it is cut. Never a secret. */
  readonly detail?: string;
  /** What it is about: it leads there. */
  readonly noun: NotificationNoun;
  readonly resourceId?: string | null;
  readonly projectId?: string | null;
  /** Said again with the same key, it is told once. */
  readonly key?: string;
}

const longestTitle = 400;
const longestDetail = 2000;

/**
 * Tells users something in the portal, in the transaction of what it is about. Live pages of the project hear that there is
 * something, and each reader asks for their own.
 */
export async function notify(tx: Transaction, notice: Notice): Promise<void> {
  const { userIds, tone, noun, resourceId = null, projectId = null, key = null } = notice;
  if (userIds.length === 0) return;
  const title = notice.title.slice(0, longestTitle);
  const detail = (notice.detail ?? '').slice(0, longestDetail);
  await tx.$executeRaw`
    WITH made AS (
      INSERT INTO notification (user_id, tone, title, detail, noun, resource_id, project_id, key)
      SELECT id, ${tone}, ${title}, ${detail}, ${noun}, ${resourceId}::uuid, ${projectId}::uuid, ${key}
      FROM "user" WHERE id = ANY(${[...userIds]}::uuid[])
      ON CONFLICT (user_id, key) DO NOTHING
      RETURNING id
    )
    INSERT INTO event (project_id, noun, resource_id, kind)
    SELECT ${projectId}::uuid, 'notification', id, 'created' FROM made LIMIT 1`;
}
