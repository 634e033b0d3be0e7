'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { NotificationList, useNotificationMarks } from '#resources/notification-list.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { ProfileBar } from '../profile-bar.tsx';

type View = 'all' | 'unread';
const views: readonly { value: View; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'unread', label: 'Unread' },
];

/** Everything one was told, also what the bell shows no more. */
export function NotificationLog() {
  const [view, setView] = useState<View>('all');
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useTold(view);
  const { markAll } = useNotificationMarks();
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  const items = data?.pages.flatMap((each) => each.items);
  const newest = items?.[0];
  const isAllRead = items?.every(({ readAt }) => readAt !== null) ?? true;
  return (
    <>
      <ProfileBar
        words="What failed, was answered or needs you. The newest 500 are kept for 90 days."
        action={
          <Button
            pending={markAll.isPending}
            disabledReason={isAllRead ? 'None of these is unread.' : undefined}
            onClick={() => newest && markAll.mutate({ until: newest.createdAt })}
          >
            Mark all read
          </Button>
        }
      />
      <div className="mb-3">
        <SegmentedControl label="Show" value={view} onChange={setView} options={views} />
      </div>
      {items === undefined && <Skeleton className="h-40" />}
      {items?.length === 0 && (
        <EmptyState
          icon={<BellOff aria-hidden size={18} />}
          title={view === 'unread' ? 'Nothing is unread' : 'No notifications yet'}
          purpose="When something that you asked for fails, it is told here and at the bell until you have read it."
        />
      )}
      {items !== undefined && items.length > 0 && (
        <div className="rounded-panel border bg-surface">
          <NotificationList items={items} />
        </div>
      )}
      {hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

function useTold(view: View) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const narrowed = view === 'unread' ? { isUnread: true } : {};
  // tRPC's own paging adds a field of its own to the input, which the API refuses as it refuses every unknown field.
  return useInfiniteQuery({
    queryKey: [...trpc.notification.pathKey(), 'pages', view],
    queryFn: ({ pageParam, signal }) =>
      client.notification.list.query({ ...narrowed, limit: 50, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
