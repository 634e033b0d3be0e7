'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RbacObjectType, RbacPolicy } from '@unkai/contracts/resources/rbac-policy';
import { X } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { PickProject } from '#resources/pick-named.tsx';
import { useDenial } from '#resources/project.ts';
import { IconButton } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { CopyId } from '#ui/copy.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { MenuItem } from '#ui/menu.tsx';
import type { Picked } from '#ui/pick.tsx';
import { CreateForm } from './create-form.tsx';

/** What can be shared: each in words, with what others may do with it. */
const shared = {
  network: { noun: 'network', use: 'have ports and servers on it' },
  'qos-policy': { noun: 'QoS policy', use: 'give it to their networks and ports' },
  'subnet-pool': { noun: 'subnet pool', use: 'take subnets from it' },
  'address-scope': { noun: 'address scope', use: 'have subnet pools in it' },
  'security-group': { noun: 'security group', use: 'give it to their ports and servers' },
} as const satisfies Record<RbacObjectType, { noun: string; use: string }>;

type Shareable = { id: string; name: string; projectId: string };
type ShareProps = { of: Shareable; objectType: RbacObjectType; onClose: () => void };

/** Shares a thing with another project, which is named by its id, and says with whom it is shared. */
export function Share({ of, objectType, onClose }: ShareProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { noun, use } = shared[objectType];
  const place = { projectId: of.projectId, objectId: of.id };
  const { data, error: unread } = useQuery(trpc.rbacPolicy.list.queryOptions(place));
  const [target, setTarget] = useState<Picked>();
  const onSuccess = () => {
    setTarget(undefined);
    void queryClient.invalidateQueries();
  };
  const create = useMutation(trpc.rbacPolicy.create.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.rbacPolicy.delete.mutationOptions({ onSuccess }));
  const error = create.error ?? remove.error ?? unread;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Share ${of.name}`}
      description={`Projects that it is shared with ${use}, and change nothing of it.`}
    >
      <CreateForm
        of={{ project: of.projectId }}
        needs={{ rbacPolicies: 1 }}
        label={`Share ${noun}`}
        submitLabel={`Share ${noun}`}
        onCancel={onClose}
        pending={create.isPending || remove.isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={target === undefined ? 'Choose a project.' : undefined}
        onSubmit={() => target && create.mutate({ ...place, objectType, targetProjectId: target.id })}
      >
        <PickProject
          label="Project"
          name="targetProjectId"
          value={target}
          onChange={setTarget}
          placeholder="Choose a project"
          help="One that you cannot reach is found by its id, which its members see on their overview."
          taken={[of.projectId, ...(data?.items.flatMap(({ targetProjectId }) => targetProjectId ?? []) ?? [])]}
          isAnyId
        />
        <SharedWith policies={data?.items ?? []} onRemove={(id) => remove.mutate({ id })} />
      </CreateForm>
    </Dialog>
  );
}

type SharedWithProps = { policies: readonly RbacPolicy[]; onRemove: (id: string) => void };

function SharedWith({ policies, onRemove }: SharedWithProps) {
  return (
    <ul aria-label="Shared with" className="grid gap-1">
      {policies.map(({ id, action, targetProjectId }) => (
        <li key={id} className="flex items-center justify-between gap-2 text-table">
          <span className="flex min-w-0 items-center gap-2">
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

type ShareItemProps = { project: string; of: Pick<Shareable, 'projectId'>; onSelect: () => void };

/** In the menu of a row: to share it, which its own project may. */
export function ShareItem({ project, of, onSelect }: ShareItemProps) {
  const denial = useDenial(project)('rbac-policy:create');
  const foreign = of.projectId === project ? undefined : 'It belongs to another project.';
  return (
    <MenuItem disabledReason={denial ?? foreign} onSelect={onSelect}>
      Share
    </MenuItem>
  );
}

/** Lets every project use it, which operators say. */
export function SharedWithAll({ isChecked, onChange }: { isChecked: boolean; onChange: (isShared: boolean) => void }) {
  return <Checkbox label="Shared" note="Every project may use it." isChecked={isChecked} onChange={onChange} />;
}
