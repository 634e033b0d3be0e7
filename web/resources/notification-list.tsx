'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Notification, NotificationTone } from '@unkai/contracts/resources/notification';
import { Bell, CircleAlert, CircleCheck, type LucideIcon, Mail, MailOpen, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#client/trpc.tsx';
import { IconButton } from '#ui/button.tsx';
import { classes } from '#ui/classes.ts';
import { RelativeTime } from '#ui/relative-time.tsx';
import { notificationHref } from './notification.ts';

const looks: Record<NotificationTone, { icon: LucideIcon; colour: string; word: string }> = {
  info: { icon: Bell, colour: 'text-ink-faint', word: 'Note' },
  good: { icon: CircleCheck, colour: 'text-ok-ink', word: 'Done' },
  warning: { icon: TriangleAlert, colour: 'text-warn-ink', word: 'Warning' },
  bad: { icon: CircleAlert, colour: 'text-bad-ink', word: 'Failed' },
};

/** Marks one of them, or all up to a moment; what shows them asks again. */
export function useNotificationMarks() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => void queryClient.invalidateQueries({ queryKey: trpc.notification.pathKey() });
  const { mutate: mark } = useMutation(trpc.notification.update.mutationOptions({ onSettled }));
  const markAll = useMutation(trpc.notification.markRead.mutationOptions({ onSettled }));
  return { mark, markAll };
}

type NotificationListProps = { items: readonly Notification[]; onFollow?: () => void };

/** What one was told, newest first: each leads to what it is about, and is read by following it or by its button. */
export function NotificationList({ items, onFollow }: NotificationListProps) {
  const { mark } = useNotificationMarks();
  return (
    <ul className="grid">
      {items.map((told) => {
        const isUnread = told.readAt === null;
        const follow = () => {
          if (isUnread) mark({ id: told.id, isRead: true });
          onFollow?.();
        };
        return (
          <li key={told.id} className="flex items-start gap-1 border-b py-2 pr-2 pl-4 last:border-b-0">
            <Told told={told} onFollow={follow} />
            <IconButton
              isInline
              aria-label={`Mark ${isUnread ? 'read' : 'unread'}: ${told.title}`}
              onClick={() => mark({ id: told.id, isRead: isUnread })}
            >
              {isUnread ? <MailOpen aria-hidden size={13} /> : <Mail aria-hidden size={13} />}
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}

function Told({ told, onFollow }: { told: Notification; onFollow: () => void }) {
  const { icon: Icon, colour, word } = looks[told.tone];
  const href = notificationHref(told);
  const isUnread = told.readAt === null;
  const words = (
    <>
      <Icon aria-hidden size={14} className={classes('mt-1 shrink-0', colour)} />
      <span className="grid min-w-0 grow gap-0.5">
        <span className={classes('wrap-anywhere text-table', isUnread ? 'font-semibold' : 'text-ink-muted')}>
          <span className="sr-only">{`${isUnread ? 'Unread. ' : ''}${word}: `}</span>
          {told.title}
        </span>
        {told.detail && <span className="line-clamp-3 wrap-anywhere text-ink-muted text-meta">{told.detail}</span>}
        <span className="text-ink-muted text-meta">
          <RelativeTime at={told.createdAt} suffix="ago" />
        </span>
      </span>
    </>
  );
  const shape = 'flex min-w-0 grow gap-2.5 rounded-control';
  if (href === undefined) return <div className={shape}>{words}</div>;
  return (
    <Link href={href} onClick={onFollow} className={`${shape} hover:underline hover:underline-offset-4`}>
      {words}
    </Link>
  );
}
