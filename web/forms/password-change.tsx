'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { password } from '@unkai/contracts/resources/user';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';

const nothing = { currentPassword: '', newPassword: '' };

/** Changes one's own password, for the present one. This session stays; the others end with the change. */
export function PasswordChange() {
  const trpc = useTRPC();
  const [values, setValues] = useState(nothing);
  const [isShown, setShown] = useState(false);
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const { change, isPending, problem } = useChange(() => setValues(nothing));
  const { currentPassword, newPassword } = values;
  const tooShort = newPassword === '' ? undefined : password.safeParse(newPassword).error?.issues[0]?.message;
  const isSame = newPassword !== '' && newPassword === currentPassword;
  const wrong = tooShort ? `It ${tooShort}.` : isSame ? 'It is the present one.' : undefined;
  const missing = currentPassword === '' ? 'Type the present password.' : 'Type a new password.';
  const type = isShown ? 'text' : 'password';
  return (
    <Form
      label="Change password"
      submitLabel="Change password"
      pending={isPending}
      submitError={problem}
      disabledReason={currentPassword === '' || newPassword === '' ? missing : wrong}
      onSubmit={() => change(values)}
    >
      {/* Password managers file the new one under this name. */}
      <input type="text" name="username" autoComplete="username" value={user?.name ?? ''} readOnly hidden />
      <Field
        label="Present password"
        name="currentPassword"
        type={type}
        value={currentPassword}
        onChange={(typed) => setValues({ ...values, currentPassword: typed })}
        error={problem?.code === 'wrong_credentials' ? 'This is not the present password.' : undefined}
        autoComplete="current-password"
      />
      <Field
        label="New password"
        name="newPassword"
        type={type}
        value={newPassword}
        onChange={(typed) => setValues({ ...values, newPassword: typed })}
        error={wrong}
        help="8 characters or more; a sentence is easier to keep in mind than signs."
        autoComplete="new-password"
      />
      <Checkbox label="Show what I type" isChecked={isShown} onChange={setShown} />
    </Form>
  );
}

function useChange(onChanged: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation(
    trpc.user.changePassword.mutationOptions({
      onSuccess: () => {
        toast({ tone: 'ok', title: 'Your password is changed', detail: 'Your other sessions have ended.' });
        void queryClient.invalidateQueries({ queryKey: trpc.session.pathKey() });
        onChanged();
      },
    }),
  );
  return { change: mutate, isPending, problem: error ? problemOf(error) : undefined };
}
