import { id, page } from '@unkai/contracts/primitives';
import {
  notification,
  notificationMarked,
  notificationMarkRead,
  notificationQuery,
  notificationUpdate,
} from '@unkai/contracts/resources/notification';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import {
  findNotification,
  listNotifications,
  markNotificationsRead,
  updateNotification,
} from '@unkai/core/store/notification';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Notifications');

export const notificationRouter = router({
  list: procedure
    .meta(operation('GET /notifications', 'List what you were told, newest first', 'notification:read'))
    .input(notificationQuery)
    .output(page(notification))
    .query(({ ctx: { call }, input }) => listNotifications(call, input)),
  update: procedure
    .meta(operation('PATCH /notifications/{id}', 'Mark a notification read or unread', 'notification:update'))
    .input(notificationUpdate.extend({ id }))
    .output(notification)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findNotification(call, 'notification:update', input.id);
      return commit(call.core.database, (unit) => updateNotification(unit, call, row, input));
    }),
  markRead: procedure
    .meta(
      operation('POST /notifications/mark-read', 'Mark read what you were told up to a moment', 'notification:update', {
        answer: 'changed',
      }),
    )
    .input(notificationMarkRead)
    .output(notificationMarked)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'notification:update');
      return { marked: await commit(call.core.database, (unit) => markNotificationsRead(unit, call, input.until)) };
    }),
});
