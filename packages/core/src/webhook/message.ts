import type { WebhookDelivery } from '@unkai/prisma/client';

/**
 * The body of a message, the same bytes each time. It says what happened to which thing and no more: whoever may know the
 * rest asks the API for it, and a receiver that should not hear any longer learns nothing (A30).
 */
export function messageOf(
  { event, resourceId, happenedAt }: Pick<WebhookDelivery, 'event' | 'resourceId' | 'happenedAt'>,
  projectId: string,
): string {
  const [noun = '', kind = ''] = event.split('.');
  return JSON.stringify({
    type: event,
    timestamp: happenedAt.toISOString(),
    data: { projectId, noun, kind, id: resourceId },
  });
}
