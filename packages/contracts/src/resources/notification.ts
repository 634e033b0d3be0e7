import { z } from 'zod';
import { flag, id, isoTime, pageQuery } from '../primitives.ts';

/** What a notification may be about. The portal has the page that each leads to in web/resources/notification.ts. */
export const notificationNoun = z.enum(['server', 'image', 'network', 'quota-request', 'budget', 'invite', 'webhook']);
export type NotificationNoun = z.infer<typeof notificationNoun>;

/** How it is meant: that something happened, went well, wants attention, or failed. */
export const notificationTone = z.enum(['info', 'good', 'warning', 'bad']);
export type NotificationTone = z.infer<typeof notificationTone>;

/** Something that one user is told, until they have read it. */
export const notification = z.object({
  id,
  tone: notificationTone,
  /** What happened, in a few words: "Create server failed: web". */
  title: z.string(),
  /** Why, and what to do next; may be empty. */
  detail: z.string(),
  noun: notificationNoun,
  /** What it is about; null where the noun alone says it. */
  resourceId: id.nullable(),
  projectId: id.nullable(),
  createdAt: isoTime,
  readAt: isoTime.nullable(),
});
export type Notification = z.infer<typeof notification>;

export const notificationQuery = pageQuery.extend({ isUnread: flag.optional() });
export const notificationUpdate = z.strictObject({ isRead: z.boolean() });
/** Up to which moment they are read: what came after that its reader has not seen. */
export const notificationMarkRead = z.strictObject({ until: isoTime });
export const notificationMarked = z.object({ marked: z.number().int() });
