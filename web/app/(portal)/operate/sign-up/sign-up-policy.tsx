'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SignUpPolicy, signUpMode, signUpModes } from '@unkai/contracts/resources/sign-up';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { DeniedState, ErrorState } from '#ui/problem.tsx';
import { RadioCards } from '#ui/radio-cards.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { useToast } from '#ui/toast.tsx';

const titles = { off: 'Off', open: 'Open', domains: 'By e-mail domain' } as const;
const cards = signUpMode.options.map((mode) => ({ value: mode, title: titles[mode], note: signUpModes[mode] }));

/** Who may make an account for themselves, for operators to say. */
export function SignUpPolicyPage() {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const { data: policy, error, refetch } = useQuery(trpc.signUp.policy.queryOptions());
  if (user && user.systemRole === null) {
    return <DeniedState what="who may sign up" neededRole="reader on the system" />;
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader title="Sign-up" summary="Who may make an account for themselves." />
      {policy && user ? <PolicyForm policy={policy} /> : <Skeleton className="h-40 w-full max-w-2xl" />}
    </>
  );
}

function PolicyForm({ policy }: { policy: SignUpPolicy }) {
  const [mode, setMode] = useState(policy.mode);
  const [domains, setDomains] = useState(policy.emailDomains.join(', '));
  const { save, isPending, problem } = useSave();
  const denial = useSystemDenial();
  const emailDomains = domains.split(/[\s,]+/).filter((each) => each !== '');
  const noDomain = mode === 'domains' && emailDomains.length === 0 ? 'Name at least one domain.' : undefined;
  return (
    <Form
      label="Sign-up"
      className="grid max-w-2xl gap-4"
      submitLabel="Save"
      pending={isPending}
      submitError={problem}
      disabledReason={denial('sign-up-policy:update') ?? noDomain}
      onSubmit={() => save({ mode, emailDomains })}
    >
      <RadioCards
        label="Who may sign up"
        layout="rows"
        value={mode}
        onChange={(value) => setMode(signUpMode.parse(value))}
        cards={cards}
      />
      {mode === 'domains' && (
        <Field
          label="E-mail domains"
          name="emailDomains"
          value={domains}
          onChange={setDomains}
          placeholder="example.org, example.com"
          help="Whole, with commas between: an address at a name below one is another."
        />
      )}
    </Form>
  );
}

function useSave() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation(
    trpc.signUp.updatePolicy.mutationOptions({
      onSuccess: ({ mode }) => {
        toast({ tone: 'ok', title: 'Sign-up is saved', detail: signUpModes[mode] });
        void queryClient.invalidateQueries({ queryKey: trpc.signUp.pathKey() });
      },
    }),
  );
  return { save: mutate, isPending, problem: error ? problemOf(error) : undefined };
}
