'use client';
import { useMutation } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

/** Renames a network or says what it is for. */
export function NetworkEdit({ network, onClose }: { network: Network; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState(network.name);
  const [description, setDescription] = useState(network.description);
  const update = useMutation(trpc.network.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }));
  return (
    <Dialog isOpen onClose={onClose} title="Rename network">
      <Form
        label="Rename network"
        submitLabel="Save network"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={() => update.mutate({ id: network.id, name, description })}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Field label="Description" name="description" value={description} onChange={setDescription} isOptional />
      </Form>
    </Dialog>
  );
}
