'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

/** Asks for an address, and for the letter that an account begins with. */
export function SignUp() {
  const trpc = useTRPC();
  const { data: policy, error: unread } = useQuery(trpc.signUp.policy.queryOptions());
  const { mutate, isPending, error, data } = useMutation(trpc.signUp.create.mutationOptions());
  if (unread) return <ProblemNote problem={problemOf(unread)} />;
  if (policy === undefined) return <Skeleton className="h-24 w-full" />;
  if (policy.mode === 'off') {
    return <p className="text-ink-muted">Nobody can sign up here. Ask an operator of this cloud for an account.</p>;
  }
  const problem = error ? problemOf(error) : undefined;
  const wanted = policy.mode === 'domains' ? `An address at ${policy.emailDomains.join(', ')}.` : undefined;
  return (
    <LetterRequest
      {...{ problem, isPending }}
      // What was refused is told in the same words.
      help={problem?.errors ? undefined : wanted}
      submitLabel="Create account"
      sentTo={data?.email}
      ask={(email) => mutate({ email })}
    />
  );
}

/** Asks for an address, and for the letter with which a new password is chosen. */
export function ForgotPassword() {
  const trpc = useTRPC();
  const { mutate, isPending, error, data } = useMutation(trpc.passwordReset.create.mutationOptions());
  return (
    <LetterRequest
      {...{ isPending }}
      help="The address of your account."
      submitLabel="Send letter"
      problem={error ? problemOf(error) : undefined}
      sentTo={data?.email}
      ask={(email) => mutate({ email })}
    />
  );
}

type LetterRequestProps = {
  help: string | undefined;
  submitLabel: string;
  isPending: boolean;
  problem: Problem | undefined;
  sentTo: string | undefined;
  ask: (email: string) => void;
};

function LetterRequest({ help, submitLabel, isPending, problem, sentTo, ask }: LetterRequestProps) {
  const [email, setEmail] = useState('');
  if (sentTo !== undefined) {
    return (
      <p role="status">
        A letter to <span className="break-words font-medium">{sentTo}</span> is on its way, if it can be of use there.
        Open the link in it. <span className="text-ink-muted">Look among the unwanted ones too.</span>
      </p>
    );
  }
  return (
    <Form
      label={submitLabel}
      submitLabel={submitLabel}
      pending={isPending}
      submitError={problem}
      disabledReason={email.trim() === '' ? 'Type your e-mail address first.' : undefined}
      onSubmit={() => ask(email.trim())}
    >
      <Field
        label="E-mail address"
        name="email"
        type="email"
        value={email}
        onChange={setEmail}
        {...(help !== undefined && { help })}
        autoComplete="email"
        autoFocus
      />
    </Form>
  );
}
