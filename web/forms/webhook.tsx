'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Webhook, WebhookEvent } from '@unkai/contracts/resources/webhook';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useDenial } from '#resources/project.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { type Once, OnceDialog } from '#ui/once-dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { CreateForm } from './create-form.tsx';
import { WebhookEventFields } from './webhook-event-fields.tsx';

export type WebhookAct =
  | { kind: 'create'; project: string }
  | { kind: 'edit' | 'delete' | 'secret' | 'disable'; webhook: Webhook };

type WebhookDialogProps = { act: WebhookAct | undefined; onClose: () => void; onDeleted?: () => void };

/** The dialog of what was chosen; none when nothing was. */
export function WebhookDialog({ act, onClose, onDeleted }: WebhookDialogProps) {
  if (!act) return null;
  if (act.kind === 'create') return <WebhookForm project={act.project} onClose={onClose} />;
  const { kind, webhook } = act;
  if (kind === 'edit') return <WebhookForm project={webhook.projectId} webhook={webhook} onClose={onClose} />;
  if (kind === 'secret') return <WebhookSecret webhook={webhook} onClose={onClose} />;
  return <WebhookEnd kind={kind} webhook={webhook} onClose={onClose} onDeleted={onDeleted} />;
}

/** What can be done with a webhook of the project. */
export function WebhookMenu({ webhook, onAct }: { webhook: Webhook; onAct: (act: WebhookAct) => void }) {
  const denial = useDenial(webhook.projectId);
  return (
    <>
      <MenuItem disabledReason={denial('webhook:update')} onSelect={() => onAct({ kind: 'edit', webhook })}>
        Edit
      </MenuItem>
      <MenuItem isDanger disabledReason={denial('webhook:delete')} onSelect={() => onAct({ kind: 'delete', webhook })}>
        Delete
      </MenuItem>
    </>
  );
}

const usual: readonly WebhookEvent[] = ['server.created', 'server.changed', 'server.deleted'];

type WebhookFormProps = { project: string; webhook?: Webhook; onClose: () => void };

function WebhookForm({ project, webhook, onClose }: WebhookFormProps) {
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [events, setEvents] = useState<ReadonlySet<WebhookEvent>>(new Set(webhook?.events ?? usual));
  const { create, update } = useSaving(onClose);
  const { isPending, error } = webhook ? update : create;
  const title = webhook ? 'Edit webhook' : 'Create webhook';
  const given = { name: name.trim(), url: url.trim(), events: [...events] };
  const missing = given.name === '' ? 'Give it a name.' : given.url === '' ? 'Say where to send to.' : undefined;
  return (
    <OnceDialog once={create.data && secretOnce(create.data)} onClose={onClose} width="wide" title={title}>
      <CreateForm
        of={{ project }}
        needs={webhook ? {} : { webhooks: 1 }}
        label={title}
        submitLabel={webhook ? 'Save webhook' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={missing ?? (events.size === 0 ? 'Tick what it is told of.' : undefined)}
        onSubmit={() =>
          webhook ? update.mutate({ id: webhook.id, ...given }) : create.mutate({ projectId: project, ...given })
        }
      >
        <Field label="Name" name="name" value={name} onChange={setName} placeholder="chat" autoComplete="off" />
        <Field
          label="Address"
          name="url"
          type="url"
          isMono
          value={url}
          onChange={setUrl}
          placeholder="https://example.com/hook"
          autoComplete="off"
          help="Messages are sent there with POST. It must be public, at port 80, 443, 8080 or 8443, without a password in it."
        />
        <WebhookEventFields chosen={events} onChange={setEvents} />
      </CreateForm>
    </OnceDialog>
  );
}

function useSaving(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const outdate = () => {
    void queryClient.invalidateQueries({ queryKey: trpc.webhook.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.limits.pathKey() });
  };
  const create = useMutation(trpc.webhook.create.mutationOptions({ onSuccess: outdate }));
  const update = useMutation(
    trpc.webhook.update.mutationOptions({
      onSuccess: ({ name }) => {
        outdate();
        toast({ tone: 'ok', title: `${name} is changed` });
        onClose();
      },
    }),
  );
  return { create, update };
}

function WebhookSecret({ webhook: { id, name }, onClose }: { webhook: Webhook; onClose: () => void }) {
  const trpc = useTRPC();
  const renew = useMutation(trpc.webhook.renewSecret.mutationOptions());
  return (
    <OnceDialog
      once={renew.data && secretOnce(renew.data)}
      onClose={onClose}
      title={`Renew the secret of ${name}?`}
      description="Messages are signed with the old one too for a day, so that the receiver can change over."
    >
      <Form
        label="Renew secret"
        submitLabel="Renew secret"
        onCancel={onClose}
        pending={renew.isPending}
        submitError={renew.error ? problemOf(renew.error) : undefined}
        onSubmit={() => renew.mutate({ id })}
      >
        {null}
      </Form>
    </OnceDialog>
  );
}

function secretOnce({ name, secret }: { name: string; secret: string }): Once {
  return {
    title: `Keep the secret of ${name}`,
    description: 'It is shown now and never again. The receiver proves with it that a message is from here.',
    kept: 'I have kept the secret',
    content: <CodeBlock code={secret} label="Secret" />,
  };
}

type WebhookEndProps = {
  kind: 'delete' | 'disable';
  webhook: Webhook;
  onClose: () => void;
  onDeleted?: (() => void) | undefined;
};

function WebhookEnd({ kind, webhook: { id, name }, onClose, onDeleted }: WebhookEndProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const isDelete = kind === 'delete';
  return (
    <ChangeConfirm
      title={`${isDelete ? 'Delete' : 'Disable'} ${name}?`}
      description={
        isDelete
          ? 'Nothing more is sent to it, and the list of what was sent goes too.'
          : 'Nothing is sent to it until it is enabled again, and what happens meanwhile is not sent later.'
      }
      action={isDelete ? 'Delete webhook' : 'Disable webhook'}
      done={`${name} is ${isDelete ? 'deleted' : 'disabled'}`}
      change={() =>
        isDelete ? client.webhook.delete.mutate({ id }) : client.webhook.update.mutate({ id, isEnabled: false })
      }
      // Not the webhook itself when it is gone: its page, until it is left, would find nothing.
      outdated={[isDelete ? trpc.webhook.list.pathKey() : trpc.webhook.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
      onDone={isDelete ? onDeleted : undefined}
    />
  );
}
