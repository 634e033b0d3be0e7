'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Role } from '@unkai/contracts/resources/role';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { IdentityConfirm } from './identity-confirm.tsx';
import { RoleImplied } from './role-implied.tsx';

export type RoleAct = { kind: 'create' } | { kind: 'edit' | 'implied' | 'delete'; role: Role };

type RoleDialogProps = { act: RoleAct | undefined; roles: readonly Role[]; onClose: () => void };

/** The dialog of what was chosen; none when nothing was. */
export function RoleDialog({ act, roles, onClose }: RoleDialogProps) {
  if (!act) return null;
  if (act.kind === 'create') return <RoleForm onClose={onClose} />;
  if (act.kind === 'edit') return <RoleForm role={act.role} onClose={onClose} />;
  if (act.kind === 'delete') return <RoleDelete role={act.role} onClose={onClose} />;
  const fresh = roles.find(({ id }) => id === act.role.id) ?? act.role;
  return <RoleImplied role={fresh} roles={roles} onClose={onClose} />;
}

function RoleForm({ role, onClose }: { role?: Role; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState(role?.name ?? '');
  const [description, setDescription] = useState(role?.description ?? '');
  const [domainId, setDomainId] = useState('');
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const create = useMutation(trpc.role.create.mutationOptions({ onSuccess: () => settled(`${name} is ready`) }));
  const update = useMutation(trpc.role.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }));
  const { isPending, error } = role ? update : create;
  const title = role ? 'Edit role' : 'Create role';
  const given = { name, description };
  const domains = (user?.domains ?? []).map((each) => ({ value: each.id, label: `Only in ${each.name}` }));
  return (
    <Dialog isOpen onClose={onClose} title={title} description={role ? undefined : newRole}>
      <Form
        label={title}
        submitLabel={role ? 'Save role' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={() =>
          role
            ? update.mutate({ id: role.id, ...given })
            : create.mutate({ ...given, ...(domainId !== '' && { domainId }) })
        }
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Field label="Description" name="description" value={description} onChange={setDescription} isOptional />
        {!role && (
          <Select
            label="Given"
            name="domainId"
            value={domainId}
            onChange={setDomainId}
            options={[{ value: '', label: 'Everywhere' }, ...domains]}
          />
        )}
      </Form>
    </Dialog>
  );
}

const newRole = 'It means nothing yet: afterwards you say which roles it implies.';

function RoleDelete({ role: { id, name }, onClose }: { role: Role; onClose: () => void }) {
  const client = useTRPCClient();
  return (
    <IdentityConfirm
      title={`Delete ${name}?`}
      description="It is taken from everyone who has it, at once."
      action="Delete role"
      done={`${name} is deleted`}
      typeToConfirm={name}
      change={() => client.role.delete.mutate({ id })}
      onClose={onClose}
    />
  );
}
