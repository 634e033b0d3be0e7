'use client';
import { useMutation } from '@tanstack/react-query';
import type { FloatingIp } from '@unkai/contracts/resources/floating-ip';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useSettled } from '#resources/identity.ts';
import { openstackFloatingIpCreate } from '#resources/openstack-command.ts';
import { useGrant } from '#resources/project.ts';
import { useRouterPlaces } from '#resources/router.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { AsCommandFold } from './as-command.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { CreateForm } from './create-form.tsx';
import { type TargetDraft, TargetFields, targetOf } from './floating-ip-target.tsx';

type FloatingIpCreateProps = { project: string; portId?: string; onClose: () => void };

/** Takes an address of an external network, for a port or to keep. */
export function FloatingIpCreate({ project, portId: first = '', onClose }: FloatingIpCreateProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { external } = useRouterPlaces(project);
  const [chosen, setChosen] = useState<string>();
  const [target, setTarget] = useState<TargetDraft>({ portId: first, fixedAddress: '' });
  const [address, setAddress] = useState('');
  const networkId = chosen ?? external[0]?.id ?? '';
  const network = external.find(({ id }) => id === networkId);
  const isManager = useGrant(network?.projectId ?? '')('network:update');
  const create = useMutation(
    trpc.floatingIp.create.mutationOptions({ onSuccess: (taken) => settled(`${taken.address} is yours`) }),
  );
  const body = requestOf(networkId, target, isManager ? address.trim() : '');
  return (
    <Dialog isOpen onClose={onClose} title="Take floating IP">
      <CreateForm
        of={{ project }}
        needs={{ floatingIps: 1 }}
        price={{ kind: 'floating-ip' }}
        label="Take floating IP"
        submitLabel="Take floating IP"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={networkId === '' ? 'Who operates this cloud has made no external network yet.' : undefined}
        onSubmit={() => create.mutate({ projectId: project, ...body })}
      >
        <Select
          label="Network"
          name="networkId"
          value={networkId}
          onChange={setChosen}
          options={external.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {network && isManager && <AddressField network={network} value={address} onChange={setAddress} />}
        <TargetFields project={project} draft={target} onChange={setTarget} />
        <AsCommandFold
          curl={curlCommand(`/projects/${project}/floating-ips`, body)}
          openstack={openstackFloatingIpCreate(body, external)}
        />
      </CreateForm>
    </Dialog>
  );
}

type AddressFieldProps = { network: { name: string }; value: string; onChange: (address: string) => void };

function AddressField({ network, value, onChange }: AddressFieldProps) {
  return (
    <Field
      label="Address"
      name="address"
      value={value}
      onChange={onChange}
      placeholder="the next that is free"
      help={`You manage ${network.name}, so you may choose.`}
      isMono
      isOptional
    />
  );
}

function requestOf(networkId: string, target: TargetDraft, address: string) {
  const body: { networkId: string; portId?: string; fixedAddress?: string; address?: string } = { networkId };
  if (target.portId !== '') Object.assign(body, targetOf(target));
  if (address !== '') body.address = address;
  return body;
}

type OfFloatingIp = { floating: FloatingIp; onClose: () => void };

/** Lets a floating IP reach another port, or nobody. */
export function FloatingIpAssociate({ floating, onClose }: OfFloatingIp) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [target, setTarget] = useState<TargetDraft>({
    portId: floating.portId ?? '',
    fixedAddress: floating.fixedAddress ?? '',
  });
  const update = useMutation(
    trpc.floatingIp.update.mutationOptions({
      onSuccess: ({ address, fixedAddress }) => settled(`${address} reaches ${fixedAddress ?? 'nobody'}`),
    }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Where ${floating.address} leads`}
      description="What was connected by it is cut off when it moves."
    >
      <Form
        label="Associate floating IP"
        submitLabel="Save floating IP"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        onSubmit={() =>
          update.mutate({ id: floating.id, ...(target.portId === '' ? { portId: null } : targetOf(target)) })
        }
      >
        <TargetFields project={floating.projectId} draft={target} onChange={setTarget} />
      </Form>
    </Dialog>
  );
}

/** Asks before a floating IP is given back. */
export function FloatingIpDelete({ floating, onClose, onDeleted }: OfFloatingIp & { onDeleted?: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Give ${floating.address} back?`}
      description="Somebody else may get this address afterwards. What it leads to is not reached by it any more."
      action="Give back"
      done={`${floating.address} is given back`}
      change={() => client.floatingIp.delete.mutate({ id: floating.id })}
      outdated={[trpc.floatingIp.list.pathKey(), trpc.server.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
