'use client';
import { useMutation } from '@tanstack/react-query';
import type { Region } from '@unkai/contracts/resources/region';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';

type RegionFormProps = { region: Region | undefined; regions: readonly Region[]; onClose: () => void };

/** Makes a region of the catalog, or changes one; its id is its name and stays. */
export function RegionForm({ region, regions, onClose }: RegionFormProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [id, setId] = useState(region?.id ?? '');
  const [description, setDescription] = useState(region?.description ?? '');
  const [parent, setParent] = useState(region?.parentRegionId ?? '');
  const create = useMutation(trpc.region.create.mutationOptions({ onSuccess: () => settled(`${id} is ready`) }));
  const update = useMutation(trpc.region.update.mutationOptions({ onSuccess: () => settled(`${id} is changed`) }));
  const { isPending, error } = region ? update : create;
  const title = region ? 'Edit region' : 'Create region';
  const send = () =>
    region
      ? update.mutate({ id, description, parentRegionId: parent || null })
      : create.mutate({ id, description, ...(parent !== '' && { parentRegionId: parent }) });
  const others = regions.filter((each) => each.id !== region?.id).map((each) => ({ value: each.id, label: each.id }));
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <Form
        label={title}
        submitLabel={region ? 'Save region' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={id === '' ? 'Give it a name.' : undefined}
        onSubmit={send}
      >
        {!region && <Field label="Name" name="id" value={id} onChange={setId} autoComplete="off" isMono />}
        <Field label="Description" name="description" value={description} onChange={setDescription} isOptional />
        <Select
          label="Parent"
          name="parentRegionId"
          value={parent}
          onChange={setParent}
          options={[{ value: '', label: 'None' }, ...others]}
        />
      </Form>
    </Dialog>
  );
}
