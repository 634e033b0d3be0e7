'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import type { RbacPolicy } from '@unkai/contracts/resources/rbac-policy';
import { X } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { IconButton } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

/** Shares a network with another project, which is named by its id, and says with whom it is shared. */
export function NetworkShare({ network, onClose }: { network: Network; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const place = { projectId: network.projectId, objectId: network.id };
  const { data } = useQuery(trpc.rbacPolicy.list.queryOptions(place));
  const [target, setTarget] = useState('');
  const onSuccess = () => {
    setTarget('');
    void queryClient.invalidateQueries();
  };
  const create = useMutation(trpc.rbacPolicy.create.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.rbacPolicy.delete.mutationOptions({ onSuccess }));
  const error = create.error ?? remove.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Share ${network.name}`}
      description="Projects that it is shared with have ports and servers on it, and change nothing of it."
    >
      <Form
        label="Share network"
        submitLabel="Share network"
        onCancel={onClose}
        pending={create.isPending || remove.isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={target.trim() === '' ? 'Write the id of a project.' : undefined}
        onSubmit={() => create.mutate({ ...place, objectType: 'network', targetProjectId: target.trim() })}
      >
        <Field
          label="Id of the project"
          name="targetProjectId"
          value={target}
          onChange={setTarget}
          help="Its members find it on their overview."
          isMono
        />
        <SharedWith policies={data?.items ?? []} onRemove={(id) => remove.mutate({ id })} />
      </Form>
    </Dialog>
  );
}

type SharedWithProps = { policies: readonly RbacPolicy[]; onRemove: (id: string) => void };

function SharedWith({ policies, onRemove }: SharedWithProps) {
  return (
    <ul aria-label="Shared with" className="grid gap-1">
      {policies.map(({ id, action, targetProjectId }) => (
        <li key={id} className="flex items-center justify-between gap-2 text-table">
          <span className="flex items-center gap-2">
            {targetProjectId === null ? 'all projects' : <CopyId id={targetProjectId} />}
            {action === 'access_as_external' && 'as the way out'}
          </span>
          <IconButton aria-label={`No longer share with ${targetProjectId ?? 'all'}`} onClick={() => onRemove(id)}>
            <X aria-hidden size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
