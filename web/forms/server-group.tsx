'use client';
import { useMutation } from '@tanstack/react-query';
import { type ServerGroup, serverGroupPolicies, serverGroupPolicy } from '@unkai/contracts/resources/server-group';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { CreateForm } from './create-form.tsx';

const policies = serverGroupPolicy.options.map((value) => ({ value, label: value }));

/** Makes a group that servers can be created in. */
export function ServerGroupCreate({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState('');
  const [policy, setPolicy] = useState<ServerGroup['policy']>('anti-affinity');
  const create = useMutation(trpc.serverGroup.create.mutationOptions({ onSuccess: () => settled(`${name} is ready`) }));
  return (
    <Dialog isOpen onClose={onClose} title="Create server group">
      <CreateForm
        of={{ project }}
        needs={{ serverGroups: 1 }}
        label="Create server group"
        submitLabel="Create server group"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={name.trim() === '' ? 'Give it a name.' : undefined}
        onSubmit={() => create.mutate({ projectId: project, name, policy })}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Select
          label="Policy"
          name="policy"
          value={policy}
          onChange={(chosen) => setPolicy(serverGroupPolicy.parse(chosen))}
          options={policies}
          help={serverGroupPolicies[policy]}
        />
      </CreateForm>
    </Dialog>
  );
}

/** Asks before a group goes; its servers stay. */
export function ServerGroupDelete({ group, onClose }: { group: ServerGroup; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${group.name}?`}
      description="Its servers stay where they are, and belong to no group from then on."
      action="Delete server group"
      done={`${group.name} is deleted`}
      change={() => client.serverGroup.delete.mutate({ id: group.id })}
      outdated={[trpc.serverGroup.pathKey()]}
      onClose={onClose}
    />
  );
}
