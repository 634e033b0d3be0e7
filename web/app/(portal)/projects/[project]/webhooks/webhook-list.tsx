'use client';
import { useQuery } from '@tanstack/react-query';
import type { Webhook } from '@unkai/contracts/resources/webhook';
import { Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { type WebhookAct, WebhookDialog, WebhookMenu } from '#forms/webhook.tsx';
import { ageColumn, idColumn } from '#resources/columns.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useLimits } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { quotaReason } from '#resources/server-choice.ts';
import { WebhookBadge } from '#resources/webhook.tsx';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { paths } from '../../../../../paths.ts';

const about =
  'A webhook tells a program of yours what happens in the project: a signed message by POST for each event that you choose.';

const columns: readonly Column<Webhook>[] = [
  {
    header: 'State',
    cell: (webhook) => <WebhookBadge webhook={webhook} />,
    sortBy: ({ state }) => state,
    isPhoneAside: true,
  },
  {
    header: 'Address',
    cell: ({ url }) => <span className="numeric block max-w-sm truncate text-ink-muted">{url}</span>,
    sortBy: ({ url }) => url,
  },
  {
    header: 'Events',
    cell: ({ events }) => <span title={events.join(', ')}>{count(events.length, 'event')}</span>,
    sortBy: ({ events }) => events.length,
    isMinor: true,
  },
  {
    header: 'Waiting',
    cell: ({ waiting }) => <span className="numeric">{waiting}</span>,
    sortBy: ({ waiting }) => waiting,
    align: 'end',
    isMinor: true,
  },
  idColumn,
  ageColumn,
];

/** The project's webhooks. */
export function WebhookList({ project }: { project: string }) {
  const trpc = useTRPC();
  const [act, setAct] = useState<WebhookAct>();
  const denial = useDenial(project);
  const limits = useLimits(project);
  const list = useQuery(
    trpc.webhook.list.queryOptions({ projectId: project, limit: 1000 }, { refetchInterval: 10_000 }),
  );
  return (
    <>
      <ListPage
        title="Webhooks"
        one="webhook"
        about={about}
        icon={<WebhookIcon aria-hidden size={18} />}
        list={list}
        neededRole="reader on the project"
        create={{
          label: 'Create webhook',
          disabledReason: denial('webhook:create') ?? quotaReason(limits ?? [], { webhooks: 1 }),
          run: () => setAct({ kind: 'create', project }),
        }}
        command={curlCommand(`/projects/${project}/webhooks`, {
          name: 'chat',
          url: 'https://example.com/hook',
          events: ['server.changed'],
        })}
        text={({ name, url, events }) => [name, url, ...events].join(' ')}
        href={({ id }) => paths.webhook({ project, webhook: id })}
        columns={columns}
        phoneNote={({ url }) => url}
        menu={(webhook) => <WebhookMenu webhook={webhook} onAct={setAct} />}
      />
      <WebhookDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}
