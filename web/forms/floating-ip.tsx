'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { FloatingIp } from '@unkai/contracts/resources/floating-ip';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useSettled } from '#resources/identity.ts';
import { openstackFloatingIpCreate } from '#resources/openstack-command.ts';
import { portName } from '#resources/port.ts';
import { usePortPlace } from '#resources/port-table.tsx';
import { useRouterPlaces } from '#resources/router.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { AsCommandFold } from './as-command.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { CreateForm } from './create-form.tsx';

type PortChoiceProps = { project: string; value: string; onChange: (id: string) => void; isNeeded?: boolean };

/** The ports that a floating IP could reach, by the servers that have them. */
export function PortChoice({ project, value, onChange, isNeeded = false }: PortChoiceProps) {
  const trpc = useTRPC();
  const { servers, networks } = usePortPlace(project);
  const ports = useQuery(trpc.port.list.queryOptions({ projectId: project, limit: 1000 })).data?.items ?? [];
  const words = (port: (typeof ports)[number]) => {
    const server = servers.find(({ id }) => id === port.serverId)?.name;
    const network = networks.find(({ id }) => id === port.networkId)?.name ?? '';
    return `${server ?? 'Port'} · ${portName(port)} on ${network}`;
  };
  return (
    <Select
      label="Reaches"
      name="portId"
      value={value}
      onChange={onChange}
      options={[
        { value: '', label: isNeeded ? 'Choose…' : 'Nobody yet' },
        ...ports
          .filter(({ deviceOwner }) => deviceOwner === '')
          .map((port) => ({ value: port.id, label: words(port) })),
      ]}
      help="A router must join its subnet, and have its way out on the network of the address."
    />
  );
}

type FloatingIpCreateProps = { project: string; portId?: string; onClose: () => void };

/** Takes an address of an external network, for a port or to keep. */
export function FloatingIpCreate({ project, portId: first = '', onClose }: FloatingIpCreateProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { external } = useRouterPlaces(project);
  const [chosen, setChosen] = useState<string>();
  const [portId, setPortId] = useState(first);
  const networkId = chosen ?? external[0]?.id ?? '';
  const create = useMutation(
    trpc.floatingIp.create.mutationOptions({ onSuccess: ({ address }) => settled(`${address} is yours`) }),
  );
  const body = { networkId, ...(portId !== '' && { portId }) };
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
        <PortChoice project={project} value={portId} onChange={setPortId} />
        <AsCommandFold
          curl={curlCommand(`/projects/${project}/floating-ips`, body)}
          openstack={openstackFloatingIpCreate(body, external)}
        />
      </CreateForm>
    </Dialog>
  );
}

type OfFloatingIp = { floating: FloatingIp; onClose: () => void };

/** Lets a floating IP reach another port, or nobody. */
export function FloatingIpAssociate({ floating, onClose }: OfFloatingIp) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [portId, setPortId] = useState(floating.portId ?? '');
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
        onSubmit={() => update.mutate({ id: floating.id, portId: portId === '' ? null : portId })}
      >
        <PortChoice project={floating.projectId} value={portId} onChange={setPortId} />
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
