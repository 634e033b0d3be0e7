'use client';
import { useMutation } from '@tanstack/react-query';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

/** Renames a security group or says what it is for; its rules stay. */
export function SecurityGroupEdit({ group, onClose }: { group: SecurityGroup; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState(group.name);
  const [description, setDescription] = useState(group.description);
  const update = useMutation(
    trpc.securityGroup.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }),
  );
  return (
    <Dialog isOpen onClose={onClose} title="Rename security group">
      <Form
        label="Rename security group"
        submitLabel="Save security group"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={() => update.mutate({ id: group.id, name, description })}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Field label="Description" name="description" value={description} onChange={setDescription} isOptional />
      </Form>
    </Dialog>
  );
}
