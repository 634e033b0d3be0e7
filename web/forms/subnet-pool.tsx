'use client';
import { useMutation } from '@tanstack/react-query';
import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useSettled } from '#resources/identity.ts';
import { openstackSubnetPoolCreate } from '#resources/openstack-command.ts';
import { emptyPool, poolDraftOf, poolOf, type SubnetPoolDraft } from '#resources/subnet-pool.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { AsCommandFold } from './as-command.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { CreateForm } from './create-form.tsx';
import { SubnetPoolFields } from './subnet-pool-fields.tsx';

/** Makes a pool that subnets are cut out of. */
export function SubnetPoolCreate({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [draft, setDraft] = useState(emptyPool);
  const change = (some: Partial<SubnetPoolDraft>) => setDraft((present) => ({ ...present, ...some }));
  const create = useMutation(
    trpc.subnetPool.create.mutationOptions({ onSuccess: ({ name }) => settled(`${name} is ready`) }),
  );
  const made = poolOf(draft);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title="Create subnet pool"
      description="Subnets that are made from it get ranges that nobody else has of it."
    >
      <CreateForm
        of={{ project }}
        needs={{ subnetPools: 1 }}
        label="Create subnet pool"
        submitLabel="Create subnet pool"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => 'request' in made && create.mutate({ projectId: project, ...made.request })}
      >
        <SubnetPoolFields project={project} draft={draft} change={change} />
        {'request' in made && (
          <AsCommandFold
            curl={curlCommand(`/projects/${project}/subnet-pools`, made.request)}
            openstack={openstackSubnetPoolCreate(made.request)}
          />
        )}
      </CreateForm>
    </Dialog>
  );
}

type OfPool = { pool: SubnetPool; onClose: () => void };

/** Changes a pool; subnets that were taken from it stay within its ranges. */
export function SubnetPoolEdit({ pool, onClose }: OfPool) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [was] = useState(() => poolDraftOf(pool));
  const [draft, setDraft] = useState(was);
  const change = (some: Partial<SubnetPoolDraft>) => setDraft((present) => ({ ...present, ...some }));
  const update = useMutation(
    trpc.subnetPool.update.mutationOptions({ onSuccess: ({ name }) => settled(`${name} is changed`) }),
  );
  const made = poolOf(draft, was);
  return (
    <Dialog isOpen onClose={onClose} width="wide" title={`Change ${pool.name}`}>
      <Form
        label="Change subnet pool"
        submitLabel="Save subnet pool"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => 'request' in made && update.mutate({ id: pool.id, ...made.request })}
      >
        <SubnetPoolFields project={pool.projectId} draft={draft} change={change} />
      </Form>
    </Dialog>
  );
}

/** Asks before a pool goes. */
export function SubnetPoolDelete({ pool, onClose, onDeleted }: OfPool & { onDeleted?: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${pool.name}?`}
      description="Nobody gets a range of it any more. A pool that a subnet is from stays."
      action="Delete subnet pool"
      done={`${pool.name} is deleted`}
      change={() => client.subnetPool.delete.mutate({ id: pool.id })}
      // Not the pool itself: its page, until it is left, would find nothing.
      outdated={[trpc.subnetPool.list.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
