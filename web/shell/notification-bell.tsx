'use client';
import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import Link from 'next/link';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { NotificationList, useNotificationMarks } from '#resources/notification-list.tsx';
import { Button, buttonClasses } from '#ui/button.tsx';
import { paths } from '../paths.ts';

// Events of the project come by themselves; what is told about anything else is asked for.
const lookEveryMs = 30_000;
const shown = 10;
const counted = 100;

/** What one was told and has not read: it is kept by the installation, so that a reload or another browser shows it too. */
export function NotificationBell() {
  const trpc = useTRPC();
  const [isOpen, setOpen] = useState(false);
  const every = { refetchInterval: lookEveryMs };
  const { data: unread } = useQuery(trpc.notification.list.queryOptions({ isUnread: true, limit: counted }, every));
  const count = unread?.items.length ?? 0;
  const words = unread?.nextCursor ? `${counted}+` : String(count);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={count === 0 ? 'Notifications' : `Notifications, ${words} unread`}
        className={`${buttonClasses('quiet', true)} cursor-pointer`}
      >
        <Bell aria-hidden size={16} />
        {count > 0 && (
          <span
            aria-hidden
            className="numeric absolute top-0.5 right-0.5 grid h-3.5 min-w-3.5 place-items-center rounded-pill bg-bad-ink px-0.5 font-semibold text-[9px] text-ground leading-none"
          >
            {count > 9 ? '9+' : words}
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Notifications"
          className="z-50 w-96 max-w-[calc(100vw-1rem)] animate-rise rounded-panel border bg-overlay shadow-float"
        >
          <Newest onClose={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Newest({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.notification.list.queryOptions({ limit: shown }));
  const { markAll } = useNotificationMarks();
  const items = data?.items ?? [];
  const newest = items[0];
  const isAllRead = items.every(({ readAt }) => readAt !== null);
  return (
    <>
      <div className="flex items-center justify-between gap-3 border-b py-1 pr-2 pl-4">
        <p className="font-semibold">Notifications</p>
        {newest !== undefined && (
          <Button
            variant="quiet"
            pending={markAll.isPending}
            disabledReason={isAllRead ? 'All of these are read.' : undefined}
            onClick={() => markAll.mutate({ until: newest.createdAt })}
          >
            Mark all read
          </Button>
        )}
      </div>
      <div className="max-h-96 overflow-y-auto">
        {items.length === 0 && (
          <p className="px-4 py-6 text-center text-ink-muted text-table">
            {emptyWords(data === undefined, error !== null)}
          </p>
        )}
        <NotificationList items={items} onFollow={onClose} />
      </div>
      <div className="border-t p-1">
        <Link href={paths.profileNotifications()} onClick={onClose} className={`${buttonClasses('quiet')} w-full`}>
          All notifications
        </Link>
      </div>
    </>
  );
}

function emptyWords(isAwaited: boolean, isBroken: boolean): string {
  if (isBroken) return 'They could not be fetched. What you were told is kept.';
  if (isAwaited) return 'Looking…';
  return 'You were told nothing yet. What fails or needs you is kept here until you have read it.';
}
