import type { PageQuery } from '@unkai/contracts/primitives';
import { type Notification, notificationNoun, notificationTone } from '@unkai/contracts/resources/notification';
import type { Notification as NotificationRow } from '@unkai/prisma/client';
import { callerId, grantedGlobally, grantedOwn } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';

/** Looks one of the caller's own notifications up for an action. */
export async function findNotification(
  call: Call,
  wanted: `notification:${'read' | 'update'}`,
  id: string,
): Promise<NotificationRow> {
  const row = await call.core.database.prisma.notification.findUnique({ where: { id } });
  return grantedOwn(call, wanted, row, { noun: 'notification', id, ownerIds: [row?.userId] });
}

/** What the caller was told, newest first; with `isUnread` what they have, or have not, read. */
export async function listNotifications(
  call: Call,
  query: PageQuery & { isUnread?: boolean | undefined },
): Promise<Page<Notification>> {
  await grantedGlobally(call, 'notification:read');
  const { after, orderBy, take } = pageRows(query);
  const { isUnread } = query;
  const narrowed = isUnread === undefined ? {} : { readAt: isUnread ? null : { not: null } };
  const where = { AND: [{ userId: callerId(call), ...narrowed }, after] };
  const rows = await call.core.database.prisma.notification.findMany({ where, orderBy, take });
  return pageOf(rows, query, viewNotification);
}

/** Marks it read or unread; what is read already keeps the moment at which it was. */
export async function updateNotification(
  unit: Unit,
  call: Call,
  row: NotificationRow,
  { isRead }: { readonly isRead: boolean },
): Promise<Notification> {
  const readAt = isRead ? (row.readAt ?? new Date()) : null;
  const changed = await unit.tx.notification.update({ where: { id: row.id }, data: { readAt } });
  await recordRead(unit, call, { id: row.id, name: row.title, detail: isRead ? 'read' : 'unread' });
  return viewNotification(changed);
}

/** Marks everything read that the caller was told up to a moment. Gives how many that were. */
export async function markNotificationsRead(unit: Unit, call: Call, until: string): Promise<number> {
  const userId = callerId(call);
  const where = { userId, readAt: null, createdAt: { lte: new Date(until) } };
  const { count } = await unit.tx.notification.updateMany({ where, data: { readAt: new Date() } });
  if (count > 0) await recordRead(unit, call, { id: userId, name: call.actor.name, detail: `${count} read` });
  return count;
}

function recordRead(unit: Unit, call: Call, about: { id: string; name: string; detail: string }): Promise<void> {
  return recordChange(unit, call, { action: 'notification:update', kind: 'changed', projectId: null, ...about });
}

function viewNotification(row: NotificationRow): Notification {
  const { id, title, detail, resourceId, projectId, createdAt, readAt } = row;
  return {
    id,
    tone: notificationTone.parse(row.tone),
    title,
    detail,
    noun: notificationNoun.parse(row.noun),
    resourceId,
    projectId,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}
