'use client';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type DeliveryState,
  deliveryState,
  type Webhook,
  type WebhookDelivery,
  webhookCan,
} from '@unkai/contracts/resources/webhook';
import { useMemo, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useDenial } from '#resources/project.ts';
import { DeliveryBadge } from '#resources/webhook.tsx';
import { type Column, Table } from '#table/table.tsx';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { CopyId } from '#ui/copy.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { useToast } from '#ui/toast.tsx';

type Row = WebhookDelivery & { name: string };

const columns: readonly Column<Row>[] = [
  { header: 'State', cell: ({ state }) => <DeliveryBadge state={state} />, isPhoneAside: true },
  {
    header: 'Answer',
    cell: ({ lastStatus, lastError, attempts }) => (
      <span className="text-ink-muted">{lastError ?? lastStatus ?? (attempts === 0 ? 'not asked yet' : '')}</span>
    ),
  },
  {
    header: 'Attempts',
    cell: ({ attempts }) => <span className="numeric">{attempts}</span>,
    align: 'end',
    isMinor: true,
  },
  { header: 'Message', cell: ({ id }) => <CopyId id={id} what="message id" />, isMinor: true },
  {
    header: 'When',
    cell: ({ createdAt }) => (
      <span className="text-ink-muted">
        <RelativeTime at={createdAt} suffix="ago" />
      </span>
    ),
    align: 'end',
  },
];

type Shown = DeliveryState | 'all';

/** What was sent to the webhook, newest first, and what became of it. */
export function WebhookDeliveries({ project, webhook }: { project: string; webhook: Webhook }) {
  const [shown, setShown] = useState<Shown>('all');
  const [opened, setOpened] = useState<Row>();
  const list = useDeliveryPages(webhook.id, shown);
  const resend = useResend();
  const denial = useDenial(project)('webhook:update') ?? webhookCan.send.reason(webhook) ?? undefined;
  const rows = useMemo(
    () => list.data?.pages.flatMap(({ items }) => items).map((each) => ({ ...each, name: each.event })),
    [list.data],
  );
  if (list.error) return <ErrorState problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <section aria-label="Deliveries" className="mt-5 grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">Deliveries</h2>
        <StateChoice shown={shown} onChange={setShown} />
      </div>
      <Table
        label="Deliveries"
        nameHeader="Event"
        columns={columns}
        items={rows}
        noMatch="Nothing was sent in the last seven days. Send a test to see how it goes."
        phoneNote={({ lastError, lastStatus }) => lastError ?? lastStatus ?? 'not asked yet'}
        menu={(row) => (
          <>
            <MenuItem onSelect={() => setOpened(row)}>Show message</MenuItem>
            <MenuItem disabledReason={denial} onSelect={() => resend.mutate({ webhookId: webhook.id, id: row.id })}>
              Send again
            </MenuItem>
          </>
        )}
      />
      {list.hasNextPage && (
        <div className="flex justify-center">
          <Button pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
      <MessageDialog row={opened} onClose={() => setOpened(undefined)} />
    </section>
  );
}

function StateChoice({ shown, onChange }: { shown: Shown; onChange: (shown: Shown) => void }) {
  return (
    <SegmentedControl<Shown>
      label="State"
      value={shown}
      onChange={onChange}
      options={[
        { value: 'all', label: 'All' },
        ...deliveryState.options.map((value) => ({ value, label: words[value] })),
      ]}
    />
  );
}

const words: Record<DeliveryState, string> = { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed' };

function MessageDialog({ row, onClose }: { row: Row | undefined; onClose: () => void }) {
  return (
    <Dialog
      isOpen={row !== undefined}
      onClose={onClose}
      width="wide"
      title={row?.event ?? ''}
      description="The body as it is sent. Who may know more asks the API for it."
    >
      {row && <CodeBlock code={JSON.stringify(JSON.parse(row.payload), null, 2)} label="Message" />}
      {row?.lastError && <p className="text-ink-muted text-table">{row.lastError}</p>}
    </Dialog>
  );
}

function useDeliveryPages(webhookId: string, shown: Shown) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return useInfiniteQuery({
    queryKey: [...trpc.webhook.pathKey(), 'deliveries', webhookId, shown],
    queryFn: ({ pageParam, signal }) =>
      client.webhook.deliveries.query(
        { webhookId, limit: 50, ...(shown !== 'all' && { state: shown }), ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    refetchInterval: 3_000,
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

function useResend() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.webhook.resend.mutationOptions({
      onSuccess: () => {
        toast({ tone: 'ok', title: 'It is on its way again' });
        void queryClient.invalidateQueries({ queryKey: trpc.webhook.pathKey() });
      },
      onError: (error) => toast({ tone: 'bad', title: problemOf(error).detail }),
    }),
  );
}
