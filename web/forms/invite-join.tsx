'use client';
import { useMutation } from '@tanstack/react-query';
import type { InviteOffer } from '@unkai/contracts/resources/invite';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { forgetInviteToken } from '#client/invite-token.ts';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { paths } from '../paths.ts';

type JoinProps = { token: string; offer: InviteOffer };

/** Makes an account on the way in; who has one signs in first. */
export function InviteJoin({ token, offer }: JoinProps) {
  return (
    <div className="grid gap-6">
      <NewAccount token={token} offer={offer} />
      <div className="grid gap-2 border-t pt-4 text-center">
        <p className="text-ink-muted text-table">You have an account here already?</p>
        <ButtonLink href={paths.signIn({ next: paths.invite() })}>Sign in to accept</ButtonLink>
      </div>
    </div>
  );
}

function NewAccount({ token, offer }: JoinProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { join, isEntering } = useJoin(password);
  const submitError = join.error ? problemOf(join.error) : undefined;
  return (
    <Form
      label="New account"
      pending={join.isPending}
      submitError={submitError}
      disabledReason={name.trim() === '' || password === '' ? 'Fill in name and password.' : undefined}
      onSubmit={() => join.mutate({ token, name: name.trim(), password })}
    >
      {submitError && <ProblemNote problem={submitError} />}
      <Field
        label="Name"
        name="name"
        value={name}
        onChange={setName}
        autoComplete="username"
        help={`What you sign in with, in the domain ${offer.domainName}.`}
        required
      />
      <Field
        label="Password"
        name="password"
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        help="At least 8 characters."
        required
      />
      <Button type="submit" variant="primary" pending={join.isPending || isEntering}>
        Make account and accept
      </Button>
    </Form>
  );
}

/** Makes the account, signs in with it, and opens what it was invited to. */
function useJoin(password: string) {
  const trpc = useTRPC();
  const [isEntering, setEntering] = useState(false);
  const join = useMutation(
    trpc.invite.join.mutationOptions({
      onSuccess: async ({ userName, domainName, projectId }) => {
        setEntering(true);
        forgetInviteToken();
        const proof = { username: userName, domain: domainName, password };
        const answer = await signIn('credentials', { redirect: false, ...proof }).catch(() => undefined);
        const inside = projectId === null ? paths.home() : paths.project({ project: projectId });
        window.location.assign(answer?.ok ? inside : paths.signIn({ next: inside }));
      },
    }),
  );
  return { join, isEntering };
}
