'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { VolumeType } from '@unkai/contracts/resources/volume-type';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { notesOf, notesText } from '#resources/notes.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { VolumeTypeShare } from './volume-type-share.tsx';

export type VolumeTypeAct = { kind: 'create' } | { kind: 'edit' | 'share' | 'delete'; volumeType: VolumeType };

/** The dialog of what was chosen; none when nothing was. */
export function VolumeTypeDialog({ act, onClose }: { act: VolumeTypeAct | undefined; onClose: () => void }) {
  if (!act) return null;
  if (act.kind === 'create') return <VolumeTypeForm onClose={onClose} />;
  if (act.kind === 'edit') return <VolumeTypeForm volumeType={act.volumeType} onClose={onClose} />;
  if (act.kind === 'share') return <VolumeTypeShare volumeType={act.volumeType} onClose={onClose} />;
  return <VolumeTypeDelete volumeType={act.volumeType} onClose={onClose} />;
}

type Draft = Omit<VolumeType, 'id' | 'extraSpecs'> & { extraSpecs: string };

function draftOf(volumeType: VolumeType | undefined): Draft {
  const { name = '', description = '', isPublic = true, isDefault = false, extraSpecs = {} } = volumeType ?? {};
  return { name, description, isPublic, isDefault, extraSpecs: notesText(extraSpecs) };
}

function VolumeTypeForm({ volumeType, onClose }: { volumeType?: VolumeType; onClose: () => void }) {
  const [draft, setDraft] = useState(draftOf(volumeType));
  const extraSpecs = notesOf(draft.extraSpecs);
  const save = useSave(volumeType, onClose);
  const verb = volumeType ? 'Save volume type' : 'Create volume type';
  const reason = draft.name.trim() === '' ? 'Give it a name.' : undefined;
  return (
    <Dialog isOpen onClose={onClose} title={volumeType ? `Edit ${volumeType.name}` : verb}>
      <Form
        label={verb}
        submitLabel={verb}
        onCancel={onClose}
        pending={save.isPending}
        submitError={save.error ? problemOf(save.error) : undefined}
        disabledReason={reason ?? (extraSpecs ? undefined : 'Write extra specs as key=value, with ; between.')}
        onSubmit={() => save.mutate({ ...draft, extraSpecs: extraSpecs ?? {} })}
      >
        <VolumeTypeFields draft={draft} onChange={setDraft} />
      </Form>
    </Dialog>
  );
}

function VolumeTypeFields({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { name, description, isPublic, isDefault, extraSpecs } = draft;
  return (
    <>
      <Field
        label="Name"
        name="name"
        value={name}
        onChange={(text) => onChange({ ...draft, name: text })}
        autoComplete="off"
      />
      <Field
        label="Description"
        name="description"
        value={description}
        onChange={(text) => onChange({ ...draft, description: text })}
        autoComplete="off"
        isOptional
      />
      <Field
        label="Extra specs"
        name="extraSpecs"
        value={extraSpecs}
        onChange={(text) => onChange({ ...draft, extraSpecs: text })}
        autoComplete="off"
        isMono
        isOptional
        help="Such as volume_backend_name=ssd; tier=gold. Whoever may use the type sees them."
      />
      <div className="grid gap-1">
        <Checkbox
          label="Public"
          note="Otherwise only the projects that it is given to may use it."
          isChecked={isPublic}
          onChange={(isChecked) => onChange({ ...draft, isPublic: isChecked, isDefault: isChecked && isDefault })}
        />
        <Checkbox
          label="Default"
          note={
            isPublic ? 'For volumes whose maker names no type. One type is it at most.' : 'Only a public type is it.'
          }
          isChecked={isDefault}
          isDisabled={!isPublic}
          onChange={(isChecked) => onChange({ ...draft, isDefault: isChecked })}
        />
      </div>
    </>
  );
}

function useSave(volumeType: VolumeType | undefined, onClose: () => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (wanted: Omit<VolumeType, 'id'>) =>
      volumeType
        ? client.volumeType.update.mutate({ id: volumeType.id, ...wanted })
        : client.volumeType.create.mutate(wanted),
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: trpc.volumeType.pathKey() });
      toast({ tone: 'ok', title: `${name} is ${volumeType ? 'changed' : 'made'}` });
      onClose();
    },
  });
}

function VolumeTypeDelete({ volumeType: { id, name }, onClose }: { volumeType: VolumeType; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${name}?`}
      description="The limits that were set for it go with it."
      action="Delete volume type"
      done={`${name} is deleted`}
      change={() => client.volumeType.delete.mutate({ id })}
      outdated={[trpc.volumeType.pathKey()]}
      onClose={onClose}
    />
  );
}
