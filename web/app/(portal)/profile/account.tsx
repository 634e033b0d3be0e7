'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { CopyId } from '#ui/copy.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { TimeUntil } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { useToast } from '#ui/toast.tsx';

/** Who one is here, and what one may change of it. */
export function Account() {
  const trpc = useTRPC();
  const { data: user, error, refetch } = useQuery(trpc.session.current.queryOptions());
  if (error && !user) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Account">{user ? <Facts facts={factsOf(user)} /> : <Skeleton className="h-32" />}</Panel>
      <Panel title="About you" note="for those who administer your domain">
        {/* Drawn anew for another account; while one types, what comes in changes nothing. */}
        {user ? <AboutForm key={user.id} user={user} /> : <Skeleton className="h-40" />}
      </Panel>
    </div>
  );
}

function factsOf(user: CurrentUser) {
  const { id, name, email, domainName, systemRole, hasPassword, passwordExpiresAt, projects } = user;
  return [
    { name: 'Name', value: name },
    { name: 'E-mail', value: email ?? 'none' },
    { name: 'Domain', value: domainName },
    { name: 'Id', value: <CopyId id={id} /> },
    { name: 'On the system', value: systemRole ?? 'no role' },
    { name: 'Projects', value: projects.length === 0 ? 'none yet' : String(projects.length) },
    { name: 'Password', value: hasPassword ? <Expiry at={passwordExpiresAt} /> : 'none' },
  ];
}

function Expiry({ at }: { at: string | null }) {
  if (at === null) return 'does not expire';
  return (
    <>
      expires in <TimeUntil at={at} />
    </>
  );
}

function AboutForm({ user }: { user: CurrentUser }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [description, setDescription] = useState(user.description);
  const update = useMutation(
    trpc.user.updateProfile.mutationOptions({
      onSuccess: (changed) => {
        queryClient.setQueryData(trpc.session.current.queryKey(), changed);
        toast({ tone: 'ok', title: 'Your account is changed' });
      },
    }),
  );
  return (
    <Form
      label="About you"
      submitLabel="Save changes"
      pending={update.isPending}
      submitError={update.error ? problemOf(update.error) : undefined}
      disabledReason={description === user.description ? 'Nothing is changed.' : undefined}
      onSubmit={() => update.mutate({ description })}
    >
      <Field
        label="Description"
        name="description"
        value={description}
        onChange={setDescription}
        autoComplete="off"
        isOptional
      />
      <p className="text-ink-muted text-meta">
        Your name and e-mail are given by who manages the domain {user.domainName}.
      </p>
    </Form>
  );
}
