'use client';
import { useMutation } from '@tanstack/react-query';
import type { Service } from '@unkai/contracts/resources/service';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

type ServiceFormProps = { service: Service | undefined; onClose: () => void };

/** Makes a service of the catalog, or changes one. */
export function ServiceForm({ service, onClose }: ServiceFormProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState(service?.name ?? '');
  const [type, setType] = useState(service?.type ?? '');
  const [description, setDescription] = useState(service?.description ?? '');
  const [isEnabled, setEnabled] = useState(service?.isEnabled ?? true);
  const create = useMutation(trpc.service.create.mutationOptions({ onSuccess: () => settled(`${name} is ready`) }));
  const update = useMutation(trpc.service.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }));
  const { isPending, error } = service ? update : create;
  const title = service ? 'Edit service' : 'Create service';
  const given = { name, type, description, isEnabled };
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <Form
        label={title}
        submitLabel={service ? 'Save service' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={name === '' || type === '' ? 'Give it a name and a type.' : undefined}
        onSubmit={() => (service ? update.mutate({ id: service.id, ...given }) : create.mutate(given))}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Field
          label="Type"
          name="type"
          value={type}
          onChange={setType}
          help="What clients look for, such as compute."
        />
        <Field label="Description" name="description" value={description} onChange={setDescription} isOptional />
        <Checkbox label="Clients find it" isChecked={isEnabled} onChange={setEnabled} />
      </Form>
    </Dialog>
  );
}
