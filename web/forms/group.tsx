'use client';
import { useMutation } from '@tanstack/react-query';
import type { Group } from '@unkai/contracts/resources/group';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useDomainDenial, useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { IdentityConfirm } from './identity-confirm.tsx';

export type GroupAct = { kind: 'create'; domain: string } | { kind: 'edit' | 'delete'; group: Group };

type GroupDialogProps = { act: GroupAct | undefined; onClose: () => void; onDeleted?: () => void };

/** The dialog of what was chosen; none when nothing was. */
export function GroupDialog({ act, onClose, onDeleted }: GroupDialogProps) {
  if (!act) return null;
  if (act.kind === 'create') return <GroupForm domain={act.domain} onClose={onClose} />;
  const { kind, group } = act;
  if (kind === 'edit') return <GroupForm domain={group.domainId} group={group} onClose={onClose} />;
  return <GroupDelete group={group} onClose={onClose} onDeleted={onDeleted} />;
}

/** What can be done with a group of the domain. */
export function GroupMenu({ group, onAct }: { group: Group; onAct: (act: GroupAct) => void }) {
  const denial = useDomainDenial(group.domainId);
  return (
    <>
      <MenuItem disabledReason={denial('group:update')} onSelect={() => onAct({ kind: 'edit', group })}>
        Edit
      </MenuItem>
      <MenuItem isDanger disabledReason={denial('group:delete')} onSelect={() => onAct({ kind: 'delete', group })}>
        Delete
      </MenuItem>
    </>
  );
}

function GroupForm({ domain, group, onClose }: { domain: string; group?: Group; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const create = useMutation(trpc.group.create.mutationOptions({ onSuccess: () => settled(`${name} is ready`) }));
  const update = useMutation(trpc.group.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }));
  const { isPending, error } = group ? update : create;
  const title = group ? 'Edit group' : 'Create group';
  const given = { name, description };
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <Form
        label={title}
        submitLabel={group ? 'Save group' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={() =>
          group ? update.mutate({ id: group.id, ...given }) : create.mutate({ domainId: domain, ...given })
        }
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Field label="Description" name="description" value={description} onChange={setDescription} isOptional />
      </Form>
    </Dialog>
  );
}

type GroupDeleteProps = { group: Group; onClose: () => void; onDeleted?: (() => void) | undefined };

function GroupDelete({ group: { id, name }, onClose, onDeleted }: GroupDeleteProps) {
  const client = useTRPCClient();
  return (
    <IdentityConfirm
      title={`Delete ${name}?`}
      description="Its users stay; what they may do through it ends at once."
      action="Delete group"
      done={`${name} is deleted`}
      change={() => client.group.delete.mutate({ id })}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
