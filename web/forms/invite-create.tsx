'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type RoleName, roleName } from '@unkai/contracts/permissions';
import { type InviteSent, inviteDays } from '@unkai/contracts/resources/invite';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useRoleChoices } from '#resources/role-choices.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Field } from '#ui/field.tsx';
import { type Once, OnceDialog } from '#ui/once-dialog.tsx';
import { Select } from '#ui/select.tsx';
import { useToast } from '#ui/toast.tsx';
import { CreateForm } from './create-form.tsx';

/** Where to invite to. */
export type InvitePlace = { projectId: string } | { domainId: string };

type Draft = { email: string; role: RoleName; days: string; message: string };

/** Invites somebody by their address. Where no mail server sends the letter, its link is shown once. */
export function InviteCreate({ place, onClose }: { place: InvitePlace; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState<Draft>({
    email: '',
    role: 'projectId' in place ? 'member' : 'reader',
    days: String(inviteDays.initial),
    message: '',
  });
  const create = useMutation(
    trpc.invite.create.mutationOptions({
      onSuccess: (sent) => {
        void queryClient.invalidateQueries({ queryKey: trpc.invite.pathKey() });
        if (sent.link !== null) return;
        toast({ tone: 'ok', title: `The invite to ${sent.email} is sent` });
        onClose();
      },
    }),
  );
  const { email, role, days, message } = draft;
  return (
    <OnceDialog
      once={create.data && linkOnce(create.data)}
      onClose={onClose}
      title="Invite somebody"
      description="They get a letter with a link, and accept with an account they have or make one."
    >
      <CreateForm
        of={'projectId' in place ? { project: place.projectId } : 'user'}
        needs={'projectId' in place ? { openInvites: 1 } : {}}
        label="Invite somebody"
        submitLabel="Send invite"
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={email.trim() === '' ? 'Fill in an address.' : undefined}
        onCancel={onClose}
        onSubmit={() =>
          create.mutate({ ...place, email: email.trim(), role, message: message.trim(), expiresInDays: Number(days) })
        }
      >
        <DraftFields place={place} draft={draft} change={(changed) => setDraft({ ...draft, ...changed })} />
      </CreateForm>
    </OnceDialog>
  );
}

type DraftFieldsProps = { place: InvitePlace; draft: Draft; change: (changed: Partial<Draft>) => void };

function DraftFields({ place, draft, change }: DraftFieldsProps) {
  const roles = useRoleChoices('projectId' in place ? 'project' : 'domain');
  return (
    <>
      <Field
        label="E-mail"
        name="email"
        inputMode="email"
        value={draft.email}
        onChange={(email) => change({ email })}
        placeholder="ada@example.org"
        autoComplete="off"
      />
      <Select
        label="Role"
        name="role"
        value={draft.role}
        onChange={(role) => change({ role: roleName.parse(role) })}
        options={roles}
      />
      <Select
        label="Expires after"
        name="expiresInDays"
        value={draft.days}
        onChange={(days) => change({ days })}
        options={lifetimes}
      />
      <Field
        label="Message"
        name="message"
        value={draft.message}
        onChange={(message) => change({ message })}
        placeholder="Welcome to the shop"
        autoComplete="off"
        isOptional
      />
    </>
  );
}

const lifetimes = [
  { value: '1', label: '1 day' },
  { value: String(inviteDays.initial), label: `${inviteDays.initial} days` },
  { value: String(inviteDays.most), label: `${inviteDays.most} days` },
];

/** The link of an invite, for who has to hand it over themselves. */
export function linkOnce({ email, link }: InviteSent): Once | undefined {
  if (link === null) return undefined;
  return {
    title: `Hand over the link for ${email}`,
    description:
      'No mail server is set up here, so nobody sends it. It is shown now and never again; whoever has it can accept.',
    kept: 'I have kept the link',
    content: <CodeBlock code={link} label="Link of the invite" />,
  };
}
