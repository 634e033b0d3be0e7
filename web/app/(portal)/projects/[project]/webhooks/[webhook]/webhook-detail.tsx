'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Webhook, webhookCan } from '@unkai/contracts/resources/webhook';
import { Pencil, Send, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { type WebhookAct, WebhookDialog } from '#forms/webhook.tsx';
import { useDenial } from '#resources/project.ts';
import { ResourceActivity } from '#resources/resource-activity.tsx';
import { disabledWords, WebhookBadge } from '#resources/webhook.tsx';
import { count } from '#ui/amounts.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../../../../../../paths.ts';
import { WebhookDeliveries } from './webhook-deliveries.tsx';

/** One webhook: where it leads, what it is told, and what became of each message. */
export function WebhookDetail({ project, webhook: id }: { project: string; webhook: string }) {
  const trpc = useTRPC();
  const query = trpc.webhook.get.queryOptions({ id }, { refetchInterval: 3_000 });
  const { data: webhook, error, refetch } = useQuery(query);
  if (isMissing(error)) {
    return (
      <MissingState what="webhook">
        <ButtonLink href={paths.webhooks({ project })}>All webhooks</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!webhook) return <Skeleton className="h-40 w-full" />;
  return <LoadedWebhook project={project} webhook={webhook} />;
}

function Sending({ webhook }: { webhook: Webhook }) {
  return (
    <Panel title="What is sent where">
      <Facts
        facts={[
          { name: 'Address', value: <span className="numeric break-all">{webhook.url}</span> },
          { name: 'Events', value: webhook.events.join(', ') },
          { name: 'Waiting', value: count(webhook.waiting, 'message') },
          {
            name: 'Arriving',
            value:
              webhook.failingSince === null ? (
                'yes, or nothing was sent yet'
              ) : (
                <>
                  not for <RelativeTime at={webhook.failingSince} />
                </>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function LoadedWebhook({ project, webhook }: { project: string; webhook: Webhook }) {
  const router = useRouter();
  const [act, setAct] = useState<WebhookAct>();
  const words = disabledWords(webhook);
  return (
    <>
      <PageHeader
        title={webhook.name}
        summary={
          <span className="flex flex-wrap items-center gap-x-3">
            <WebhookBadge webhook={webhook} />
            <CopyId id={webhook.id} />
            <span>
              created <RelativeTime at={webhook.createdAt} suffix="ago" />
            </span>
          </span>
        }
        actions={<Actions project={project} webhook={webhook} onAct={setAct} />}
      />
      {words && <p className="mb-3 text-ink-muted text-table">{words}</p>}
      <Sending webhook={webhook} />
      <WebhookDeliveries project={project} webhook={webhook} />
      <div className="mt-4">
        <ResourceActivity project={project} resource={webhook.id} />
      </div>
      <WebhookDialog
        act={act}
        onClose={() => setAct(undefined)}
        onDeleted={() => router.push(paths.webhooks({ project }))}
      />
    </>
  );
}

type ActionsProps = { project: string; webhook: Webhook; onAct: (act: WebhookAct) => void };

function Actions({ project, webhook, onAct }: ActionsProps) {
  const denial = useDenial(project);
  const mayUpdate = denial('webhook:update');
  const { test, enable } = useSending(webhook);
  return (
    <>
      {webhook.state === 'disabled' ? (
        <Button
          disabledReason={mayUpdate}
          pending={enable.isPending}
          onClick={() => enable.mutate({ id: webhook.id, isEnabled: true })}
        >
          Enable
        </Button>
      ) : (
        <Button disabledReason={mayUpdate} onClick={() => onAct({ kind: 'disable', webhook })}>
          Disable
        </Button>
      )}
      <Button disabledReason={mayUpdate} onClick={() => onAct({ kind: 'secret', webhook })}>
        Renew secret
      </Button>
      <Button
        icon={<Pencil aria-hidden size={14} />}
        disabledReason={mayUpdate}
        onClick={() => onAct({ kind: 'edit', webhook })}
      >
        Edit
      </Button>
      <Button
        variant="primary"
        icon={<Send aria-hidden size={14} />}
        pending={test.isPending}
        disabledReason={mayUpdate ?? webhookCan.send.reason(webhook) ?? undefined}
        onClick={() => test.mutate({ id: webhook.id })}
      >
        Send test
      </Button>
      <Button
        variant="danger"
        icon={<Trash2 aria-hidden size={14} />}
        disabledReason={denial('webhook:delete')}
        onClick={() => onAct({ kind: 'delete', webhook })}
      >
        Delete
      </Button>
    </>
  );
}

function useSending({ name }: Webhook) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const done = (title: string) => () => {
    toast({ tone: 'ok', title });
    void queryClient.invalidateQueries({ queryKey: trpc.webhook.pathKey() });
  };
  const onError = (error: unknown) => toast({ tone: 'bad', title: problemOf(error).detail });
  const test = useMutation(
    trpc.webhook.test.mutationOptions({ onSuccess: done('A test message is on its way'), onError }),
  );
  const enable = useMutation(trpc.webhook.update.mutationOptions({ onSuccess: done(`${name} is enabled`), onError }));
  return { test, enable };
}
