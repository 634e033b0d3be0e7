'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Port } from '@unkai/contracts/resources/port';
import type { Server } from '@unkai/contracts/resources/server';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useSettled } from '#resources/identity.ts';
import { openstackAttach } from '#resources/openstack-command.ts';
import { portName } from '#resources/port.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { AsCommandFold } from './as-command.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { CreateForm } from './create-form.tsx';

type ServerAttachProps = { server: Server; ports: readonly Port[]; onClose: () => void };

/** The networks that a server is not on yet, and the ports on them that nobody has. */
function useFree({ server, ports }: Pick<ServerAttachProps, 'server' | 'ports'>) {
  const trpc = useTRPC();
  const all = { projectId: server.projectId, limit: 1000 };
  const networks = useQuery(trpc.network.list.queryOptions(all)).data?.items ?? [];
  const inProject = useQuery(trpc.port.list.queryOptions(all)).data?.items ?? [];
  const isOn = (id: string) => ports.some(({ networkId }) => networkId === id);
  const free = networks.filter(({ id }) => !isOn(id));
  const spare = inProject
    .filter(({ serverId, deviceOwner, networkId }) => serverId === null && deviceOwner === '' && !isOn(networkId))
    .map((port) => ({ ...port, networkName: networks.find(({ id }) => id === port.networkId)?.name ?? '' }));
  return { free, spare };
}

const ways = [
  { value: 'network', label: 'A network' },
  { value: 'port', label: 'A port' },
] as const;

const onNetwork = (networkId: string, address: string) => ({ networkId, ...(address !== '' && { address }) });

/** Gives a server one more interface: on a network, or by a port that is there. */
export function ServerAttach({ server, ports, onClose }: ServerAttachProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { free, spare } = useFree({ server, ports });
  const [by, setBy] = useState<'network' | 'port'>('network');
  const [chosen, setChosen] = useState<string>();
  const [address, setAddress] = useState('');
  const attach = useMutation(
    trpc.server.attachInterface.mutationOptions({ onSuccess: () => settled(`${server.name} has one interface more`) }),
  );
  const choices = by === 'network' ? free : spare;
  const id = (choices.find((each) => each.id === chosen) ?? choices[0])?.id ?? '';
  const body = by === 'network' ? onNetwork(id, address.trim()) : { portId: id };
  const none = by === 'network' ? 'It is on every network of the project.' : 'No port is free for it.';
  return (
    <Dialog isOpen onClose={onClose} title={`Attach an interface to ${server.name}`}>
      <CreateForm
        of={{ project: server.projectId }}
        needs={by === 'network' ? { ports: 1 } : {}}
        label="Attach interface"
        submitLabel="Attach interface"
        onCancel={onClose}
        pending={attach.isPending}
        submitError={attach.error ? problemOf(attach.error) : undefined}
        disabledReason={id === '' ? none : undefined}
        onSubmit={() => attach.mutate({ id: server.id, ...body })}
      >
        <SegmentedControl label="By" value={by} onChange={setBy} options={ways} />
        {by === 'network' ? (
          <NetworkFields free={free} id={id} onChoose={setChosen} address={address} setAddress={setAddress} />
        ) : (
          <PortField spare={spare} id={id} onChoose={setChosen} />
        )}
        {id !== '' && (
          <AsCommandFold
            curl={curlCommand(`/servers/${server.id}/interfaces`, body)}
            openstack={openstackAttach(body, server)}
          />
        )}
      </CreateForm>
    </Dialog>
  );
}

type Free = ReturnType<typeof useFree>;
type Choosing = { id: string; onChoose: (id: string) => void };

type NetworkFieldsProps = Choosing & Pick<Free, 'free'> & { address: string; setAddress: (address: string) => void };

function NetworkFields({ free, id, onChoose, address, setAddress }: NetworkFieldsProps) {
  return (
    <>
      <Select
        label="Network"
        name="networkId"
        value={id}
        onChange={onChoose}
        options={free.map(({ id: value, name, subnets }) => ({
          value,
          label: [name, ...subnets.map(({ cidr }) => cidr)].join(' · '),
        }))}
        help="A port is made for it, which goes with the interface."
      />
      <Field
        label="Address"
        name="address"
        value={address}
        onChange={setAddress}
        placeholder="the next that is free"
        isMono
        isOptional
      />
    </>
  );
}

function PortField({ spare, id, onChoose }: Choosing & Pick<Free, 'spare'>) {
  return (
    <Select
      label="Port"
      name="portId"
      value={id}
      onChange={onChoose}
      options={spare.map((port) => ({ value: port.id, label: `${portName(port)} on ${port.networkName}` }))}
      help="It stays when it is detached, with its addresses."
    />
  );
}

type ServerDetachProps = { server: Server; port: Port; onClose: () => void };

/** Asks before an interface is taken off. */
export function ServerDetach({ server, port, onClose }: ServerDetachProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const after = port.isKept
    ? 'The port stays, with its addresses, and can be attached again.'
    : 'The port goes with it, and its addresses are free for others.';
  return (
    <ChangeConfirm
      title={`Detach ${portName(port)}?`}
      description={`${server.name} is not on this network any more. ${after}`}
      action="Detach interface"
      done={`${server.name} has one interface less`}
      change={() => client.server.detachInterface.mutate({ id: server.id, portId: port.id })}
      outdated={[trpc.server.pathKey(), trpc.port.list.pathKey(), trpc.floatingIp.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
    />
  );
}
