'use client';
import { useMutation } from '@tanstack/react-query';
import { password as passwordRule } from '@unkai/contracts/resources/user';
import { signIn } from 'next-auth/react';
import { type ReactNode, useEffect, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { paths } from '../paths.ts';

/** Makes the account that the link of this page was sent for, signs in, and leads to the first server. */
export function SignUpVerify() {
  const trpc = useTRPC();
  const token = useLinkToken();
  const [domainName, setDomainName] = useState('');
  const [password, setPassword] = useState('');
  const { mutate, isPending, isSuccess, error } = useMutation(
    trpc.signUp.verify.mutationOptions({
      onSuccess: async ({ username, domainName: domain, projectId }) => {
        const answer = await signIn('credentials', { redirect: false, username, domain, password }).catch(
          () => undefined,
        );
        window.location.assign(answer?.ok ? paths.serverCreate({ project: projectId }) : paths.signIn());
      },
    }),
  );
  const given = domainName.trim();
  return (
    <Form
      label="Create account"
      submitLabel="Create account"
      pending={isPending || isSuccess}
      submitError={error ? problemOf(error) : undefined}
      disabledReason={linkFault(token) ?? passwordFault(password)}
      onSubmit={() => mutate({ token, password, ...(given !== '' && { domainName: given }) })}
    >
      <Field
        label="Name of your team"
        name="domainName"
        value={domainName}
        onChange={setDomainName}
        help="What you make belongs to it, and whom you invite joins it. Your e-mail address where you leave it out."
        autoComplete="organization"
        isOptional
      />
      <NewPassword name="password" value={password} onChange={setPassword} />
    </Form>
  );
}

/** Takes the new password that the link of this page was sent for. */
export function ResetPassword() {
  const trpc = useTRPC();
  const token = useLinkToken();
  const [newPassword, setNewPassword] = useState('');
  const { mutate, isPending, error, data } = useMutation(trpc.passwordReset.complete.mutationOptions());
  if (data) {
    return (
      <p role="status">
        The password of <span className="break-words font-medium">{data.username}</span> in the domain{' '}
        <span className="break-words font-medium">{data.domainName}</span> is changed. Sign in with it.
      </p>
    );
  }
  return (
    <Form
      label="Change password"
      submitLabel="Change password"
      pending={isPending}
      submitError={error ? problemOf(error) : undefined}
      disabledReason={linkFault(token) ?? passwordFault(newPassword)}
      onSubmit={() => mutate({ token, newPassword })}
    >
      <NewPassword name="newPassword" value={newPassword} onChange={setNewPassword} />
    </Form>
  );
}

/** What the link says behind its `#`, which no server was sent; empty until the page's script is there. */
function useLinkToken(): string {
  const [token, setToken] = useState('');
  useEffect(() => setToken(window.location.hash.slice(1)), []);
  return token;
}

function linkFault(token: string): string | undefined {
  return token === '' ? 'The link is not whole: open it from the letter.' : undefined;
}

function passwordFault(password: string): string | undefined {
  return password === '' ? 'Choose a password first.' : faultOf(password);
}

function faultOf(password: string): string | undefined {
  const message = passwordRule.safeParse(password).error?.issues[0]?.message;
  return message === undefined ? undefined : `It ${message}.`;
}

type NewPasswordProps = { name: string; value: string; onChange: (value: string) => void };

function NewPassword({ name, value, onChange }: NewPasswordProps): ReactNode {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Field
        label="New password"
        name={name}
        type={isShown ? 'text' : 'password'}
        value={value}
        onChange={onChange}
        error={value === '' ? undefined : faultOf(value)}
        help="8 characters or more; a sentence is easier to keep in mind than signs."
        autoComplete="new-password"
      />
      <Checkbox label="Show what I type" isChecked={isShown} onChange={setShown} />
    </>
  );
}
