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
import { emptyPort, type PortDraft, portDraftOf, portOf } from '#resources/port-draft.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { AsCommandFold } from './as-command.tsx';
import { CreateForm } from './create-form.tsx';
import { NameField } from './name-field.tsx';
import { PortAddressFields, PortSecurityFields, PortServiceFields } from './port-fields.tsx';

type PortCreateProps = { project: string; networks: readonly Network[]; network?: string; onClose: () => void };

/** Makes a port, with addresses of its own, that a server can be made with later. */
export function PortCreate({ project, networks, network, onClose }: PortCreateProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { data } = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project, limit: 1000 }));
  const groups = data?.items ?? [];
  // Not before it is chosen: the networks may come after the form.
  const [chosenNetwork, setNetworkId] = useState(network);
  const { id: networkId, subnets } = networkOf(networks, chosenNetwork);
  const [draft, setDraft] = useState(emptyPort);
  const [chosen, setChosen] = useState<readonly string[]>();
  const create = useMutation(
    trpc.port.create.mutationOptions({ onSuccess: (port) => settled(`The port ${portName(port)} is ready`) }),
  );
  const change = (some: Partial<PortDraft>) => {
    setDraft((present) => ({ ...present, ...some }));
    if (some.groupIds) setChosen(some.groupIds);
  };
  const whole = { ...draft, groupIds: chosen ?? defaultsOf(groups) };
  const made = portOf(whole, { subnets });
  return (
    <Dialog isOpen onClose={onClose} width="wide" title="Create port">
      <CreateForm
        of={{ project }}
        needs={{ ports: 1 }}
        label="Create port"
        submitLabel="Create port"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={whyNot(networkId, made)}
        onSubmit={() => 'request' in made && create.mutate({ networkId, ...made.request })}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <NameField value={draft.name} onChange={(name) => change({ name })} isOptional />
          <NetworkChoice networks={networks} value={networkId} onChange={setNetworkId} />
          <PortAddressFields draft={draft} change={change} isNew />
        </div>
        <PortSecurityFields draft={whole} change={change} groups={groups} />
        <PortServiceFields project={project} draft={draft} change={change} />
        {'request' in made && (
          <AsCommandFold
            curl={curlCommand(`/networks/${networkId}/ports`, made.request)}
            openstack={openstackPortCreate({ networkId, ...made.request }, { networks, securityGroups: groups })}
          />
        )}
      </CreateForm>
    </Dialog>
  );
}

const defaultsOf = (groups: readonly SecurityGroup[]) =>
  groups.filter(({ isDefault }) => isDefault).map(({ id }) => id);
const noNetwork = { id: '', subnets: [] };
/** The one that was chosen, else that of the project. */
const networkOf = (networks: readonly Network[], chosen: string | undefined) =>
  networks.find(({ id }) => id === chosen) ?? networks.find(({ isDefault }) => isDefault) ?? networks[0] ?? noNetwork;
const whyNot = (networkId: string, made: ReturnType<typeof portOf>) =>
  networkId === '' ? 'Make a network first.' : 'missing' in made ? made.missing : undefined;

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

/** Changes a port: what it lets through at any time, its addresses while no server has it. */
export function PortEdit({ port, onClose }: { port: Port; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { data } = useQuery(trpc.securityGroup.list.queryOptions({ projectId: port.projectId, limit: 1000 }));
  const { data: network } = useQuery(trpc.network.get.queryOptions({ id: port.networkId }));
  const [was] = useState(() => portDraftOf(port));
  const [draft, setDraft] = useState(was);
  const change = (some: Partial<PortDraft>) => setDraft((present) => ({ ...present, ...some }));
  const update = useMutation(
    trpc.port.update.mutationOptions({ onSuccess: (changed) => settled(`${portName(changed)} is changed`) }),
  );
  const made = portOf(draft, { subnets: network?.subnets ?? [], was });
  return (
    <Dialog isOpen onClose={onClose} width="wide" title={`Change ${portName(port)}`}>
      <Form
        label="Change port"
        submitLabel="Save port"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => 'request' in made && update.mutate({ id: port.id, ...made.request })}
      >
        <NameField value={draft.name} onChange={(name) => change({ name })} isOptional />
        {port.serverId === null ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <PortAddressFields draft={draft} change={change} />
          </div>
        ) : (
          <p className="text-ink-muted text-table">
            Its addresses stay as long as a server has it: a guest knows them from its start.
          </p>
        )}
        <PortSecurityFields draft={draft} change={change} groups={data?.items ?? []} />
        <PortServiceFields project={port.projectId} draft={draft} change={change} />
      </Form>
    </Dialog>
  );
}
