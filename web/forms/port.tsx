'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import type { Port } from '@unkai/contracts/resources/port';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useSettled } from '#resources/identity.ts';
import { openstackPortCreate } from '#resources/openstack-command.ts';
import { portName } from '#resources/port.ts';
import { ingressWords } from '#resources/security-group.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { AsCommandFold } from './as-command.tsx';
import { toggled } from './server-create-section.tsx';

type PortCreateProps = { project: string; networks: readonly Network[]; network?: string; onClose: () => void };

/** Makes a port, with an address of its own, that a server can be made with later. */
export function PortCreate({ project, networks, network, onClose }: PortCreateProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { data } = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project }));
  const groups = data?.items ?? [];
  // Not before it is chosen: the networks may come after the form.
  const [chosenNetwork, setNetworkId] = useState(network);
  const networkId = chosenNetwork ?? (networks.find(({ isDefault }) => isDefault) ?? networks[0])?.id ?? '';
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [macAddress, setMacAddress] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>();
  const create = useMutation(
    trpc.port.create.mutationOptions({ onSuccess: (port) => settled(`The port ${portName(port)} is ready`) }),
  );
  const groupIds = chosen ?? groups.filter(({ isDefault }) => isDefault).map(({ id }) => id);
  const body = {
    ...(name !== '' && { name }),
    ...(address.trim() !== '' && { addresses: [{ address: address.trim() }] }),
    ...(macAddress.trim() !== '' && { macAddress: macAddress.trim().toLowerCase() }),
    securityGroupIds: [...groupIds],
  };
  return (
    <Dialog isOpen onClose={onClose} width="wide" title="Create port">
      <Form
        label="Create port"
        submitLabel="Create port"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={networkId === '' ? 'Make a network first.' : undefined}
        onSubmit={() => create.mutate({ networkId, ...body })}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" isOptional />
          <NetworkChoice networks={networks} value={networkId} onChange={setNetworkId} />
          <AddressFields {...{ address, setAddress, macAddress, setMacAddress }} isNew />
        </div>
        <GroupChoice groups={groups} chosen={groupIds} onChange={setChosen} />
        <AsCommandFold
          curl={curlCommand(`/networks/${networkId}/ports`, body)}
          openstack={openstackPortCreate({ networkId, ...body }, { networks, securityGroups: groups })}
        />
      </Form>
    </Dialog>
  );
}

type NetworkChoiceProps = { networks: readonly Network[]; value: string; onChange: (id: string) => void };

function NetworkChoice({ networks, value, onChange }: NetworkChoiceProps) {
  return (
    <Select
      label="Network"
      name="networkId"
      value={value}
      onChange={onChange}
      options={networks.map(({ id, name, subnets }) => ({
        value: id,
        label: name,
        disabledReason: subnets.length === 0 ? 'no subnet' : undefined,
      }))}
    />
  );
}

type AddressFieldsProps = {
  address: string;
  setAddress: (value: string) => void;
  macAddress: string;
  setMacAddress: (value: string) => void;
  isNew?: boolean;
};

function AddressFields({ address, setAddress, macAddress, setMacAddress, isNew = false }: AddressFieldsProps) {
  return (
    <>
      <Field
        label="Address"
        name="addresses"
        value={address}
        onChange={setAddress}
        placeholder={isNew ? 'the next that is free' : ''}
        isMono
        isOptional={isNew}
      />
      <Field
        label="MAC address"
        name="macAddress"
        value={macAddress}
        onChange={setMacAddress}
        placeholder={isNew ? 'one is made' : ''}
        isMono
        isOptional={isNew}
      />
    </>
  );
}

type GroupChoiceProps = {
  groups: readonly SecurityGroup[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

function GroupChoice({ groups, chosen, onChange }: GroupChoiceProps) {
  return (
    <fieldset className="grid gap-0.5">
      <legend className="font-medium text-table">Security groups</legend>
      {groups.map((group) => (
        <Checkbox
          key={group.id}
          label={group.name}
          note={ingressWords(group, groups)}
          isChecked={chosen.includes(group.id)}
          onChange={(isChosen) => onChange(toggled(chosen, group.id, isChosen))}
        />
      ))}
      {chosen.length === 0 && (
        <p className="text-ink-muted text-meta">With none it reaches out and nothing reaches it.</p>
      )}
    </fieldset>
  );
}

/** Changes a port: its name and groups at any time, its addresses while no server has it. */
export function PortEdit({ port, onClose }: { port: Port; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { data } = useQuery(trpc.securityGroup.list.queryOptions({ projectId: port.projectId }));
  const [name, setName] = useState(port.name);
  const present = port.addresses[0]?.address ?? '';
  const [address, setAddress] = useState(present);
  const [macAddress, setMacAddress] = useState(port.macAddress);
  const [groupIds, setGroupIds] = useState<readonly string[]>(port.securityGroupIds);
  const update = useMutation(
    trpc.port.update.mutationOptions({ onSuccess: (changed) => settled(`${portName(changed)} is changed`) }),
  );
  const submit = () =>
    update.mutate({
      id: port.id,
      name,
      securityGroupIds: [...groupIds],
      ...(address.trim() !== present && { addresses: [{ address: address.trim() }] }),
      ...(macAddress.trim() !== port.macAddress && { macAddress: macAddress.trim().toLowerCase() }),
    });
  return (
    <Dialog isOpen onClose={onClose} width="wide" title={`Change ${portName(port)}`}>
      <Form
        label="Change port"
        submitLabel="Save port"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        onSubmit={submit}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" isOptional />
        {port.serverId === null ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <AddressFields {...{ address, setAddress, macAddress, setMacAddress }} />
          </div>
        ) : (
          <p className="text-ink-muted text-table">
            Its addresses stay as long as a server has it: a guest knows them from its start.
          </p>
        )}
        <GroupChoice groups={data?.items ?? []} chosen={groupIds} onChange={setGroupIds} />
      </Form>
    </Dialog>
  );
}
