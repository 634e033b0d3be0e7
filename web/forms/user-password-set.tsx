'use client';
import { useMutation } from '@tanstack/react-query';
import type { User } from '@unkai/contracts/resources/user';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

/** Gives somebody else a new password. */
export function UserPasswordSet({ user: { id, name }, onClose }: { user: User; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [password, setPassword] = useState('');
  const update = useMutation(
    trpc.user.update.mutationOptions({ onSuccess: () => settled(`${name} has a new password`) }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Set the password of ${name}`}
      description="All sessions and tokens of this user end at once."
    >
      <Form
        label="Set password"
        submitLabel="Set password"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={password === '' ? 'Type the new password.' : undefined}
        onSubmit={() => update.mutate({ id, password })}
      >
        <Field
          label="New password"
          name="password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          help="At least 8 characters. Tell it to nobody but its owner, who changes it in their profile."
        />
      </Form>
    </Dialog>
  );
}
