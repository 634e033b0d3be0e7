'use client';
import { useMutation } from '@tanstack/react-query';
import type { Domain } from '@unkai/contracts/resources/domain';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { IdentityConfirm } from './identity-confirm.tsx';

export type DomainAct = { kind: 'create' } | { kind: 'edit' | 'disable' | 'enable' | 'delete'; domain: Domain };

type DialogOf<Act> = { act: Act; onClose: () => void };

/** The dialog of what was chosen; none when nothing was. */
export function DomainDialog({ act, onClose }: DialogOf<DomainAct | undefined>) {
  if (!act) return null;
  if (act.kind === 'create') return <DomainForm onClose={onClose} />;
  if (act.kind === 'edit') return <DomainForm domain={act.domain} onClose={onClose} />;
  if (act.kind === 'delete') return <DomainDelete domain={act.domain} onClose={onClose} />;
  return <DomainSwitch domain={act.domain} onClose={onClose} />;
}

function DomainForm({ domain, onClose }: { domain?: Domain; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState(domain?.name ?? '');
  const [description, setDescription] = useState(domain?.description ?? '');
  const create = useMutation(trpc.domain.create.mutationOptions({ onSuccess: () => settled(`${name} is ready`) }));
  const update = useMutation(trpc.domain.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }));
  const { isPending, error } = domain ? update : create;
  const title = domain ? 'Edit domain' : 'Create domain';
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <Form
        label={title}
        submitLabel={domain ? 'Save domain' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={() =>
          domain ? update.mutate({ id: domain.id, name, description }) : create.mutate({ name, description })
        }
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Field label="Description" name="description" value={description} onChange={setDescription} isOptional />
      </Form>
    </Dialog>
  );
}

function DomainSwitch({ domain: { id, name, isEnabled }, onClose }: { domain: Domain; onClose: () => void }) {
  const client = useTRPCClient();
  const props = isEnabled
    ? {
        title: `Disable ${name}?`,
        description: <WhatDisablingDoes />,
        action: 'Disable domain',
        done: `${name} is disabled`,
      }
    : {
        title: `Enable ${name}?`,
        description: 'Its users can sign in again, and its projects can be used again.',
        action: 'Enable domain',
        done: `${name} is enabled`,
      };
  return (
    <IdentityConfirm
      {...props}
      change={() => client.domain.update.mutate({ id, isEnabled: !isEnabled })}
      onClose={onClose}
    />
  );
}

function WhatDisablingDoes() {
  return (
    <>
      <p>At once:</p>
      <ul className="list-disc pl-5">
        <li>its users cannot sign in, and their sessions and tokens are refused;</li>
        <li>its projects are closed to everyone but operators;</li>
        <li>servers go on running, with their addresses and disks.</li>
      </ul>
      <p>Once it is enabled again they sign in as before; tokens of OpenStack’s clients that were refused stay so.</p>
    </>
  );
}

function DomainDelete({ domain: { id, name }, onClose }: { domain: Domain; onClose: () => void }) {
  const client = useTRPCClient();
  const [withContent, setWithContent] = useState(false);
  return (
    <IdentityConfirm
      title={`Delete ${name}?`}
      description={
        <Checkbox
          label="With its users, groups and projects"
          note="Projects that have servers or images stay in the way in any case."
          isChecked={withContent}
          onChange={setWithContent}
        />
      }
      action="Delete domain"
      done={`${name} is deleted`}
      typeToConfirm={name}
      change={() => client.domain.delete.mutate({ id, withContent })}
      onClose={onClose}
    />
  );
}
