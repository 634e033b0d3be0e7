'use client';
import { useMutation } from '@tanstack/react-query';
import type { AddressScope } from '@unkai/contracts/resources/address-scope';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled, useSystemDenial } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { CreateForm } from './create-form.tsx';
import { NameField } from './name-field.tsx';
import { SharedWithAll } from './share.tsx';

const families = [
  { value: '4', label: 'IPv4' },
  { value: '6', label: 'IPv6' },
] as const;

/** Whether who is signed in may open it to every project. */
const useIsOperator = () => useSystemDenial()('network:provide') === undefined;

/** Makes a scope that pools are put into. */
export function AddressScopeCreate({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState('');
  const [family, setFamily] = useState<'4' | '6'>('4');
  const [isShared, setShared] = useState(false);
  const isOperator = useIsOperator();
  const create = useMutation(
    trpc.addressScope.create.mutationOptions({ onSuccess: () => settled(`${name} is ready`) }),
  );
  return (
    <Dialog isOpen onClose={onClose} title="Create address scope">
      <CreateForm
        of={{ project }}
        needs={{ addressScopes: 1 }}
        label="Create address scope"
        submitLabel="Create address scope"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={name.trim() === '' ? 'Give it a name.' : undefined}
        onSubmit={() => create.mutate({ projectId: project, name, family: family === '6' ? 6 : 4, isShared })}
      >
        <NameField value={name} onChange={setName} />
        <div className="grid gap-2">
          <p className="font-medium text-table">Family</p>
          <SegmentedControl label="Family" value={family} onChange={setFamily} options={families} />
        </div>
        {isOperator && <SharedWithAll isChecked={isShared} onChange={setShared} />}
      </CreateForm>
    </Dialog>
  );
}

type OfScope = { scope: AddressScope; onClose: () => void };

/** Changes what a scope is called and, by operators, who may use it; its family stays. */
export function AddressScopeEdit({ scope, onClose }: OfScope) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState(scope.name);
  const [isShared, setShared] = useState(scope.isShared);
  const isOperator = useIsOperator();
  const use = isShared === scope.isShared ? {} : { isShared };
  const update = useMutation(
    trpc.addressScope.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }),
  );
  return (
    <Dialog isOpen onClose={onClose} title={`Change ${scope.name}`}>
      <Form
        label="Change address scope"
        submitLabel="Save address scope"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={name.trim() === '' ? 'Give it a name.' : undefined}
        onSubmit={() => update.mutate({ id: scope.id, name, ...use })}
      >
        <NameField value={name} onChange={setName} />
        {isOperator && <SharedWithAll isChecked={isShared} onChange={setShared} />}
      </Form>
    </Dialog>
  );
}

/** Asks before a scope goes. */
export function AddressScopeDelete({ scope, onClose }: OfScope) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${scope.name}?`}
      description="No pool is in it; nothing changes for any network by it."
      action="Delete address scope"
      done={`${scope.name} is deleted`}
      change={() => client.addressScope.delete.mutate({ id: scope.id })}
      outdated={[trpc.addressScope.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
    />
  );
}
